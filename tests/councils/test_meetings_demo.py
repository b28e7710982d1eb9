"""The demo of Astana's meetings says what domain/councils.md 5.6 says, to the day."""

from datetime import date

import pytest
from django.utils import timezone

from config.demo.councils import astana, meetings
from config.demo.people import create_people
from councils.models import Council, Meeting, VoteEvent
from councils.services.meetings.minutes import due_dates
from participation.services.territories import load_territories

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    places = load_territories()
    people = create_people(places)
    council = astana.load(people=people, places=places)
    meetings.load(council=council, people=people, places=places)
    return council


def counted(vote: VoteEvent) -> tuple[int, ...]:
    names = ("members", "quorum", "present", "recused", "base", "needed", "yes", "no", "abstain")
    return tuple(getattr(vote, name) for name in names)


def test_the_story_of_astana(council: Council) -> None:
    called, voted, ahead, off = council.meetings.order_by("number")
    (three_hearings,) = called.votes.all()
    assert counted(three_hearings) == (21, 11, 15, 0, 15, 8, 12, 2, 1)
    assert called.agenda.get().dockets.get().number == 1

    assert timezone.localdate(voted.starts_at) == date(2026, 5, 14)
    votes = list(voted.votes.order_by("motion__item__number"))
    assert len(votes) == 6
    assert counted(votes[1]) == (20, 11, 17, 1, 16, 9, 13, 2, 1)
    assert all(vote.is_adopted for vote in votes)
    # One of civil society had left ten days before: the composition was in breach that day.
    assert all(vote.motion.is_in_breach for vote in votes)
    for meeting in (called, voted):
        minutes = meeting.minutes.get()
        assert minutes.published_at is not None
        assert timezone.localdate(minutes.published_at) <= due_dates(meeting)[1]

    assert (ahead.state, off.state) == ("announced", "cancelled")
    sessions = Meeting.objects.filter(kind="session")
    assert sorted(sessions.values_list("state", flat=True)) == [
        "announced", "announced", "cancelled", "held", "held",
    ]  # fmt: skip
    decided = sessions.filter(agenda__decision_ru__gt="").distinct()
    assert decided.count() == 2
