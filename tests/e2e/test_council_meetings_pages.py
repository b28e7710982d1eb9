"""Meetings of a council in a browser: for everybody, at the desk, on a member's phone."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
COUNCIL = "/councils/astana/"
CALLED, VOTED = f"{COUNCIL}meetings/1/", f"{COUNCIL}meetings/2/"
AHEAD, CANCELLED = f"{COUNCIL}meetings/3/", f"{COUNCIL}meetings/4/"


def send_empty(visit: Visit) -> None:
    form = visit.page.locator("main form").first
    for field in form.locator("input[type=text], textarea").all():
        field.fill("")
    visit.press(form.locator("button[type=submit]").first)


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(f"council-meeting-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("list", f"{COUNCIL}meetings/"),
    page("held", VOTED),
    page("ahead", AHEAD, "member"),
    page("cancelled", CANCELLED),
    page("minutes", f"{COUNCIL}minutes/1/"),
    page("calendar", "/councils/calendar/?month=2026-05"),
    page("calendar-now", "/councils/calendar/"),
    page("plan-error", f"{COUNCIL}meetings/new/", "secretary", status=422, then=send_empty),
    page("desk", f"{AHEAD}desk/", "secretary"),
    page("recusal", f"{AHEAD}agenda/1/recusal/", "secretary"),
    page("session", f"{COUNCIL}sessions/new/", "officer"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_the_plan_to_the_minutes_without_scripts(language: str, visitor: Visitor) -> None:
    """The secretary plans, counts who is there and opens a vote; the chair votes and signs."""
    desk: Visit = visitor("secretary", scripts=False)
    desk.open(f"/{language}{COUNCIL}meetings/new/")
    for name, value in (
        ("title_kk", "Отырыс"),
        ("title_ru", "Заседание"),
        ("starts_at", "26.11.2027 15:00"),
        ("ends_at", "26.11.2027 17:00"),
    ):
        desk.page.locator(f"[name={name}]").fill(value)
    press(desk, "main form button[type=submit]")
    path = desk.address.removesuffix("desk/")
    press(desk, "form[action$='/announce/'] button")
    press(desk, "a[href$='/agenda/new/']")
    fill_both(desk)
    press(desk, "a[href$='/motions/new/']")
    fill_both(desk)
    for _ in range(11):
        press(desk, "form[action$='/presence/'] button:not([name=gone])")
    press(desk, "form[action$='/begin/'] button")
    press(desk, "form[action$='/motions/1/open/'] button")

    chair: Visit = visitor("chair", scripts=False)
    chair.open(f"{path}vote/")
    chair.page.locator("[name=choice][value=yes]").check()
    press(chair, "main form button[type=submit]")
    assert chair.page.locator("[name=choice][value=yes]").is_checked()

    press(desk, "form[action$='/motions/1/close/'] button")
    assert desk.page.locator("svg.chart").count() == 1
    press(desk, "form[action$='/end/'] button")
    press(desk, "a[href*='/minutes/']")
    minutes = desk.address
    press(desk, "a[href$='/write/']")
    fill_both(desk)
    press(desk, "form[action$='/sign/'] button")
    chair.open(minutes)
    press(chair, "form[action$='/sign/'] button")
    desk.open(minutes)
    press(desk, "form[action$='/publish/'] button")
    stranger: Visit = visitor(scripts=False)
    stranger.open(minutes)
    assert stranger.page.locator(".code").inner_text().strip()


def press(visit: Visit, button: str) -> None:
    visit.press(visit.page.locator(button).first)


def fill_both(visit: Visit) -> None:
    for code in ("kk", "ru"):
        visit.page.locator(f"[name={code}]").fill("Мәтін" if code == "kk" else "Текст")
    press(visit, "main form button[type=submit]")
