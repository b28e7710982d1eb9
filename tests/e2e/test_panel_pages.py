"""Evaluation and Delphi: what everybody reads, the assessor's and the panellist's pages."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
ZHAMBYL = "/edp/zhambyl-2027/"


def send(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").first)


def open_the_first_card(visit: Visit) -> None:
    visit.press(visit.page.locator("article.card h2 a").last)


def declare_none(visit: Visit) -> None:
    open_the_first_card(visit)
    if visit.page.locator("input[name=nature]").count():
        visit.page.locator("input[name=nature][value=none]").check()
        send(visit)


def lock_an_empty_sheet(visit: Visit) -> None:
    declare_none(visit)
    visit.press("button[value=lock]")


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(name, ZHAMBYL + path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("delphi-list", "delphi/"),
    page("delphi-ended", "delphi/1/"),
    page("delphi-running", "delphi/2/"),
    page("delphi-rate", "delphi/2/rate/", "citizen"),
    page("delphi-organise", "delphi/2/organise/", "organiser"),
    page("delphi-create", "delphi/new/", "organiser"),
    page("delphi-create-error", "delphi/new/", "organiser", status=422, then=send),
    page("evaluation", "evaluation/"),
    page("evaluation-report", "evaluation/reports/1/"),
    page("panel", "evaluation/panel/", "organiser"),
    page("publish", "evaluation/publish/", "organiser"),
    page("decision", "evaluation/decision/", "organiser"),
    page("decision-error", "evaluation/decision/", "organiser", status=422, then=send),
    page("criteria-sets", "evaluation/criteria/sets/", "organiser"),
    page("my-ideas", "evaluation/mine/", "assessor"),
    page("sheet", "evaluation/mine/", "assessor", then=declare_none),
    page("sheet-error", "evaluation/mine/", "assessor", status=422, then=lock_an_empty_sheet),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
