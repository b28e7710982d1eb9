"""The way of a proposal through the city's check, in Kazakh and in Russian, without scripts.

In Astana's budget of the demo two proposals wait (tests.e2e.world), one for each language.
"""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
ASTANA = "/budgeting/astana-2026/"
QUEUE = f"{ASTANA}organise/proposals/"
FIRST, SECOND = "Ольга Петрова", "Тимур Сейітов"
SUBMIT = "main form button[type=submit]"
REASONS = {"kk": "Ауладағы желі ескі: алдымен соны ауыстыру керек.",
           "ru": "Сеть во дворе старая: сначала надо заменить её."}  # fmt: skip
SECOND_REASONS = {"kk": "Желі былтыр ауыстырылған.", "ru": "Сеть заменили в прошлом году."}


def words_of(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


def choose(visit: Visit, reviewer: str) -> None:
    """The first department, and this person."""
    visit.page.select_option("[name=department]", index=1)
    visit.page.select_option("[name=reviewer]", label=reviewer)


def hand_out(organiser: Visit, language: str, title: str) -> str:
    """From the queue to a department; the address of the proposal's page for reviewers."""
    page = organiser.open(f"/{language}{QUEUE}")
    row = page.locator("main tbody tr", has_text=title)
    desk = row.locator("a").get_attribute("href") or ""
    row.locator("[name=proposals]").check()
    choose(organiser, FIRST)
    organiser.press(SUBMIT)
    assert organiser.status == 200, words_of(organiser)
    assert FIRST in page.locator("main tbody tr", has_text=title).inner_text()
    return desk


def fill_check_list(reviewer: Visit) -> None:
    page = reviewer.press("main a[href$='/checks/']")
    for line in page.locator("[type=radio][value=yes]").all():
        line.check()
    reviewer.press(SUBMIT)
    assert reviewer.status == 200, words_of(reviewer)


def ask(reviewer: Visit, author: Visit, public: str) -> None:
    """Nothing is asked with no words; the answer stands under the question, for everybody."""
    page = reviewer.press("main a[href$='/ask/']")
    reviewer.press(SUBMIT)
    assert reviewer.status == 422
    page.fill("[name=text]", "Қай аула? · Какой двор?")
    reviewer.press(SUBMIT)
    author.open(public)
    author.press("main a[href*='/questions/']")
    author.page.fill("[name=text]", "№ 15 үй · дом № 15")
    author.press(SUBMIT)
    assert "№ 15 үй" in words_of(author)


def estimate(reviewer: Visit) -> None:
    """A price in words is told beside its field, and the other fields keep what was typed."""
    page = reviewer.press("main a[href$='/estimate/']")
    for name, text in (
        ("what_1", "Шам · фонарь"),
        ("quantity_1", "20"),
        ("unit_1", "дана · шт."),
        ("price_1", "қымбат"),
        ("source", "2026"),
        ("running_cost", "90 000"),
    ):
        page.fill(f"main [name={name}]", text)
    reviewer.press(SUBMIT)
    assert reviewer.status == 422
    assert page.locator("[name=price_1][aria-describedby]").input_value() == "қымбат"
    assert page.input_value("[name=quantity_1]") == "20"
    page.fill("[name=price_1]", "450 000")
    reviewer.press(SUBMIT)
    assert "9\u00a0000\u00a0000" in words_of(reviewer)


def rule(reviewer: Visit, decision: str, reasons: dict[str, str]) -> None:
    """A verdict in one language only is not published, and its words are kept."""
    page = reviewer.page
    page.locator(f"[name=decision][value={decision}]").check()
    page.fill("[name=reasons_kk]", reasons["kk"])
    reviewer.press(page.locator("main form").first.locator("button[type=submit]"))
    assert reviewer.status == 422
    assert page.locator(".govuk-form-group--error [name=reasons_ru]").count() == 1
    assert page.input_value("[name=reasons_kk]") == reasons["kk"]
    page.fill("[name=reasons_ru]", reasons["ru"])
    reviewer.press(page.locator("main form").first.locator("button[type=submit]"))
    assert reviewer.status == 200, words_of(reviewer)


def appeal(author: Visit, public: str) -> None:
    author.open(public)
    author.press("main a[href$='/appeal/']")
    author.page.fill("[name=text]", "Желі жаңа · сеть новая")
    author.press(SUBMIT)
    assert author.page.locator("main a[href$='/appeal/']").count() == 0


def begin_second_look(organiser: Visit, language: str, title: str) -> None:
    """Never by the person who gave the first verdict."""
    page = organiser.open(f"/{language}{ASTANA}organise/desk/")
    organiser.press(page.locator(".todo a", has_text=title))
    choose(organiser, FIRST)
    organiser.press(SUBMIT)
    assert organiser.status == 422
    assert page.locator(".govuk-form-group--error [name=reviewer]").count() == 1
    choose(organiser, SECOND)
    organiser.press(SUBMIT)
    assert organiser.status == 200, words_of(organiser)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_proposal_is_checked_and_looked_at_again(language: str, visitor: Visitor) -> None:
    organiser, reviewer, author, second, stranger = (
        visitor(name, scripts=False)
        for name in ("organiser", "reviewer", f"author-{language}", "reviewer2", None)
    )
    title = {"kk": "Аулаға шамдар: Author-Kk", "ru": "Фонари во двор: Author-Ru"}[language]
    desk = hand_out(organiser, language, title)
    public = desk.replace("/organise/", "/")

    page = reviewer.open(f"/{language}{QUEUE}?who=me")
    reviewer.press(page.locator("main tbody a", has_text=title))
    assert reviewer.address == desk
    fill_check_list(reviewer)
    reviewer.open(desk)
    ask(reviewer, author, public)
    reviewer.open(desk)
    estimate(reviewer)
    reviewer.open(desk)
    rule(reviewer, "not_feasible", REASONS)
    stranger.open(public)
    assert REASONS[language] in stranger.page.locator("#verdict").inner_text()

    appeal(author, public)
    begin_second_look(organiser, language, title)
    second.open(desk)
    fill_check_list(second)
    second.open(desk)
    rule(second, "feasible", SECOND_REASONS)
    stranger.open(public)
    assert SECOND_REASONS[language] in stranger.page.locator("#verdict").inner_text()
    before = stranger.page.locator("main details", has_text=REASONS[language])
    before.locator("summary").press("Enter")
    assert REASONS[language] in words_of(stranger)
