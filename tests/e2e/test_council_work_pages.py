"""The work of members in a browser: office hours, money, annual reports; and open data."""

import pytest

from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
ASTANA = "/councils/astana/"
HOURS, MONEY, REPORTS = f"{ASTANA}office-hours/", f"{ASTANA}money/", f"{ASTANA}reports/"


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(f"work-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("hours", HOURS),
    page("hours-new", f"{HOURS}new/", "member"),
    page("hours-desk", f"{HOURS}desk/", "member"),
    page("money", MONEY),
    page("budget", f"{MONEY}budget/", "secretary"),
    page("claims", f"{MONEY}claims/", "chair"),
    page("claim-new", f"{MONEY}claims/new/", "member"),
    page("reports", REPORTS),
    page("report", f"{REPORTS}2026/"),
    page("report-print", f"{REPORTS}2026/print/"),
    page("report-write", f"{REPORTS}2025/write/", "chair"),
    page("open-data", "/councils/open-data/"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
