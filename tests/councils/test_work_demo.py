"""The demo's members at work: what the pages of Astana show."""

import pytest

from config.demo.councils import astana, work
from config.demo.people import create_people
from councils.models import ExpenseClaim, FeedbackNote, Slot
from councils.money_reading import money_of
from participation.services.territories import load_territories

pytestmark = pytest.mark.django_db


def test_members_listen_spend_and_report() -> None:
    places = load_territories()
    people = create_people(places)
    council = astana.load(people=people, places=places)
    work.load(council=council, people=people, places=places)
    money = money_of(council, work.YEAR)
    assert (money.planned, money.granted, money.paid) == (3_060_000, 1_519_700, 1_519_700)
    assert [one.left for one in money.lines if one.is_over] == [-11_200]
    states = ExpenseClaim.objects.values_list("state", flat=True)
    assert sorted(states) == ["paid"] * 6 + ["refused", "submitted"]
    note = FeedbackNote.objects.public().get()
    assert note.docket is not None
    assert Slot.objects.filter(bookings__state="booked").count() == 2
    report = council.annual_reports.published().get()
    assert report.figures["money"]["granted"] == 1_519_700
    assert report.figures["office_hours"]["held"] == 1
