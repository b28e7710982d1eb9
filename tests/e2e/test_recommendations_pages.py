"""Matters, recommendations, citizen checks and public control in a browser."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
COUNCIL = "/councils/astana/"
FIRST, FOURTH, DRAFT = (f"{COUNCIL}recommendations/{number}/" for number in (1, 4, 7))
UNDER_WAY = f"{COUNCIL}control/2/"


def send_empty(visit: Visit) -> None:
    form = visit.page.locator("main form").last
    for field in form.locator("input[type=text], textarea").all():
        field.fill("")
    visit.press(form.locator("button[type=submit]").first)


def page(name: str, path: str, *, person: str | None = "secretary", **more: object) -> PageType:
    return PageType(f"recommendation-{name}", path, person, **more)  # type: ignore[arg-type]


PAGES = [
    page("dockets", f"{COUNCIL}dockets/", person=None),
    page("docket", f"{COUNCIL}dockets/1/", person=None),
    page("docket-open", f"{COUNCIL}dockets/new/"),
    page("docket-open-error", f"{COUNCIL}dockets/new/", status=422, then=send_empty),
    page("list", f"{COUNCIL}recommendations/", person=None),
    page("list-filtered", f"{COUNCIL}recommendations/?state=rejected", person=None),
    page("implemented", FIRST, person=None),
    page("late", FOURTH, person=None),
    page("for-its-secretary", FOURTH),
    page("draft", f"{DRAFT}draft/"),
    page("evidence-error", f"{DRAFT}evidence/new/", status=422, then=send_empty),
    page("adopt", f"{DRAFT}adopt/"),
    page("act", f"{FOURTH}acts/new/"),
    page("commitment", f"{FOURTH}commitments/new/"),
    page("check", f"{FIRST}check/", person="citizen"),
    page("check-links", f"{FIRST}check/links/"),
    page("controls", f"{COUNCIL}control/", person=None),
    page("control-ended", f"{COUNCIL}control/1/", person=None),
    page("control-under-way", UNDER_WAY),
    page("control-finish", f"{UNDER_WAY}finish/"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_secretary_writes_and_proves_a_draft(language: str, visitor: Visitor) -> None:
    """Without scripts: the draft, then what it rests on; nobody else sees it."""
    visit: Visit = visitor("secretary", scripts=False)
    visit.open(f"/{language}{COUNCIL}recommendations/new/")
    for name, said in (
        ("title_kk", "Түнгі автобус"),
        ("title_ru", "Ночной автобус"),
        ("summary_kk", "Сағат 23:30-ға дейін"),
        ("summary_ru", "До 23:30"),
    ):
        visit.page.locator(f"[name={name}]").fill(said)
    visit.press(visit.page.locator("main form button[type=submit]").last)
    assert visit.address.endswith("/draft/")
    desk = visit.address
    visit.press(visit.page.locator("a[href$='evidence/new/']").first)
    visit.page.locator("[name=text]").fill("Кешке үйге жете алмаймыз")
    visit.page.locator("[name=url]").fill("https://example.org/appeals")
    visit.press(visit.page.locator("main form button[type=submit]").last)
    assert visit.address == desk
    assert visit.page.locator("blockquote").count() == 1
    stranger: Visit = visitor("business")
    stranger.open(desk)
    assert stranger.status == 404
