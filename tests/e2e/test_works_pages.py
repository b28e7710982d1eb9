"""What becomes of winners in the demo: works and their diary, who took part, the archive."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser

BUDGET = "/budgeting/almaty-2026/"
WORKS = f"{BUDGET}works/"
SUBMIT = "main form:not([action]) button[type=submit]"


def to_first(visit: Visit) -> None:
    visit.press("main table a >> nth=0")


def to_second(visit: Visit) -> None:
    visit.press("main table a >> nth=1")


def to_news(visit: Visit) -> None:
    to_second(visit)
    visit.press("main a[href$='/news/']")


def send_no_news(visit: Visit) -> None:
    to_news(visit)
    visit.press(SUBMIT)


def to_money(visit: Visit) -> None:
    to_second(visit)
    visit.press("main a[href$='/money/']")


def money_in_words(visit: Visit) -> None:
    to_money(visit)
    visit.page.fill("[name=amount]", "жүз мың")
    visit.press(SUBMIT)


def to_milestone(visit: Visit) -> None:
    to_second(visit)
    visit.press("main a[href$='/milestones/']")


def to_delay(visit: Visit) -> None:
    to_second(visit)
    visit.press("main a[href$='/put-off/'] >> nth=0")


PAGES = [
    PageType("works", WORKS),
    PageType("work-built", WORKS, then=to_first),
    PageType("work-late", WORKS, then=to_second),
    PageType("work-organised", WORKS, "organiser", then=to_second),
    PageType("work-news", WORKS, "organiser", then=to_news),
    PageType("work-news-error", WORKS, "organiser", status=422, then=send_no_news),
    PageType("work-money", WORKS, "organiser", then=to_money),
    PageType("work-money-error", WORKS, "organiser", status=422, then=money_in_words),
    PageType("work-milestone", WORKS, "organiser", then=to_milestone),
    PageType("work-delay", WORKS, "organiser", then=to_delay),
    PageType("who-took-part", f"{BUDGET}participation/"),
    PageType("budget-archive", "/budgeting/archive/"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
