"""Hearings in a browser: public pages, the desk, a resident who registers, a phone that asks."""

import re
from collections.abc import Callable

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
HERE = "/councils/astana/hearings/"


# On the list the one under way stands first, then the one ahead.
UNDER_WAY, AHEAD = 0, 1
Step = Callable[[Visit], None]


def open_card(place: int) -> Step:
    def go(visit: Visit) -> None:
        visit.press(visit.page.locator("article.card h3 a").nth(place))

    return go


def to_form(place: int, ending: str) -> Step:
    """From the list to the hearing, and from there by a link."""

    def go(visit: Visit) -> None:
        open_card(place)(visit)
        visit.press(visit.page.locator(f"main a[href$='{ending}']").first)

    return go


def to_desk(ending: str, place: int = UNDER_WAY) -> Step:
    def go(visit: Visit) -> None:
        to_form(place, "/desk/")(visit)
        if ending:
            visit.press(visit.page.locator(f"main a[href$='{ending}']").first)

    return go


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(f"hearing-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("list", HERE),
    page("ahead", HERE, then=open_card(AHEAD)),
    page("live", HERE, then=open_card(UNDER_WAY)),
    page("after", f"{HERE}5/"),
    page("register", HERE, then=to_form(AHEAD, "/register/")),
    page("ask", HERE, then=to_form(AHEAD, "/ask/")),
    page("submit", HERE, then=to_form(AHEAD, "/submit/")),
    page("join", "/councils/join/"),
    page("join-wrong", "/councils/join/?code=12", status=422),
    page("plan", f"{HERE}new/", "secretary"),
    page("desk", HERE, "secretary", then=to_desk("")),
    page("move", HERE, "secretary", then=to_desk("/move/", AHEAD)),
    page("floor", HERE, "secretary", then=to_desk("/floor/")),
    page("questions", HERE, "secretary", then=to_desk("/questions/")),
    page("door", HERE, "secretary", then=to_desk("/door/")),
    page("screen", HERE, "secretary", then=to_desk("/screen/")),
    page("minutes", f"{HERE}5/minutes/", "secretary"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_resident_registers_without_an_account(language: str, visitor: Visitor) -> None:
    resident: Visit = visitor(scripts=False)
    resident.open(f"/{language}{HERE}")
    to_form(AHEAD, "/register/")(resident)
    resident.page.locator("[name=name]").fill("Дина Сейіт")
    resident.page.locator("[name=contact]").fill(f"dina-{language}@example.org")
    resident.page.locator("[name=wants_to_speak]").check()
    resident.press("main form button[type=submit]")
    assert "/places/" in resident.address
    assert "Дина Сейіт" in resident.page.locator("main").inner_text()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_question_from_a_phone_reaches_the_desk(language: str, visitor: Visitor) -> None:
    """Without scripts and without an account: the code from the page, a question, the desk."""
    phone: Visit = visitor(scripts=False)
    phone.open(f"/{language}{HERE}")
    open_card(UNDER_WAY)(phone)
    code = re.sub(r"\D", "", phone.page.locator("a[href*='/join/'] b").inner_text())
    phone.open(f"/{language}/councils/join/?code={code}")
    assert phone.address == f"/{language}/councils/join/{code}/"
    assert phone.weight() < 30_000
    phone.page.locator("[name=text]").fill("Қай аялдама бірінші жылынады?")
    phone.press("form:has([name=text]) button")
    assert phone.page.locator(".done[role=status]").count() == 1
    desk: Visit = visitor("secretary", scripts=False)
    desk.open(f"/{language}{HERE}")
    to_desk("/questions/")(desk)
    assert "Қай аялдама бірінші жылынады?" in desk.page.locator("main").inner_text()
