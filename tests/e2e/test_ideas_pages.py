"""Ideas in the demo: reading, writing, deciding, pledging; needs and offers."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser

PROCESS = "/edp/zhambyl-2027"


def write_a_bare_sector(visit: Visit) -> None:
    page = visit.page
    page.fill("[name=title]", "Туризм")
    for name in ("capability", "technology", "market"):
        page.fill(f"[name={name}]", "туризм")
    visit.press("[name=act][value=go_on]")


def decide_nothing(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").last)


PAGES = [
    PageType("ideas", f"{PROCESS}/ideas/"),
    PageType("ideas-filtered", f"{PROCESS}/ideas/?surprise=1&origin=bottom_up"),
    PageType("ideas-none-found", f"{PROCESS}/ideas/?q=zzzz"),
    PageType("idea", f"{PROCESS}/ideas/1/"),
    PageType("idea-merged", f"{PROCESS}/ideas/5/"),
    PageType("idea-new", f"{PROCESS}/ideas/new/", person="business"),
    PageType(
        "idea-new-error",
        f"{PROCESS}/ideas/new/",
        person="business",
        status=422,
        then=write_a_bare_sector,
    ),
    PageType("idea-desk", f"{PROCESS}/ideas/desk/", person="organiser"),
    PageType("idea-decide", f"{PROCESS}/ideas/6/decide/", person="organiser"),
    PageType(
        "idea-decide-error",
        f"{PROCESS}/ideas/6/decide/",
        person="organiser",
        status=422,
        then=decide_nothing,
    ),
    PageType("idea-translate", f"{PROCESS}/ideas/1/translate/", person="organiser"),
    PageType("pledge", f"{PROCESS}/ideas/1/pledge/", person="citizen"),
    PageType("needs", f"{PROCESS}/needs/"),
    PageType("needs-organiser", f"{PROCESS}/needs/", person="organiser"),
    PageType("priorities", f"{PROCESS}/priorities/"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_firm_submits_an_idea_without_scripts(language: str, visitor: Visitor) -> None:
    visit = visitor("business", scripts=False)
    page = visit.open(f"/{language}{PROCESS}/ideas/new/")
    page.fill("[name=title]", f"Гипс қоспалары {language}")
    page.fill("[name=capability]", "Құрғақ гипс қоспаларын шығару")
    page.fill("[name=technology]", "Өз пешіміз бен университет зертханасы")
    page.fill("[name=market]", "Облыс құрылысшылары")
    visit.press("[name=act][value=go_on]")
    assert visit.address.endswith("/sources/")
    page.locator("[name=things]").first.check()
    page.fill("[name=why]", "Осыдан басталды")
    visit.press(page.locator("main form button[type=submit]").last)
    visit.press("a[href$='/submit/']")
    visit.press("main form button[type=submit]")
    number = visit.address.split("/ideas/")[1].strip("/")
    assert number.isdecimal()
    assert "Осыдан басталды" in page.locator("main").inner_text()
    stranger = visitor()
    stranger.open(f"/{language}{PROCESS}/ideas/{number}/")
    assert stranger.status == 200


def test_similar_ideas_appear_while_one_writes(visitor: Visitor) -> None:
    visit = visitor("citizen")
    page = visit.open(f"/ru{PROCESS}/ideas/new/")
    page.locator("[name=title]").press_sequentially("Циркулярная химия из фосфогипса")
    page.locator("[data-similar-found] a[href$='/ideas/1/']").wait_for()
    assert visit.complaints == []
