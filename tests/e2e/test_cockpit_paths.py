"""An organiser's way without scripts: from a template to a public budget, then along its list."""

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser


def step(visit: Visit, name: str) -> None:
    visit.press(visit.page.locator(f"main [name=step][value={name}]").last)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_a_template_to_a_public_budget(visitor: Visitor, language: str) -> None:
    visit = visitor("organiser", scripts=False)
    page = visit.open(f"/{language}/budgeting/new/")
    visit.press("main a[href$='/new/kazakhstan/']")

    # A wrong sum, then another line: nothing is lost on the way.
    taraz = page.locator("[name=territory] option", has_text="Тараз").first
    page.locator("[name=territory]").select_option(taraz.get_attribute("value"))
    page.locator("[name=word]").fill(f"walk-{language}")
    page.locator("[name=title_kk]").fill("Тараз: бір жыл")
    page.locator("[name=title_ru]").fill("Тараз: один год")
    page.locator("[name=amount_1]").fill("сексен миллион")
    step(visit, "check")
    assert visit.status == 422
    assert page.locator("[name=amount_1]").get_attribute("aria-invalid") == "true"
    step(visit, "row")
    assert visit.status == 200
    assert page.locator("[name=title_ru]").input_value() == "Тараз: один год"
    page.locator("[name=amount_1]").fill("80 000 000")
    page.locator("[name=name_kk_2]").fill("Жастар")
    page.locator("[name=name_ru_2]").fill("Молодёжь")
    page.locator("[name=amount_2]").fill("5000000")
    step(visit, "check")
    assert visit.status == 200
    assert page.locator("main table").first.locator("tbody tr").count() == 2
    step(visit, "edit")
    assert page.locator("[name=amount_2]").input_value() == "5000000"
    step(visit, "check")
    step(visit, "create")

    # The cockpit: publishing is the first thing to do, and goes from the list when it is done.
    assert f"-walk-{language}-" in page.url
    here = visit.address
    tasks = page.locator("#to-do + table tbody tr")
    before = tasks.count()
    assert page.locator("#to-do + table a[href='#publish']").count() == 1
    visit.press("#publish button")
    assert page.locator("main [role=status]").is_visible()
    assert tasks.count() == before - 1
    assert page.locator("#to-do + table a[href='#publish']").count() == 0

    # A date is moved, and the year says so.
    visit.press(page.locator("main a[href$='/organise/dates/']").first)
    closes = page.locator("[name=voting_closes_at]")
    year = closes.input_value()[6:10]
    closes.fill(f"03.10.{year} 21:30")
    visit.press("main form button[type=submit]")
    visit.open(here)
    assert "21:30" in page.locator("main").inner_text()
    visit.open(here.replace("organise/", ""))
    assert visit.status == 200


def test_next_year_is_made_like_this_one(visitor: Visitor) -> None:
    visit = visitor("organiser", scripts=False)
    page = visit.open("/kk/budgeting/taraz-approval/organise/clone/")
    assert page.locator("[name=year]").input_value() == "2027"
    titles = page.locator("[name=title_kk]").input_value()
    page.locator("[name=word]").fill("again")
    step(visit, "check")
    step(visit, "create")
    assert "/taraz-again-2027/organise/" in page.url
    assert titles in page.locator("main").inner_text()
    assert page.locator("#to-do + table tbody tr").count() >= 2
