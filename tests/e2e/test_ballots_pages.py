"""Ballots of four grades, of an order and for good; envelopes, conditions and graded results."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser


def booth(slug: str) -> str:
    return f"/budgeting/taraz-{slug}/ballot/1/"


def review(visit: Visit) -> None:
    visit.press("[name=step][value=review]")


def grade_two(visit: Visit) -> None:
    visit.page.locator("[name=grade-1][value='3']").check()
    visit.page.locator("[name=grade-2][value='0']").check()
    review(visit)


def order_two(visit: Visit) -> None:
    visit.page.locator("[name=place-2]").select_option("1")
    visit.page.locator("[name=place-5]").select_option("2")
    review(visit)


def same_place_twice(visit: Visit) -> None:
    visit.page.locator("[name=place-2]").select_option("1")
    visit.page.locator("[name=place-5]").select_option("1")
    review(visit)


def choose_one(visit: Visit) -> None:
    visit.page.locator("[name=project]").first.check()
    review(visit)


ORGANISE = "/budgeting/taraz-prepared/organise/conditions/1/"
PAGES = [
    PageType("grades-anonymous", booth("grades")),
    PageType("grades-eligible", booth("grades"), "resident"),
    PageType("grades-error", booth("grades"), "resident", 422, review),
    PageType("grades-review", booth("grades"), "resident", then=grade_two),
    PageType("order-eligible", booth("order"), "resident"),
    PageType("order-error", booth("order"), "resident", 422, same_place_twice),
    PageType("order-review", booth("order"), "resident", then=order_two),
    PageType("final-review", booth("final"), "resident", then=choose_one),
    PageType("envelopes-anonymous", "/budgeting/almaty-2026/ballot/"),
    PageType("envelopes-open", "/budgeting/taraz-grades/ballot/", "resident"),
    PageType("envelope-not-chosen", booth("grades") + "choose/", "resident"),
    PageType("envelopes-to-choose", "/budgeting/taraz-free/ballot/", "resident"),
    PageType("envelope-choose", "/budgeting/taraz-free/ballot/3/choose/", "resident"),
    PageType("graded-results", "/budgeting/almaty-2026/results/"),
    PageType("conditions", ORGANISE, "organiser"),
    PageType("conflict-add", ORGANISE + "conflict/", "organiser"),
    PageType("earmark", ORGANISE + "earmark/", "organiser"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_grade_change_and_keep_the_receipt_without_scripts(language: str, visitor: Visitor) -> None:
    """Nothing is chosen beforehand; two grades are given, one is changed."""
    visit = visitor(f"grader-{language}", scripts=False)
    page = visit.open(f"/{language}{booth('grades')}")
    assert page.locator("[type=radio]:checked").count() == 0
    grade_two(visit)
    visit.press("[name=step][value=cast]")
    first = page.locator("#receipt-commitment").inner_text()
    visit.open(f"/{language}{booth('grades')}")
    assert page.locator("[name=grade-1][value='3']").is_checked()
    page.locator("[name=grade-2][value='2']").check()
    review(visit)
    visit.press("[name=step][value=cast]")
    assert page.locator("#receipt-commitment").inner_text() != first
    visit.open(f"/{language}/budgeting/taraz-grades/ballot/")
    assert page.locator(".tag.ok").count() == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_choose_one_envelope_more_and_vote_on_both_without_scripts(
    language: str, visitor: Visitor
) -> None:
    """At home and on one more, chosen once: the third envelope is closed from then on."""
    visit = visitor(f"chooser-{language}", scripts=False)
    envelopes = f"/{language}/budgeting/taraz-free/ballot/"
    page = visit.open(envelopes)
    assert page.locator("a[href$='/choose/']").count() == 2
    visit.press("a[href$='/ballot/2/choose/']")
    visit.press("main form:not([action]) button[type=submit]")
    for number in (2, 1):
        visit.open(f"{envelopes}{number}/")
        choose_one(visit)
        visit.press("[name=step][value=cast]")
    page = visit.open(envelopes)
    assert page.locator("a[href$='/choose/']").count() == 0
    assert page.locator(".tag.ok").count() == 2
