"""Meetings in a browser: the public pages, the desk, the hall, and one's way to a place."""

import re

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import LANGUAGES, PageType, check, in_every_language

pytestmark = pytest.mark.browser
PROCESS = "/edp/zhambyl-2027/"
DONE, AHEAD, RUNNING = (f"{PROCESS}workshops/{number}/" for number in (12, 13, 14))


def send_empty(visit: Visit) -> None:
    form = visit.page.locator("main form").first
    for field in form.locator("input[type=text], textarea").all():
        field.fill("")
    visit.press(form.locator("button[type=submit]").first)


def page(name: str, path: str, *, person: str | None = "organiser", **more: object) -> PageType:
    return PageType(f"meeting-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("list", f"{PROCESS}workshops/", person=None),
    page("ahead", AHEAD, person=None),
    page("running", RUNNING, person=None),
    page("reported", DONE, person=None),
    page("statements", f"{PROCESS}statements/?kind=obstacle", person=None),
    page("statement", f"{PROCESS}statements/1/", person=None),
    page("obstacles", "/edp/obstacles/", person=None),
    page("join", "/edp/join/", person=None),
    page("join-wrong", "/edp/join/?code=12", person=None, status=422),
    page("place", f"{AHEAD}place/", person="assessor"),
    page("plan", f"{PROCESS}workshops/new/"),
    page("plan-error", f"{PROCESS}workshops/new/", status=422, then=send_empty),
    page("desk-ahead", f"{AHEAD}desk/"),
    page("desk-running", f"{RUNNING}desk/", person="moderator"),
    page("invitations", f"{AHEAD}invitations/"),
    page("invitations-list", f"{AHEAD}invitations/list/"),
    page("dots-paper", f"{RUNNING}board/dots/paper/"),
    page("check-in", f"{AHEAD}check-in/", person="moderator"),
    page("heads", f"{RUNNING}heads/"),
    page("capture", f"{RUNNING}capture/", person="moderator"),
    page("capture-error", f"{RUNNING}capture/", person="moderator", status=422, then=send_empty),
    page("board", f"{RUNNING}board/", person="moderator"),
    page("board-counted", f"{DONE}board/"),
    page("screen", f"{RUNNING}screen/"),
    page("cancel", f"{AHEAD}cancel/"),
    page("translate", f"{PROCESS}statements/1/translate/"),
    page("erase", f"{PROCESS}statements/1/erase/"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


def join_code(visitor: Visitor) -> str:
    wall: Visit = visitor("organiser")
    wall.open(f"/kk{RUNNING}screen/")
    return re.sub(r"\D", "", wall.page.locator(".digits").inner_text())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_participants_phone(language: str, visitor: Visitor) -> None:
    """Without scripts and without an account: the code, dots, words that wait."""
    code = join_code(visitor)
    phone: Visit = visitor(scripts=False)
    phone.open(f"/{language}/edp/join/")
    phone.page.locator("[name=code]").fill(code)
    phone.press("button[type=submit]")
    assert phone.address == f"/{language}/edp/join/{code}/"
    assert phone.weight() < 20_000
    phone.page.locator("input.dots").first.fill("2")
    phone.press("form[action$='/dots/'] button")
    assert phone.page.locator(".done[role=status]").count() == 1
    words = phone.page.locator("form", has=phone.page.locator("[name=text]"))
    words.locator("[name=text]").fill("Су <b>керек</b>")
    phone.press(words.locator("button"))
    assert phone.status == 422
    assert phone.page.locator("[name=text]").input_value() == "Су <b>керек</b>"
    words.locator("[name=has_consent]").check()
    phone.press(words.locator("button"))
    assert phone.page.locator(".done[role=status]").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phones_page_is_fit_for_everybody(language: str, visitor: Visitor) -> None:
    check(page("phone", f"/edp/join/{join_code(visitor)}/", person=None), language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_place_taken_and_given_back(language: str, visitor: Visitor) -> None:
    visit: Visit = visitor("business" if language == "kk" else "secretary", scripts=False)
    visit.open(f"/{language}{AHEAD}")
    visit.press("form[action$='/register/'] button")
    visit.press("a[href$='/place/']")
    assert visit.page.locator("svg.qr").count() == 1
    visit.press("form[action$='/place/cancel/'] button")
    assert visit.page.locator("form[action$='/register/']").count() == 1
