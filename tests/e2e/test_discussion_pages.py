"""The pages of a discussion and of its moderation."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
PROPOSAL = "/budgeting/taraz-2027/proposals/1/"
STOPS = "/budgeting/taraz-2027/proposals/3/"


def open_discussion(visit: Visit) -> None:
    visit.press(visit.page.locator("#discussion a[href*='/discussion/']").first)


def beside(visit: Visit) -> None:
    open_discussion(visit)
    visit.press("a[href='?view=sides']")


def send_empty(visit: Visit) -> None:
    open_discussion(visit)
    visit.press("form[action$='#say'] button[type=submit]")


def follow(selector: str) -> object:
    """From the whole discussion on to the first link that the selector finds."""

    def then(visit: Visit) -> None:
        open_discussion(visit)
        visit.press(visit.page.locator(f"main {selector}").first)

    return then


def decide(visit: Visit) -> None:
    visit.press(visit.page.locator("main a[href$='/moderate/']").first)


PAGES = [
    PageType("discussion-on-a-page", PROPOSAL, "citizen"),
    PageType("discussion", PROPOSAL, then=open_discussion),
    PageType("discussion-signed-in", PROPOSAL, "citizen", then=open_discussion),
    PageType("discussion-sides", PROPOSAL, "citizen", then=beside),
    PageType("discussion-error", PROPOSAL, "citizen", status=422, then=send_empty),
    PageType("discussion-of-nobody", "/budgeting/taraz-2027/proposals/2/"),
    PageType("comment", PROPOSAL, then=follow("article.comment time")),
    PageType("comment-reply", PROPOSAL, "citizen", then=follow("a[href$='/reply/']")),
    PageType("comment-report", PROPOSAL, "citizen", then=follow("a[href$='/report/']")),
    PageType("comment-hidden", PROPOSAL, then=follow("article:has(> p.stub) > header time")),
    PageType("comment-history", STOPS, then=follow("a[href$='/history/']")),
    PageType("moderation-queue", "/moderation/", "moderator"),
    PageType("moderation-decision", "/moderation/", "moderator", then=decide),
    PageType("moderation-register", "/moderation/register/"),
    PageType("moderation-rules", "/moderation/rules/"),
    PageType("person-of-moderator", "/account/", "moderator"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
