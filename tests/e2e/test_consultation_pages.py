"""A consultation in the browser: the text, a passage, what changed, votes, the report, the desk."""

import pytest

from tests.e2e.browsing import Visit, problems_of
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
ROUND = "/edp/zhambyl-2027/consultation/1/"


def send_form(visit: Visit) -> None:
    visit.press(visit.page.locator("main form:not([id]) button[type=submit]").last)


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(f"consultation-{name}", ROUND + path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("text", ""),
    page("first-version", "versions/1/"),
    page("changes", "changes/"),
    page("passage", "passages/3/"),
    page("passage-signed-in", "passages/3/", "citizen"),
    page("passage-error", "passages/3/", "citizen", status=422, then=send_form),
    page("whole", "passages/0/"),
    page("report", "report/"),
    page("report-filtered", "report/?disposition=accepted&channel=hearing"),
    page("statements", "statements/"),
    page("vote", "vote/1/", "citizen"),
    page("propose-error", "statements/new/", "citizen", status=422, then=send_form),
    page("enter", "enter/", "officer"),
    page("enter-error", "enter/", "officer", status=422, then=send_form),
    page("organise", "organise/", "organiser"),
    page("extend", "organise/extend/", "organiser"),
    page("statement-new", "organise/statements/new/", "organiser"),
    page("decide-error", "organise/statements/5/", "organiser", status=422, then=send_form),
    PageType("consultation-new", "/edp/zhambyl-2027/consultation/new/", "organiser"),
    PageType("consultation-rounds", "/edp/zhambyl-2027/consultation/organise/", "organiser"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


def test_results_after_voting_on_all(visitor: Visitor) -> None:
    """One button a statement until all are voted on; then tables, bars and the map."""
    visit = visitor("talker")
    visit.open(f"/ru{ROUND}vote/")
    for value in (1, -1, 0, 1):
        visit.press(f"main form button[value='{value}']")
    assert visit.page.url.endswith(f"{ROUND}statements/")
    assert visit.page.locator("main article table").count() == 4
    assert visit.page.locator("main svg.chart path").count() >= 41
    assert problems_of(visit, "ru") == []
