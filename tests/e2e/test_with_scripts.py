"""What scripts add to the booth, and the whole vote by keyboard."""

import re

import pytest
from playwright.sync_api import Dialog, Locator, Page

from tests.e2e.browsing import DESKTOP, PHONE
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
BOOTH = "/en/budgeting/taraz-2027/ballot/1/"
MOST_TABS = 150
HAS_FOCUS = "element => element === document.activeElement"
# The middle of what has the focus lies under something that stays in place, as the bar does.
IS_COVERED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  let top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  for (; top && !top.contains(element); top = top.parentElement) {
    if (['sticky', 'fixed'].includes(getComputedStyle(top).position)) return true;
  }
  return false;
}"""


def digits(locator: Locator) -> int:
    return int(re.sub(r"\D", "", locator.inner_text()))


def test_the_bar_adds_up(visitor: Visitor) -> None:
    page = visitor("bar").open(BOOTH)
    bar = page.locator("[data-bar]")
    amount = int(page.get_attribute("[data-booth]", "data-amount") or 0)
    spent = 0
    for pick in page.locator("[data-pick]").all():
        assert bar.locator("[data-when=over]").is_hidden()
        pick.locator("[name=project]").check()
        spent += int(pick.get_attribute("data-cost") or 0)
        assert digits(bar.locator("[data-spent]")) == spent
        assert digits(bar.locator("[data-left]")) == abs(amount - spent)
        if spent > amount:
            break
    assert bar.locator("[data-when=over]").is_visible()
    assert bar.locator("[data-when=within]").is_hidden()
    assert bar.locator("[data-when=uncounted]").is_visible()
    page.locator("[name=project]:checked").first.uncheck()
    assert bar.locator("[data-when=over]").is_hidden()


def test_the_bar_counts_points(visitor: Visitor) -> None:
    page = visitor("bar").open("/en/budgeting/taraz-points/ballot/1/")
    fields = page.locator("[name^=points-]")
    fields.nth(0).fill("4")
    fields.nth(1).fill("3")
    assert digits(page.locator("[data-points-given]")) == 7


def test_leaving_the_booth_asks_first(visitor: Visitor) -> None:
    visit = visitor("bar")
    page = visit.open(BOOTH)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("[name=project]").first.check()
    with page.expect_event("dialog"):
        page.locator("header a").first.click(no_wait_after=True)
    assert asked == ["beforeunload"]
    assert visit.address == BOOTH
    assert page.locator("[name=project]").first.is_checked()
    assert page.locator("[data-when=uncounted]").is_visible()

    visit.press("[name=step][value=review]")
    assert page.locator("[name=step][value=cast]").is_visible()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_vote_by_keyboard(width: int, visitor: Visitor) -> None:
    """From the home page to the receipt with Tab, Space and Enter; where one is, can be seen."""
    visit = visitor("keyboard", width=width)
    page = visit.open("/kk/")
    page.keyboard.press("Tab")
    assert page.locator(".govuk-skip-link").first.evaluate(HAS_FOCUS)
    assert shows_focus(page)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#open a[href$='/budgeting/taraz-2027/']").first)
    with visit.next_page():
        page.keyboard.press("Enter")
    assert visit.address == "/kk/budgeting/taraz-2027/"
    tab_to(page, page.locator("main a[href$='/ballot/1/']").first)
    with visit.next_page():
        page.keyboard.press("Enter")
    assert visit.address == "/kk/budgeting/taraz-2027/ballot/1/"
    box = page.locator("[name=project]").nth(3)
    tab_to(page, box)
    was_chosen = box.is_checked()
    page.keyboard.press("Space")
    assert box.is_checked() != was_chosen
    if was_chosen:  # the vote of the other width
        page.keyboard.press("Space")
    tab_to(page, page.locator("[name=step][value=review]"))
    with visit.next_page():
        page.keyboard.press("Enter")
    cast = page.locator("[name=step][value=cast]")
    tab_to(page, cast)
    with visit.next_page():
        page.keyboard.press("Enter")
    assert visit.address.endswith("/receipt/")
    assert visit.status == 200
    assert not visit.complaints


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; it must show at every stop on the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            continue
        where = page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)")
        assert not page.evaluate(IS_COVERED), f"covered: {where}"
        if target.evaluate(HAS_FOCUS):
            assert shows_focus(page), f"focus cannot be seen: {where}"
            return
    raise AssertionError(f"Tab does not reach {target}")


def shows_focus(page: Page) -> bool:
    """Whether the place looks different without the focus."""
    box = page.evaluate(
        """() => {
          const element = document.activeElement;
          const box = (element.labels?.[0] ?? element).getBoundingClientRect();
          return {x: Math.max(box.x - 8, 0), y: Math.max(box.y - 8, 0),
                  width: box.width + 16, height: box.height + 16};
        }"""
    )
    focused = page.screenshot(clip=box, animations="disabled")
    page.evaluate("() => { window.was = document.activeElement; window.was.blur(); }")
    blurred = page.screenshot(clip=box, animations="disabled")
    page.evaluate("() => window.was.focus()")
    return focused != blurred
