"""The voting booth in every state that a voter may meet it in."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser


def review(visit: Visit) -> None:
    visit.press("[name=step][value=review]")


def choose_one(visit: Visit) -> None:
    visit.page.locator("[name=project]").first.check()
    review(visit)


def choose_everything(visit: Visit) -> None:
    for box in visit.page.locator("[name=project]").all():
        box.check()
    review(visit)


def give_points(visit: Visit) -> None:
    visit.page.locator("[name^=points-]").first.fill("7")
    review(visit)


def give_too_many_points(visit: Visit) -> None:
    for field in visit.page.locator("[name^=points-]").all():
        field.fill("7")
    review(visit)


def booth(slug: str) -> str:
    return f"/budgeting/{slug}/ballot/1/"


OPEN = {"knapsack": "taraz-2027", "approval": "taraz-approval", "k-approval": "taraz-three",
        "cumulative": "taraz-points"}  # fmt: skip
PAGES = [
    *(PageType(f"{kind}-anonymous", booth(slug)) for kind, slug in OPEN.items()),
    *(PageType(f"{kind}-eligible", booth(slug), "resident") for kind, slug in OPEN.items()),
    PageType("not-eligible", booth("taraz-2027"), "outsider"),
    PageType("has-voted", booth("taraz-2027"), "citizen"),
    PageType("not-open", booth("astana-2026"), status=404),
    PageType("closed", booth("taraz-past"), "resident"),
    PageType("knapsack-error", booth("taraz-2027"), "resident", 422, choose_everything),
    PageType("approval-error", booth("taraz-approval"), "resident", 422, review),
    PageType("k-approval-error", booth("taraz-three"), "resident", 422, choose_everything),
    PageType("cumulative-error", booth("taraz-points"), "resident", 422, give_too_many_points),
    PageType("knapsack-review", booth("taraz-2027"), "resident", then=choose_one),
    PageType("cumulative-review", booth("taraz-points"), "resident", then=give_points),
    PageType("receipt", booth("taraz-2027") + "receipt/", "citizen"),
    PageType("no-receipt", booth("taraz-2027") + "receipt/", "resident", 404),
    PageType("no-receipt-any-more", booth("taraz-past") + "receipt/", "resident", 404),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
