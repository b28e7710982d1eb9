"""Councils in a browser: the public pages, the desk, the forms about a seat."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
ASTANA, ZHAMBYL = "/councils/astana/", "/councils/zhambyl/"


def first_member(visit: Visit) -> None:
    visit.press(visit.page.locator("table a").first)


def first_vacant_seat(visit: Visit) -> None:
    visit.press(visit.page.locator("a[href*='/seats/'][href$='/close/']").first)


def name_of_a_member(visit: Visit) -> None:
    first_member(visit)
    visit.press("a[href$='/name/']")


def send_empty(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").last)


def page(name: str, path: str, *, person: str | None = None, **more: object) -> PageType:
    return PageType(f"council-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("list", "/councils/"),
    page("lawful", ASTANA),
    page("breach", ZHAMBYL),
    page("members", f"{ASTANA}members/"),
    page("member", f"{ASTANA}members/", then=first_member),
    page("day", f"{ASTANA}composition/?on=2026-03-20"),
    page("desk", f"{ZHAMBYL}desk/", person="secretary"),
    page("new", "/councils/new/", person="secretary"),
    page("new-error", "/councils/new/", person="secretary", status=422, then=send_empty),
    page("appoint", f"{ZHAMBYL}members/new/", person="secretary"),
    page("appoint-error", f"{ZHAMBYL}members/new/", person="secretary", status=422,
         then=send_empty),
    page("seat", f"{ZHAMBYL}seats/new/", person="secretary"),
    page("seat-close", f"{ZHAMBYL}desk/", person="secretary", then=first_vacant_seat),
    page("name", f"{ASTANA}members/", person="secretary", then=name_of_a_member),
    page("commission", f"{ZHAMBYL}commissions/new/", person="secretary"),
]  # fmt: skip


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_refused_appointment_keeps_what_was_typed(language: str, visitor: Visitor) -> None:
    """Without scripts: a day outside the term is refused, and the form is still filled in."""
    visit: Visit = visitor("secretary", scripts=False)
    visit.open(f"/{language}{ZHAMBYL}members/new/")
    form = visit.page
    form.locator("[name=post]").select_option(index=1)
    form.locator("[name=name]").fill("Ерлан Қасымов")
    form.locator("[name=act]").fill("№ 5")
    form.locator("[name=since]").fill("01.01.2020")
    visit.press(form.locator("main form button[type=submit]").last)
    assert visit.status == 422
    assert form.locator("[name=name]").input_value() == "Ерлан Қасымов"
    assert form.locator(".govuk-error-summary").count() == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_member_declares_an_interest(language: str, visitor: Visitor) -> None:
    visit: Visit = visitor("member", scripts=False)
    visit.open(f"/{language}/account/")
    visit.press(visit.page.locator("a[href*='/councils/astana/members/']").first)
    visit.press("a[href$='/interests/']")
    visit.page.locator("[name=organisation]").fill(f"ТОО «Пример {language}»")
    visit.page.locator("[name=since]").fill("01.02.2025")
    visit.press(visit.page.locator("main form button[type=submit]").last)
    assert visit.page.get_by_text(f"ТОО «Пример {language}»").count() == 1
