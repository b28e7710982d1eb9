"""The language switch stays on the page."""

import pytest

from tests.e2e.conftest import Visitor
from tests.e2e.pages import LANGUAGES

pytestmark = pytest.mark.browser
PATHS = [
    "/",
    "/regions/zhambyl/",
    "/record/?page=2",
    "/budgeting/taraz-2027/proposals/?q=%D0%B0&state=shortlisted&category=",
    "/account/login/?next=%2Fkk%2Fbudgeting%2F",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_switch_keeps_the_page(path: str, scripts: bool, visitor: Visitor) -> None:
    visit = visitor(scripts=scripts)
    page = visit.open(f"/kk{path}")
    for language in ("ru", "en", "kk"):
        visit.press(f"nav.langs a[hreflang={language}]")
        assert visit.address == f"/{language}{path}"
        assert visit.status == 200
        assert page.get_attribute("html", "lang") == language


def test_switch_on_a_page_that_does_not_exist_leads_home(visitor: Visitor) -> None:
    visit = visitor()
    visit.open("/kk/no/such/page/")
    visit.press("nav.langs a[hreflang=ru]")
    assert visit.address == "/ru/"
    assert visit.status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_other_languages_are_written_in_them(language: str, visitor: Visitor) -> None:
    links = visitor().open(f"/{language}/").locator("nav.langs a")
    assert [link.get_attribute("lang") for link in links.all()] == list(LANGUAGES)
