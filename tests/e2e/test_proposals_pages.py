"""Proposing in the demo: three steps on a bad network, authors, merges, paper."""

import re

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser

BUDGET = "/budgeting/astana-2027"
PROPOSALS = f"{BUDGET}/proposals"
GO_ON = "main form button[value=go_on]"
DEMO_PASSWORD = "kenes-demo-2027"


def say_what(visit: Visit, title: str = "Кітап алмасу шкафы") -> None:
    """In words of its own: what others sent before is not like it, and is not shown first."""
    visit.page.fill("[name=title]", title)
    visit.page.fill("[name=summary]", title)
    visit.press(GO_ON)


def say_where(visit: Visit) -> None:
    say_what(visit)
    visit.press(GO_ON)


def point_outside(visit: Visit) -> None:
    say_what(visit)
    visit.page.fill("[name=point]", "43.24, 76.91")
    visit.press(GO_ON)


def send_empty(visit: Visit) -> None:
    visit.press("main form button[type=submit] >> nth=-1")


def page(name: str, path: str, person: str | None = None, **more: object) -> PageType:
    return PageType(name, f"{BUDGET}/{path}", person, **more)  # type: ignore[arg-type]


NEW = "proposals/new/"
PAGES = [
    page("budget-proposing", ""),
    page("proposals-taken", "proposals/"),
    page("proposal-with-authors", "proposals/1/"),
    page("proposal-merged", "proposals/2/"),
    page("proposal-shaped", "proposals/4/", "citizen"),
    page("proposal-versions", "proposals/4/versions/"),
    page("proposal-withdrawn", "proposals/7/"),
    page("proposal-on-paper", "proposals/8/"),
    page("proposal-new", NEW),
    page("proposal-new-error", NEW, status=422, then=lambda visit: visit.press(GO_ON)),
    page("proposal-where", NEW, then=say_what),
    page("proposal-where-error", NEW, status=422, then=point_outside),
    page("proposal-how", NEW, then=say_where),
    page("drafts-none", "proposals/drafts/"),
    page("proposal-edit", "proposals/1/edit/", "citizen"),
    page("proposal-invite", "proposals/1/invite/", "citizen"),
    page("proposal-withdraw", "proposals/1/withdraw/", "citizen"),
    page("proposal-invitation", "proposals/1/invitation/", "business"),
    page("proposal-note", "proposals/1/note/", "organiser"),
    page("proposal-merge", "proposals/3/merge/", "organiser"),
    page("proposal-merge-error", "proposals/3/merge/", "organiser", status=422, then=send_empty),
    page("proposal-merge-undo", "proposals/2/merge/undo/", "organiser"),
    page("proposal-paper", "organise/paper/", "organiser"),
    page("proposal-paper-error", "organise/paper/", "organiser", status=422, then=send_empty),
    page("usual-costs", "organise/usual-costs/", "organiser"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize(
    ("language", "person", "title"),
    [("kk", "citizen", "Ауладағы шахмат үстелдері"), ("ru", "business", "Скамейки у подъездов")],
)
def test_a_guest_writes_signs_in_and_proposes(
    language: str, person: str, title: str, visitor: Visitor
) -> None:
    visit = visitor(scripts=False)
    page = visit.open(f"/{language}{PROPOSALS}/new/")
    say_what(visit, title)
    page.select_option("[name=district]", index=2)
    page.fill("[name=point]", "D5")
    visit.press(GO_ON)
    page.fill("[name=cost]", "тегін")
    visit.press("main form button[value=send]")
    assert visit.status == 422
    assert page.input_value("[name=cost]") == "тегін"
    page.fill("[name=cost]", "1 200 000")
    visit.press("main form button[value=send]")
    assert "/account/login/" in visit.address
    page.fill("main [name=login]", f"{person}@demo.example")
    page.fill("main [name=password]", DEMO_PASSWORD)
    visit.press(page.locator("main form:has([name=password]) button[type=submit]").first)
    assert page.input_value("[name=cost]") == "1 200 000"
    visit.press("main form button[value=send]")
    assert re.search(r"/proposals/\d+/$", visit.address)
    assert title in page.locator("h1").inner_text()
    assert page.locator(".place-mark").count() == 1
    stranger = visitor()
    stranger.open(visit.address)
    assert stranger.status == 200


def test_what_is_typed_is_kept_through_a_broken_network(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.open(f"/kk{PROPOSALS}/new/")
    state = page.locator("[data-draft-state]")
    page.locator("[name=title]").press_sequentially("Көше шамдары")
    page.wait_for_url("**/what/")
    page.reload()
    assert page.input_value("[name=title]") == "Көше шамдары"
    visit.go_offline()
    page.locator("[name=summary]").press_sequentially("Қараңғыда")
    unsaved = page.locator("form[data-draft]").get_attribute("data-unsaved")
    page.wait_for_function("([box, text]) => box.textContent === text",
                           arg=[state.element_handle(), unsaved])  # fmt: skip
    visit.go_online()
    page.wait_for_function("([box, text]) => box.textContent !== text && /\\d\\d:/.test("
                           "box.textContent)", arg=[state.element_handle(), unsaved])  # fmt: skip
    page.reload()
    assert page.input_value("[name=summary]") == "Қараңғыда"


def test_similar_ones_and_the_map_while_one_writes(visitor: Visitor) -> None:
    visit = visitor("resident")
    page = visit.open(f"/ru{PROPOSALS}/new/")
    page.locator("[name=title]").press_sequentially("Фонари по дороге к школе")
    page.locator("[data-similar-found] a[href$='/proposals/1/']").wait_for()
    say_what(visit, "Фонари по дороге к школе")
    page.locator("svg[data-picks]").click(position={"x": 100, "y": 200})
    assert re.fullmatch(r"5\d\.\d{4}, 7\d\.\d{4}", page.input_value("[name=point]"))
    visit.press(GO_ON)
    assert visit.address.endswith("/how/")
    assert visit.complaints == []
