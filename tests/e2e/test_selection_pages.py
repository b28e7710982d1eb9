"""Selections and draws in a browser: the public pages, the check, one's way into a pool."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
COUNCIL = "/councils/astana/"
ELECTED, DRAWN, POOL = f"{COUNCIL}selection/1/", f"{COUNCIL}draws/1/", f"{COUNCIL}draws/2/"


def send_empty(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").first)


def page(name: str, path: str, *, person: str | None = None, **more: object) -> PageType:
    return PageType(f"selection-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("list", f"{COUNCIL}selection/"),
    page("published", ELECTED),
    page("drawn", DRAWN),
    page("pool", POOL),
    page("volunteer", f"{POOL}volunteer/", person="citizen"),
    page("volunteer-error", f"{POOL}volunteer/", person="citizen", status=422, then=send_empty),
    page("desk", f"{ELECTED}desk/", person="secretary"),
    page("draw-desk", f"{POOL}desk/", person="secretary"),
    page("plan", f"{COUNCIL}selection/new/", person="secretary"),
    page("feature", f"{POOL}attributes/", person="secretary"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_anybody_checks_the_draw_in_the_browser(language: str, visitor: Visitor) -> None:
    visit: Visit = visitor()
    visit.open(f"/{language}{DRAWN}")
    visit.page.locator("[data-verify-start]").click(no_wait_after=True)
    steps = visit.page.locator("[data-verify-steps] li")
    steps.nth(4).wait_for()
    assert all(text.startswith("✓") for text in steps.all_inner_texts())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_volunteer_without_scripts(language: str, visitor: Visitor) -> None:
    visit: Visit = visitor("business" if language == "kk" else "analyst", scripts=False)
    visit.open(f"/{language}{POOL}")
    visit.press("a[href$='/volunteer/']")
    for name in ("sex", "age", "district"):
        visit.page.locator(f"[name={name}]").first.check()
    visit.page.locator("[name=consent]").check()
    visit.press("main form button[type=submit]")
    assert visit.page.locator(".trace .code").count() == 1
    visit.press("form[action$='/withdraw/'] button")
    assert visit.page.locator("a[href$='/volunteer/'].btn").count() == 1
