"""What state bodies owe and how they answer: boards, one answer, the desk, asking."""

from collections.abc import Callable

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser

BODY = "table a[href*='/answers/bodies/']"
ROW = "table a[href*='/answers/']:not([href*='bodies'])"
DRAFT = "table a[href*='/answers/desk/']"


def follow(*links: str, last: bool = False) -> Callable[[Visit], None]:
    """From link to link; of several the first, or at the end the last."""

    def then(visit: Visit) -> None:
        for number, link in enumerate(links, start=1):
            found = visit.page.locator(f"main {link}")
            visit.press(found.last if last and number == len(links) else found.first)

    return then


def fill_and_preview(visit: Visit) -> None:
    follow(DRAFT)(visit)
    form = visit.page.locator("main form")
    form.locator("[name=disposition][value=accepted]").check()
    for name in ("reasoning_kk", "reasoning_ru", "signed_name", "signed_post"):
        form.locator(f"[name={name}]").fill("**Жауап** · ответ")
    visit.press(form.locator("[name=step][value=preview]"))


def preview_nothing(visit: Visit) -> None:
    follow(DRAFT)(visit)
    form = visit.page.locator("main form")
    for name in ("reasoning_kk", "reasoning_ru", "signed_name", "signed_post"):
        form.locator(f"[name={name}]").fill("")
    visit.press(form.locator("[name=step][value=preview]"))


def send_form(visit: Visit) -> None:
    visit.press(visit.page.locator("main form button[type=submit]").last)


def stop_without_a_reason(visit: Visit) -> None:
    follow(DRAFT, "a[href$='/clock/']")(visit)
    send_form(visit)


def ask_without_a_question(visit: Visit) -> None:
    follow("a[href*='/answers/register/']")(visit)
    send_form(visit)


def officers(name: str, path: str, **more: object) -> PageType:
    return PageType(name, f"/answers/desk/{path}", "officer", **more)  # type: ignore[arg-type]


PAGES = [
    PageType("board", "/answers/"),
    PageType("overdue", "/answers/overdue/"),
    PageType("body", "/answers/", then=follow(BODY)),
    PageType("body-late", "/answers/", then=follow(BODY, last=True)),
    PageType("due-overdue", "/answers/overdue/", then=follow(ROW)),
    PageType("due-answered", "/answers/", then=follow(BODY, ROW, last=True)),
    PageType("count", "/answers/count/"),
    PageType("counted", "/answers/count/?day=15.05.2026&days=10&rule=working"),
    PageType("count-error", "/answers/count/?day=x&days=&rule=working", status=422),
    PageType("dossier-with-answers", "/budgeting/taraz-2027/proposals/3/"),
    PageType("dossier-late-answer", "/budgeting/astana-2026/proposals/2/"),
    officers("desk", ""),
    officers("desk-filtered", "?state=open&assignee=me&q=а"),
    officers("desk-none-found", "?state=open&q=zzzz"),
    officers("desk-nothing-picked", "", status=422, then=send_form),
    officers("write", "", then=follow(DRAFT)),
    officers("write-error", "", status=422, then=preview_nothing),
    officers("preview", "", then=fill_and_preview),
    officers("clock-error", "", status=422, then=stop_without_a_reason),
    officers("correct", "?state=answered", then=follow(ROW, "a[href$='/correct/']")),
    officers("templates", "templates/"),
    PageType(
        "ask", "/budgeting/taraz-2027/", "organiser", then=follow("a[href*='/answers/register/']")
    ),
    PageType(
        "ask-error", "/budgeting/taraz-2027/", "organiser", status=422, then=ask_without_a_question
    ),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
