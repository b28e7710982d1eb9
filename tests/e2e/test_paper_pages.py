"""Votes on paper: the pages, and the way of a desk officer who gives a ballot and keys it."""

import pytest

from budgeting.electorate.iin import invented_iin
from config.demo.budgets.proofs import birthday_of
from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
TARAZ = "/budgeting/taraz-2027/"
STATIONS, MANAGE = f"{TARAZ}stations/", f"{TARAZ}organise/stations/"
DESK = f"{STATIONS}2/desk/"
PILE = f"{DESK}batches/1/"
SUBMIT = "main form:not([action]) button[type=submit]"


def send_empty(visit: Visit) -> None:
    visit.press(SUBMIT)


def find(visit: Visit, number: int = 22) -> None:
    visit.page.fill("[name=iin]", invented_iin(birthday_of(number), 7000 + number))
    visit.press(SUBMIT)


def key_wrong(visit: Visit) -> None:
    visit.page.fill("[name=chosen]", "1 99")
    visit.press(SUBMIT)


PAGES = [
    PageType("stations", STATIONS),
    PageType("station-protocol", f"{STATIONS}1/"),
    PageType("stations-organise", MANAGE, "organiser"),
    PageType("station-new", f"{MANAGE}new/", "organiser"),
    PageType("station-new-error", f"{MANAGE}new/", "organiser", status=422, then=send_empty),
    PageType("station-change", f"{MANAGE}1/", "organiser"),
    PageType("protocol-declare", f"{MANAGE}1/protocol/1/", "organiser"),
    PageType("station-desk", DESK, "registrar"),
    PageType("paper-give", f"{DESK}give/", "registrar"),
    PageType("paper-found", f"{DESK}give/", "registrar", then=find),
    PageType("paper-batch", PILE, "business"),
    PageType("paper-batch-closed", f"{STATIONS}1/desk/batches/1/", "business"),
    PageType("paper-key", f"{PILE}key/", "reviewer"),
    PageType("paper-key-error", f"{PILE}key/", "reviewer", status=422, then=key_wrong),
    PageType("paper-decide", f"{PILE}papers/2/", "business"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


def key_paper(visit: Visit, pile: str, chosen: str) -> None:
    visit.open(f"{pile}key/")
    visit.page.fill("[name=chosen]", chosen)
    with visit.next_page():
        visit.page.keyboard.press("Enter")


@pytest.mark.parametrize(("language", "station", "number"), [("kk", 1, 20), ("ru", 2, 21)])
def test_a_ballot_is_given_keyed_twice_decided_and_closed(
    language: str, station: int, number: int, visitor: Visitor
) -> None:
    """Without scripts: an officer gives a ballot and makes a batch; three people read the paper."""
    desk = f"/{language}{STATIONS}{station}/desk/"
    officer = visitor("registrar", scripts=False)
    officer.open(f"{desk}give/")
    find(officer, number)
    officer.press(SUBMIT)
    assert officer.address == f"{desk}give/"
    assert officer.page.locator(".govuk-notification-banner, .banner").count() == 1
    find(officer, number)
    assert officer.page.locator("main form").count() == 0  # the vote is recorded

    officer.open(desk)
    officer.page.fill("[name=papers]", "1")
    officer.press(SUBMIT)
    pile = officer.address
    key_paper(officer, pile, "1 2")
    assert officer.address == pile  # nothing is left for this officer

    second = visitor("reviewer", scripts=False)
    key_paper(second, pile, "1 3")
    assert second.page.locator("main a[href*=papers]").count() == 1
    third = visitor("business", scripts=False)
    third.open(f"{pile}papers/1/")
    third.page.fill("[name=chosen]", "1 2")
    third.page.fill("[name=reason]", "3 / 2")
    third.press(SUBMIT)
    third.press("main form[action$='/close/'] button")
    assert third.page.locator(".done-panel").count() == 1
