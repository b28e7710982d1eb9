"""Who may vote: its pages, and the ways of a desk officer and of somebody who has only a letter."""

import csv
from typing import Any

import pytest

from budgeting.electorate.iin import invented_iin
from config.demo.budgets.proofs import birthday_of
from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
TARAZ = "/budgeting/taraz-2027/"
REGISTER, LETTERS = f"{TARAZ}organise/register/", f"{TARAZ}organise/letters/"
SUBMIT = "main form:not([action]) button[type=submit]"


def mistype(visit: Visit) -> None:
    visit.page.fill("[name=code]", "ABCD-EFGH-JKMN-P")
    visit.page.fill("[name=born_on]", "01.01.1990")
    visit.press(SUBMIT)


def look_up(visit: Visit) -> None:
    visit.page.fill("[name=iin]", invented_iin(birthday_of(30), 7030))
    visit.page.locator("[name=reason][value=desk]").check()
    visit.press(SUBMIT)


def to_last_import(visit: Visit) -> None:
    visit.press("main table a")


PAGES = [
    PageType("who-may-vote", f"{TARAZ}voters/"),
    PageType("who-may-vote-citizen", f"{TARAZ}voters/", "citizen"),
    PageType("by-number", f"{TARAZ}voters/number/", "citizen"),
    PageType("letter", f"{TARAZ}code/"),
    PageType("letter-mistyped", f"{TARAZ}code/", status=422, then=mistype),
    PageType("desk", f"{TARAZ}organise/residents/", "registrar"),
    PageType("register", REGISTER, "registrar"),
    PageType("register-import", REGISTER, "registrar", then=to_last_import),
    PageType("register-look", f"{REGISTER}look-up/", "registrar", then=look_up),
    PageType("register-looks", f"{REGISTER}looks/", "registrar"),
    PageType("letters", LETTERS, "registrar"),
]


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)


def make_letters(desk: Visit, language: str) -> dict[str, str]:
    """New letters for whoever needs one, as a table: the code of each household."""
    desk.open(f"/{language}{LETTERS}")
    desk.page.locator("[name=kind][value=people]").check()
    desk.page.fill("[name=valid_until]", "27.03.2099 18:00")
    desk.press(SUBMIT)
    with desk.page.expect_download() as loading:
        desk.page.locator("[name=format][value=csv]").first.click(no_wait_after=True)
    with open(loading.value.path(), encoding="utf-8-sig", newline="") as file:
        return {row["household"]: row["code"] for row in csv.DictReader(file)}


def open_letter(voter: Visit, language: str, code: str, number: int) -> None:
    voter.open(f"/{language}{TARAZ}code/")
    voter.page.fill("[name=code]", code)
    voter.page.fill("[name=born_on]", f"{birthday_of(number):%d.%m.%Y}")
    voter.press(SUBMIT)


@IN_BOTH
def test_a_letter_leads_from_the_post_to_a_receipt(language: str, visitor: Visitor) -> None:
    """Made and printed at the desk; typed into a telephone without scripts; voted, and changed."""
    number = {"kk": 5, "ru": 6}[language]
    desk = visitor("registrar", scripts=False)
    codes = make_letters(desk, language)
    desk.open(f"/{language}{LETTERS}")
    latest = desk.page.locator("main tbody tr").first
    assert latest.locator("[name=format]").count() == 0  # once
    voter = visitor(scripts=False)
    open_letter(voter, language, codes[f"Т-{number:02d}"].lower().replace("-", " "), number)
    assert voter.address == f"/{language}{TARAZ}ballot/1/"
    voter.page.locator("[name=project]").first.check()
    voter.press("[name=step][value=review]")
    voter.press("[name=step][value=cast]")
    assert voter.address.endswith("/receipt/")
    assert voter.status == 200
    voter.open(f"/{language}/person/")
    assert "/account/login/" in voter.address or voter.status == 404  # a letter is no account
    again = visitor(scripts=False)
    open_letter(again, language, codes[f"Т-{number:02d}"], number)
    assert again.page.locator("[name=project]:checked").count() == 1


def test_the_square_on_a_letter_fills_the_form(visitor: Visitor) -> None:
    voter = visitor()
    voter.open(f"/kk{TARAZ}code/#ABCD-EFGH-JKMN-P")
    voter.page.wait_for_function("document.querySelector('[name=code]').value !== ''")
    assert voter.page.input_value("[name=code]") == "ABCD-EFGH-JKMN-P"
    assert "#" not in voter.page.url  # nor in the browser's history


def a_file(language: str, number: int) -> Any:
    """One good line, one that lies in the future, one with a wrong check digit."""
    good = f"{invented_iin(birthday_of(3), number)},{birthday_of(3)}"
    text = f"iin,born_on\n{good}\n{good[:12]},2999-01-01\n880101300124,1988-01-01\n"
    return {"name": f"{language}.csv", "mimeType": "text/csv", "buffer": text.encode()}


@IN_BOTH
def test_a_desk_officer_keeps_the_register(language: str, visitor: Visitor) -> None:
    """Hands in a file with faults, then takes the good line; looks it up; confirms a newcomer."""
    number = {"kk": 8100, "ru": 8200}[language]
    desk = visitor("registrar", scripts=False)
    for box, facts in (("is_trial", "3"), ("keeps_good_lines", "3")):
        desk.open(f"/{language}{REGISTER}")
        desk.page.set_input_files("[name=file]", a_file(language, number))
        desk.page.locator(f"[name={box}]").check()
        desk.press(SUBMIT)
        assert "/imports/" in desk.address
        assert desk.page.locator(".facts .big").first.inner_text() == facts
        assert desk.page.locator("main tbody tr").count() == 2
    desk.open(f"/{language}{REGISTER}look-up/")
    desk.page.fill("[name=iin]", invented_iin(birthday_of(3), number))
    desk.page.locator("[name=reason][value=desk]").check()
    desk.press(SUBMIT)
    assert f"{birthday_of(3):%d.%m.%Y}" in desk.page.locator("main dl").inner_text()
    desk.open(f"/{language}{TARAZ}organise/residents/")
    desk.page.fill("[name=email]", f"newcomer-{language}@example.org")
    desk.page.fill("[name=born_on]", f"{birthday_of(3):%d.%m.%Y}")
    desk.page.fill("[name=iin]", invented_iin(birthday_of(3), number))
    desk.press(SUBMIT)
    assert desk.status == 200
    newcomer = visitor(f"newcomer-{language}", scripts=False)
    newcomer.open(f"/{language}{TARAZ}ballot/1/")
    assert newcomer.page.locator("[name=project]:not([disabled])").count() > 0
