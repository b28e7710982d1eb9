"""The strategy and what follows it: to read, and on the organiser's desk."""

import pytest

from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
ZHAMBYL, NORMANDY = "/edp/zhambyl-2027", "/edp/normandy-2017"
MALOPOLSKIE = "/edp/malopolskie-2014"

PAGES = [
    PageType("strategy-replay", f"{NORMANDY}/strategy/1/"),
    PageType("strategy-annexes", f"{NORMANDY}/strategy/1/annexes/"),
    PageType("follow-up", f"{NORMANDY}/follow-up/"),
    PageType("follow-up-finished", f"{MALOPOLSKIE}/follow-up/"),
    PageType("strategy-draft", f"{ZHAMBYL}/strategy/1/"),
    PageType("strategy-draft-annexes", f"{ZHAMBYL}/strategy/1/annexes/"),
    PageType("strategy-print", f"{ZHAMBYL}/strategy/1/print/"),
    PageType("strategy-texts", f"{ZHAMBYL}/strategy/1/edit/texts/", "organiser"),
    PageType("strategy-desk", f"{ZHAMBYL}/strategy/organise/", "organiser"),
    PageType("strategy-plans", f"{ZHAMBYL}/strategy/plans/", "organiser"),
    PageType("follow-up-desk", f"{ZHAMBYL}/follow-up/organise/", "organiser"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
