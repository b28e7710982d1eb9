"""Evidence of a process: what everybody reads, and the analyst's desk with its forms."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
TABLE = "year,region_code,activity_code,indicator,value\n"
GOOD = TABLE + "2024,KZ-31,A,employment,5\n2024,KZ,A,employment,50\n"


def page(name: str, path: str, **more: object) -> PageType:
    return PageType(name, f"/edp/zhambyl-2027/evidence/{path}", **more)  # type: ignore[arg-type]


def open_the_table(visit: Visit) -> None:
    visit.press(visit.page.locator("main .card a").first)


def open_an_asset(visit: Visit) -> None:
    visit.press(visit.page.locator("main a[href*='/manage/assets/']:not([href$='/new/'])").first)


def open_links(visit: Visit) -> None:
    visit.press(visit.page.locator("main a.small[href*='/manage/swot/']").first)


def send_empty(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").first)


def _send(visit: Visit, content: str) -> None:
    visit.press(visit.page.locator("main a[href$='/upload/']").first)
    file = {"name": "t.csv", "mimeType": "text/csv", "buffer": content.encode()}
    visit.page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    visit.page.locator("[name=retrieved_on]").fill("01.11.2026")
    visit.press("main form button[type=submit]")


def send_wrong_lines(visit: Visit) -> None:
    _send(visit, TABLE + "2024,KZ-31,A,happiness,5\n24,KZ,A,employment,50\n")


def look_through(visit: Visit) -> None:
    _send(visit, GOOD)


DESK = {"person": "organiser"}
PAGES = [
    page("evidence", ""),
    page("figures", "", then=open_the_table),
    page("method", "method/"),
    page("assets", "assets/"),
    page("swot", "swot/"),
    page("trends", "trends/"),
    page("evidence-desk", "manage/", **DESK),
    page("dataset-form", "manage/datasets/new/", **DESK),
    page("dataset-form-error", "manage/datasets/new/", status=422, then=send_empty, **DESK),
    page("file-error", "manage/", status=422, then=send_wrong_lines, **DESK),
    page("file-preview", "manage/", then=look_through, **DESK),
    page("asset-form", "manage/assets/new/", **DESK),
    page("asset-form-error", "manage/assets/new/", status=422, then=send_empty, **DESK),
    page("asset-change", "manage/", then=open_an_asset, **DESK),
    page("trend-form", "manage/trends/new/", **DESK),
    page("swot-form", "manage/swot/new/", **DESK),
    page("swot-links", "manage/", then=open_links, **DESK),
    page("evidence-desk-of-others", "manage/", person="citizen", status=404),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
