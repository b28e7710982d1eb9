"""The way of an official who owes a council an answer, in Kazakh and in Russian, without scripts.

Two recommendations of Astana's council wait in the demo (config.demo.councils.streets), one for
each language.
"""

import pytest

from config.demo.people import PASSWORD
from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
DESK = "/answers/desk/"
OF_A_COUNCIL = "PR-"  # how the number of a recommendation begins


def sign_in(visit: Visit, language: str) -> None:
    """By typing; the page that was asked for comes next."""
    visit.open(f"/{language}{DESK}")
    assert "/account/login/" in visit.address
    visit.page.fill("main [name=login]", "officer@demo.example")
    visit.page.fill("main [name=password]", PASSWORD)
    visit.press(visit.page.locator("main form:has([name=password]) button[type=submit]").first)
    assert visit.address == f"/{language}{DESK}"


def words_of(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


def step(visit: Visit, name: str, status: int = 200) -> None:
    visit.press(f"[name=step][value={name}]")
    assert visit.status == status, words_of(visit)


def write(visit: Visit, **texts: str) -> None:
    visit.page.locator("[name=disposition][value=accepted]").check()
    for name, text in texts.items():
        visit.page.fill(f"main [name={name}]", text)


def as_counted(visit: Visit) -> str:
    """The last day, which the page of the duty and the page that counts name alike."""
    visit.press("main a[href*='/answers/']:not([href*='/desk/'])")
    last_day = visit.page.locator("main dl dd").nth(2).inner_text()
    visit.press("main a[href*='/answers/count/']")
    assert last_day in visit.page.locator(".done-panel").inner_text()
    counted = visit.page.locator("main tbody tr", has_text=last_day)
    assert counted.locator("td.num").inner_text() == "10"
    return last_day


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_official_answers_a_council(language: str, visitor: Visitor) -> None:
    """From the desk to the page that everybody reads, and that nobody alters."""
    visit, stranger = visitor(scripts=False), visitor(scripts=False)
    sign_in(visit, language)
    rows = visit.page.locator("main tbody tr", has_text=OF_A_COUNCIL)
    row = rows.nth(rows.count() - 1) if language == "kk" else rows.first
    due_on = row.locator("td.num").inner_text()
    visit.press(row.locator("a[href*='/answers/desk/']"))
    writing, page = visit.address, visit.page
    council_page = page.locator("main a[href*='/recommendations/']").get_attribute("href") or ""
    last_day = as_counted(visit)
    assert due_on.split(".")[0].lstrip("0") in last_day.split()

    visit.open(writing)
    kk, ru = f"**Көшелер** аталды: {language}", f"Улицы названы: {language}"
    write(visit, reasoning_kk=kk, reasoning_ru="", change_reference="№ 41-қ")
    step(visit, "preview", status=422)
    assert page.locator(".govuk-form-group--error [name=reasoning_ru]").count() == 1
    assert page.locator("[name=reasoning_kk]").input_value() == kk
    assert page.locator("[name=change_reference]").input_value() == "№ 41-қ"
    step(visit, "save")
    stranger.open(council_page)
    assert ru not in words_of(stranger)

    visit.open(writing)
    assert page.locator("[name=reasoning_kk]").input_value() == kk
    page.fill("[name=reasoning_ru]", ru)
    page.fill("[name=signed_post]", "Басқарма басшысы · руководитель управления")
    step(visit, "preview")
    assert page.locator("main .answer strong").inner_text() in kk
    late = visitor("officer", scripts=False)  # the same desk in another window, left open
    late.open(writing)
    step(visit, "publish")
    public = visit.address

    for address in (public, council_page):
        stranger.open(address)
        assert f"{language}" in stranger.page.locator("main .answer").first.inner_text()
        assert (ru if language == "ru" else "Көшелер") in words_of(stranger)
    altered = "Басқа сөз · другие слова"
    write(late, reasoning_kk=altered, reasoning_ru=altered, signed_name="А", signed_post="Б")
    late.press("[name=step][value=preview]")
    assert late.address == public
    correct(visit)
    stranger.open(public)
    said = words_of(stranger)
    assert altered not in said
    assert stranger.page.locator("main .answer").count() == 2
    assert "(1)" in said
    assert (ru if language == "ru" else "Көшелер") in said


def correct(visit: Visit) -> None:
    """A new version beside the old one, never without its reason."""
    page = visit.press("main a[href$='/correct/']")
    page.fill("[name=change_reference]", "№ 41-қ (1)")
    visit.press("main form button[type=submit]")
    assert visit.status == 422
    assert page.locator("[name=change_reference]").input_value() == "№ 41-қ (1)"
    page.fill("[name=reason]", "Нөмірі · номер")
    visit.press("main form button[type=submit]")
    assert visit.status == 200, words_of(visit)
