"""A meeting with so many members present, and a motion put to their vote."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from councils.models import AgendaItem, Council, Mandate, Meeting, Motion, VoteEvent
from councils.services.meetings.agenda import add_item
from councils.services.meetings.attendance import mark_present
from councils.services.meetings.votes import close_vote, enter_hands, open_vote, table_motion
from tests.councils.meetings import make_meeting

WORDS = {"kk": "Үш тыңдау өткізу", "ru": "Провести три слушания", "en": "Hold three hearings"}


def sit(council: Council, present: int, **fields: object) -> Meeting:
    """Under way for an hour, with the members of the first so many seats in the room."""
    begun = timezone.now() - timedelta(hours=1)
    meeting = make_meeting(council, state="open", starts_at=begun, **fields)
    for mandate in members(council)[:present]:
        mark_present(by=None, meeting=meeting, mandate=mandate, at=begun)
    return meeting


def members(council: Council) -> list[Mandate]:
    return list(council.mandates.sitting().order_by("post__number"))


def put(meeting: Meeting, *, item: AgendaItem | None = None, is_secret: bool = False) -> Motion:
    item = item or add_item(by=None, meeting=meeting, names=WORDS)
    return table_motion(by=None, item=item, texts=WORDS, is_secret=is_secret)


def vote_by_hands(
    motion: Motion, counts: Sequence[int], *, at: datetime | None = None
) -> VoteEvent:
    """Opened, raised and closed: so many for, against, abstaining, in the order of seats."""
    vote = open_vote(by=None, motion=motion, at=at)
    choices = [
        choice
        for choice, count in zip(("yes", "no", "abstain"), counts, strict=True)
        for _ in range(count)
    ]
    enter_hands(by=None, vote=vote, choices=dict(zip(voters(vote), choices, strict=False)))
    return close_vote(by=None, vote=vote, at=at)


def voters(vote: VoteEvent) -> list[int]:
    """Those present who are not recused, by seat."""
    recused = vote.motion.item.recusals.values_list("mandate", flat=True)
    here = vote.meeting.participations.filter(presences__present_from__lte=vote.opened_at)
    found = here.exclude(mandate__in=recused).order_by("mandate__post__number")
    return list(found.values_list("mandate", flat=True).distinct())
