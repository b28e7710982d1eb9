"""Whole ways through the work of a council, each walked in Kazakh and in Russian without scripts.

The way of a secretary from the plan of a meeting to its minutes is in test_council_meetings_pages.
"""

from datetime import date, timedelta

import pytest

from config.processes import wait_until
from tests.e2e.browsing import PATIENCE, Visit
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
ASTANA = "/councils/astana/"
HEARINGS, HOURS, CLAIMS = f"{ASTANA}hearings/", f"{ASTANA}office-hours/", f"{ASTANA}money/claims/"
UNDER_WAY = 0  # first on the list of hearings


def send(visit: Visit, button: str = "main form button[type=submit]") -> None:
    visit.press(visit.page.locator(button).last)
    assert visit.status == 200, words_of(visit)


def fill(visit: Visit, **texts: str) -> None:
    for name, text in texts.items():
        visit.page.fill(f"main [name={name}]", text)


def words_of(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


def words_on(hall: Visit, wall: str) -> str:
    return hall.open(wall).locator("body").inner_text()


def to_hearing_under_way(visit: Visit, language: str) -> str:
    """The address of the hearing that goes on now."""
    visit.open(f"/{language}{HEARINGS}")
    visit.press(visit.page.locator("article.card h3 a").nth(UNDER_WAY))
    return visit.address


@IN_BOTH
def test_a_speaker_comes_is_called_and_speaks(language: str, visitor: Visitor) -> None:
    """Checked in at the door by the secretary, seen by the whole hall, followed by the next."""
    name = f"Дина Сейіт {language}"
    desk, hall = visitor("secretary", scripts=False), visitor(scripts=False)
    hearing = to_hearing_under_way(desk, language)
    desk.open(f"{hearing}door/")
    fill(desk, name=name)
    desk.page.locator("[name=wants_to_speak]").check()
    send(desk)
    desk.open(f"{hearing}floor/")
    while desk.page.locator("form[action$='/end/']").count():  # whoever has the floor now
        send(desk, "form[action$='/end/'] button")
    row = desk.page.locator("tr").filter(has_text=name)
    desk.press(row.locator("form[action$='/call/'] button"))
    send(desk, "form[action$='/begin/'] button")
    wall = f"{hearing}screen/"  # what it shows is kept for 2 s
    assert wait_until(lambda: name in words_on(hall, wall), PATIENCE / 1000)
    send(desk, "form[action$='/end/'] button")
    assert wait_until(lambda: name not in words_on(hall, wall), PATIENCE / 1000)


@IN_BOTH
def test_a_resident_talks_to_a_member(language: str, visitor: Visitor) -> None:
    """A time without an account, given back; the member sees who comes."""
    name = f"Ерлан Тоқ {language}"
    resident, member = visitor(scripts=False), visitor("member", scripts=False)
    resident.open(f"/{language}{HOURS}")
    resident.press(resident.page.locator("article.card h3 a").first)
    resident.press(resident.page.locator(".buttons a.num").last)
    fill(resident, topic="Аялдама · Остановка", name=name, contact="erlan@example.org")
    send(resident)
    assert "/booking/" in resident.address
    member.open(f"/{language}{HOURS}desk/")
    assert name in words_of(member)
    send(resident, "form[action$='/cancel/'] button")
    member.open(f"/{language}{HOURS}desk/")
    assert name not in words_of(member)


@IN_BOTH
def test_a_member_is_paid_back_and_never_by_themselves(language: str, visitor: Visitor) -> None:
    """Claimed by the member, who gets no button to approve it; approved by the chair, published."""
    purpose = f"Жол · Проезд {language}"
    yesterday = date.today() - timedelta(days=1)
    member, chair = visitor("member", scripts=False), visitor("chair", scripts=False)
    member.open(f"/{language}{CLAIMS}new/")
    member.page.locator("[name=line]").select_option(index=1)
    fill(member, purpose=purpose, spent_on=yesterday.strftime("%d.%m.%Y"), amount="4 300")
    send(member)
    member.open(f"/{language}{CLAIMS}")
    member.press(member.page.locator("tr").filter(has_text=purpose).locator("a").first)
    assert member.page.locator("[name=approve]").count() == 0
    chair.open(member.address)
    send(chair, "[name=approve]")
    send(chair, "form[action$='/pay/'] button")
    stranger = visitor(scripts=False)
    stranger.open(member.address)
    assert "/account/login/" in stranger.address
    stranger.open(f"/{language}{ASTANA}money/")
    assert purpose not in words_of(stranger)
