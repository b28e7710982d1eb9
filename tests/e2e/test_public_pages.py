"""What anybody may read: fit for everybody, in three languages, on any phone."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser


def forge_the_form(visit: Visit) -> None:
    form = visit.page.locator("form[action$='/regions/choose/']").first
    form.locator("[name=csrfmiddlewaretoken]").evaluate("input => input.value = 'forged'")
    visit.press(form.locator("button"))


def see_the_chain(visit: Visit) -> None:
    visit.press("a[href$='/chain/']")


PAGES = [
    PageType("home", "/"),
    PageType("home-of-a-neighbour", "/", region="zhambyl"),
    PageType("regions", "/regions/"),
    PageType("region", "/regions/zhambyl/"),
    PageType("city", "/regions/taraz/"),
    PageType("cycles", "/budgeting/"),
    PageType("cycle-voting", "/budgeting/taraz-2027/"),
    PageType("cycle-proposals", "/budgeting/taraz-ideas/"),
    PageType("cycle-feasibility", "/budgeting/astana-2026/"),
    PageType("feasibility-progress", "/budgeting/astana-2026/checking/"),
    PageType("proposal-decided", "/budgeting/astana-2026/proposals/4/"),
    PageType("proposal-appealed", "/budgeting/astana-2026/proposals/5/"),
    PageType("cycle-decided", "/budgeting/taraz-past/"),
    PageType("cycle-imported", "/budgeting/warszawa-bemowo-2024/"),
    PageType("proposals", "/budgeting/taraz-2027/proposals/"),
    PageType("proposals-filtered", "/budgeting/taraz-2027/proposals/?q=а&state=shortlisted"),
    PageType("proposals-none-found", "/budgeting/taraz-2027/proposals/?q=zzzz&category=light"),
    PageType("proposals-imported", "/budgeting/warszawa-bemowo-2024/proposals/?page=2"),
    PageType("proposal", "/budgeting/taraz-2027/proposals/1/"),
    PageType("proposal-untranslated", "/budgeting/taraz-ideas/proposals/6/"),
    PageType("proposal-won", "/budgeting/taraz-past/proposals/5/"),
    PageType("results", "/budgeting/taraz-past/results/"),
    PageType("results-swiecie", "/budgeting/swiecie-2023/results/"),
    PageType("results-wieliczka", "/budgeting/wieliczka-green-budget-2023/results/"),
    PageType("results-bemowo", "/budgeting/warszawa-bemowo-2024/results/"),
    PageType("results-not-yet", "/budgeting/taraz-2027/results/", status=404),
    PageType("log", "/budgeting/taraz-2027/ballot/1/log/"),
    PageType("log-after-the-close", "/budgeting/taraz-past/ballot/1/log/"),
    PageType("promise", "/budgeting/promise/"),
    PageType("record", "/record/"),
    PageType("search", "/search/?q=саябақ"),
    PageType("search-everything", "/search/"),
    PageType("search-filtered", "/search/?q=алаң&state=budgeting.proposal:shortlisted&place=taraz"),
    PageType("search-misspelt", "/search/?q=вилосипед"),
    PageType("search-nothing", "/search/?q=zzzzzz"),
    PageType("search-wrong", "/search/?q=x&kind=nonsense", status=422),
    PageType("chain", "/budgeting/taraz-2027/proposals/5/", then=see_the_chain),
    PageType("record-second-page", "/record/?page=2"),
    PageType("erased", "/account/erased/"),
    PageType("demo-mail", "/demo/mail/"),
    PageType("no-such-page", "/no/such/page/", status=404),
    PageType("forged-form", "/regions/", status=403, then=forge_the_form),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
