"""A discovery process as everybody sees it, and the organiser's desk."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
PILOT = "/edp/zhambyl-2027/"
DESK = f"{PILOT}organise/"


def send_empty(visit: Visit) -> None:
    form = visit.page.locator("main form").first
    for field in form.locator("input:is([type=text], [type=number]), textarea").all():
        field.fill("")
    visit.press(form.locator("button[type=submit]").last)


PAGES = [
    PageType("process-list", "/edp/"),
    PageType("process", PILOT),
    PageType("process-decision", "/edp/zhambyl-2027/organise/decision/", "organiser"),
    PageType("process-replay", "/edp/malopolskie-2014/"),
    PageType("process-training", "/edp/training-s/"),
    PageType("decisions", f"{PILOT}decisions/"),
    PageType("process-desk", DESK, "organiser"),
    PageType("process-groups", f"{DESK}groups/", "organiser"),
    PageType("process-waive", f"{DESK}waive/", "organiser"),
    PageType("process-decide-error", f"{DESK}decide/", "organiser", status=422, then=send_empty),
    PageType("process-new", "/edp/new/", "organiser"),
    PageType("process-new-error", "/edp/new/", "organiser", status=422, then=send_empty),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
