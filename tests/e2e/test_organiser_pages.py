"""Proposing, checking and organising: the pages with the long forms."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser


def send_empty(visit: Visit) -> None:
    """Empty every field of the first form and send it."""
    form = visit.page.locator("main form").first
    for field in form.locator("input:is([type=text], [type=number], [type=email])").all():
        field.fill("")
    visit.press(form.locator("button[type=submit]").first)


def send_last(visit: Visit) -> None:
    """The last form as it is: that of a page with buttons that are forms of their own."""
    visit.press(visit.page.locator("main form button[type=submit]").last)


def send_as_it_is(visit: Visit) -> None:
    form = visit.page.locator("main form").first
    form.locator("textarea").first.fill("Себебі.")
    visit.press(form.locator("button[type=submit]"))


def look_at_it(visit: Visit) -> None:
    visit.press(visit.page.locator("main [name=step][value=check]").last)


def look_at_nothing(visit: Visit) -> None:
    for field in visit.page.locator("main form input[type=text]").all():
        field.fill("")
    look_at_it(visit)


def page(name: str, path: str, *, person: str = "organiser", **more: object) -> PageType:
    return PageType(name, f"/budgeting/{path}", person, **more)  # type: ignore[arg-type]


def open_links(visit: Visit) -> None:
    visit.press(visit.page.locator("a[href$='/chain/links/']").first)


def open_the_end_of_a_link(visit: Visit) -> None:
    open_links(visit)
    visit.press(visit.page.locator("main a[href$='/remove/']").first)


def answer_question(visit: Visit) -> None:
    visit.press("main a[href*='/questions/']")


PAGES = [
    page("links", "taraz-2027/", then=open_links),
    page("link-removed", "taraz-2027/", then=open_the_end_of_a_link),
    page("proposal-form", "taraz-ideas/proposals/new/", person="resident"),
    page("proposal-form-error", "taraz-ideas/proposals/new/", person="resident", status=422,
         then=send_empty),
    page("organise-draft", "taraz-draft/organise/"),
    page("organise-to-do", "astana-2026/organise/"),
    page("organise-frozen", "taraz-2027/organise/"),
    page("organise-over", "taraz-over/organise/"),
    page("organise-counted", "taraz-counted/organise/"),
    page("organise-published", "taraz-past/organise/"),
    page("trial", "taraz-tried/organise/trial/1/"),
    page("trial-none-yet", "taraz-draft/organise/trial/1/"),
    page("trial-counted", "taraz-tried/organise/trial/1/count/"),
    page("trial-booth", "taraz-tried/trial/1/"),
    page("trial-booth-error", "taraz-tried/trial/1/", status=422, then=send_last),
    page("dates", "astana-2026/organise/dates/"),
    page("dates-error", "astana-2026/organise/dates/", status=422, then=send_empty),
    page("queue", "astana-2026/organise/proposals/", person="reviewer"),
    page("queue-handing-out", "astana-2026/organise/proposals/?who=open"),
    page("desk", "astana-2026/organise/desk/"),
    page("desk-error", "astana-2026/organise/desk/", status=422, then=send_last),
    page("desk-not-open", "taraz-draft/organise/desk/"),
    page("shortlist", "astana-2026/organise/shortlist/"),
    page("checks", "astana-2026/organise/proposals/2/checks/", person="reviewer"),
    page("estimate", "astana-2026/organise/proposals/2/estimate/", person="reviewer"),
    page("estimate-error", "astana-2026/organise/proposals/2/estimate/", person="reviewer",
         status=422, then=send_empty),
    page("hand-over", "astana-2026/organise/proposals/3/hand-over/"),
    page("ask", "astana-2026/organise/proposals/2/ask/", person="reviewer"),
    page("answer-question", "astana-2026/proposals/3/", person="citizen", then=answer_question),
    page("answer-changes", "astana-2026/proposals/4/changes/", person="citizen"),
    page("appeal", "astana-2026/proposals/4/appeal/", person="citizen"),
    page("review", "astana-2026/organise/proposals/1/", person="reviewer"),
    page("review-error", "astana-2026/organise/proposals/1/", status=422, then=send_empty),
    page("review-refused", "taraz-2027/organise/proposals/1/", status=422, then=send_as_it_is),
    page("residence", "taraz-2027/organise/residents/"),
    page("residence-error", "taraz-2027/organise/residents/", status=422, then=send_empty),
    page("alike", "astana-2027/organise/alike/"),
    page("new-budget-start", "new/"),
    page("new-budget", "new/paris/"),
    page("new-budget-error", "new/kazakhstan/", status=422, then=look_at_nothing),
    page("new-budget-looked-at", "taraz-2027/organise/clone/", then=look_at_it),
    page("clone", "taraz-2027/organise/clone/"),
    page("somebody-elses-page", "taraz-2027/organise/", person="citizen", status=404),
]  # fmt: skip


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
