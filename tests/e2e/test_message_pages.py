"""Messages, following, preferences, and letters to residents."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser


def open_first(visit: Visit) -> None:
    """The letter that is at the top of the list."""
    visit.press(visit.page.locator("table a").first)


def open_last(visit: Visit) -> None:
    visit.press(visit.page.locator("table a").last)


def send_empty(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").first)


PAGES = [
    PageType("inbox", "/messages/", person="citizen"),
    PageType("inbox-empty", "/messages/", person="outsider"),
    PageType("follow-list", "/following/", person="citizen"),
    PageType("follow-list-empty", "/following/", person="outsider"),
    PageType("preferences", "/messages/choose/", person="citizen"),
    PageType("letter", "/newsletters/1/"),
    PageType("letter-list", "/regions/taraz/letters/", person="organiser"),
    PageType("letter-draft", "/regions/taraz/letters/", person="organiser", then=open_first),
    PageType("letter-sent", "/regions/taraz/letters/", person="organiser", then=open_last),
    PageType("letter-write", "/regions/taraz/letters/write/", person="organiser"),
    PageType(
        "letter-errors",
        "/regions/taraz/letters/write/",
        person="organiser",
        status=422,
        then=send_empty,
    ),
]


@in_every_language(PAGES)
def test_page_has_no_fault(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
