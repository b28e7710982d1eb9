"""What a person's own page tells of councils, and what a council's page tells of its meetings."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from councils.facts.attendance import attendance, figures_of_council, figures_of_member
from councils.models import Council
from councils.person_page import appointments_of
from councils.services.hearings.places import Guest, give_place_back, register
from councils.services.meetings.planning import end_meeting
from tests.councils.hearings import make_hearing
from tests.councils.office_hours import make_booking, make_hours
from tests.councils.voting import members, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alices(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def own_page(client: Client) -> str:
    return str(client.get("/en/account/").content.decode())


def test_a_place_at_a_hearing_stands_on_ones_own_page(
    alices: Client, alice: User, council: Council
) -> None:
    hearing = make_hearing(council)
    assert "Hearings I come to" not in own_page(alices)
    place = register(meeting=hearing, guest=Guest(name="Alice"), person=alice)
    text = own_page(alices)
    assert "Hearings I come to" in text
    assert place.code in text
    give_place_back(registration=place)
    assert "Hearings I come to" not in own_page(alices)


def test_a_talk_stands_there_until_it_is_over(
    alices: Client, alice: User, council: Council
) -> None:
    slot = make_hours(council).slots.earliest("starts_at")
    talk = make_booking(slot, person=alice, name="", contact="")
    assert talk.get_absolute_url() in own_page(alices)


def test_appointments_cost_the_same_for_any_number(
    alice: User, council: Council, django_assert_num_queries: Any
) -> None:
    slots = make_hours(council).slots.order_by("starts_at")
    make_booking(slots[0], person=alice, name="", contact="")
    for days in (30, 40):
        hearing = make_hearing(council, starts_at=timezone.now() + timedelta(days=days))
        register(meeting=hearing, guest=Guest(name="Alice"), person=alice)
    with django_assert_num_queries(3):
        found = appointments_of(alice)
    assert [len(found["places"]), len(found["talks"])] == [2, 1]


def held(council: Council, present: int) -> None:
    end_meeting(by=None, meeting=sit(council, present), at=timezone.now())


def test_nothing_is_told_before_the_first_meeting(council: Council) -> None:
    assert figures_of_council(council) == []
    assert figures_of_member(members(council)[0]) == []


def test_a_council_and_its_members_tell_who_came(
    council: Council, client: Client, django_assert_num_queries: Any
) -> None:
    """21 members; 15 came to one meeting and 12 to the other: 27 of 42."""
    held(council, 15)
    held(council, 12)
    today = timezone.localdate()
    with django_assert_num_queries(2):
        rows = attendance(council, today - timedelta(days=1), today + timedelta(days=1))
    assert [row.present for row in rows] == [2] * 12 + [1] * 3 + [0] * 6
    assert {row.of for row in rows} == {2}
    assert figures_of_council(council)[0].number == "64\N{NO-BREAK SPACE}%"
    assert figures_of_member(members(council)[13])[0].number == "1/2"
    text = str(client.get(council.get_absolute_url()).content.decode())
    assert "of members came to meetings" in text
    assert "27 of 42 seats" in text
