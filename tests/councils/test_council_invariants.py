"""Invariants of docs/invariants-councils.md that no other test here is about."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from councils.desk_tasks import tasks_of
from councils.models import Council
from councils.services.declarations import declare_interest
from councils.services.mandates import end_mandate
from councils.services.meetings.planning import end_meeting
from councils.services.selection import deciding
from participation.models import Territory
from tests.councils.making import make_council
from tests.councils.selecting import decided, make_selection
from tests.councils.voting import members, put, sit, vote_by_hands

pytestmark = pytest.mark.django_db
ROOT = "/en/councils/astana/"


def page(path: str) -> str:
    """What somebody reads who has not signed in."""
    answer = Client().get(f"{ROOT}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("days_left", "is_due"), [(40, True), (90, False)])
def test_the_next_council_is_an_urgent_task(city: Territory, days_left: int, is_due: bool) -> None:
    today = timezone.localdate()
    council = make_council(
        city, term=(today - timedelta(days=900), today + timedelta(days=days_left))
    )
    tasks = [task for task in tasks_of(council) if task.url.endswith("/terms/new/")]
    assert [task.is_urgent for task in tasks] == [True] * is_due


def test_a_breach_leads_to_its_by_election(council: Council) -> None:
    leaving = council.mandates.get(name="C2")
    end_mandate(by=None, mandate=leaving, on=timezone.localdate(), reason="resignation")
    urgent = [task.url for task in tasks_of(council) if task.is_urgent]
    assert f"{ROOT}selection/new/" in urgent
    selection = make_selection(council, state="planned")
    urgent = [task.url for task in tasks_of(council) if task.is_urgent]
    assert f"{ROOT}selection/{selection.number}/desk/" in urgent


def test_who_sat_came_and_voted_is_public_and_contacts_are_not(
    council: Council, chair: User
) -> None:
    first = members(council)[0]
    interest = declare_interest(
        by=None, mandate=first, organisation="ТОО «Автопарк»", kind="share", since=date(2025, 2, 3)
    )
    meeting = sit(council, 15)
    vote_by_hands(put(meeting), (14, 1, 0))
    end_meeting(by=None, meeting=meeting)
    cache.clear()
    about_meeting = page(f"meetings/{meeting.number}/")
    pages = [about_meeting, page("members/"), page(f"members/{first.pk}/"), page("")]
    assert all(chair.email not in html for html in pages)
    assert interest.organisation in pages[2]
    assert all(f">{mandate.name}<" in pages[1] for mandate in members(council))
    assert "How each member voted" in about_meeting
    assert all(mandate.name in about_meeting for mandate in members(council)[:15])


def test_who_registered_the_act_is_public(council: Council, secretary: User) -> None:
    selection = decided(make_selection(council))
    today = timezone.localdate()
    deciding.register_act(by=secretary, selection=selection, act="№ 7-қ", act_on=today)
    html = page(f"selection/{selection.number}/")
    assert "№ 7-қ" in html
    assert f"Registered by {secretary.display_name}, secretary of the council" in html
