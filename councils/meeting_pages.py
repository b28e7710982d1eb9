"""What the pages of a meeting show: its agenda with votes, who was there, its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from councils.models import Docket, Meeting, Minutes, Motion, PersonVote, Recusal
from councils.quorum import Floor
from councils.services.meetings.minutes import due_dates
from councils.services.meetings.votes import floor_at

# Height and width of the bar of a vote, in units of its drawing.
BAR = 400
COUNTED = ("yes", "no", "abstain", "not_voting")


@dataclass(frozen=True)
class Shown:
    """A motion, and its votes by name once they are public."""

    motion: Motion
    bars: list[dict[str, Any]]
    names: list[PersonVote]

    @property
    def vote(self) -> Any:
        return getattr(self.motion, "vote", None)


def agenda_of(meeting: Meeting, *, is_public: bool = True) -> list[dict[str, Any]]:
    """The items; nothing of a vote that is open. Six queries, however long the agenda."""
    named = PersonVote.objects.select_related("mandate")
    motions = Motion.objects.select_related("vote", "tabled_by").prefetch_related(
        Prefetch("vote__person_votes", named)
    )
    items = meeting.agenda.prefetch_related(
        Prefetch("motions", motions),
        Prefetch("recusals", Recusal.objects.select_related("mandate")),
        Prefetch("dockets", Docket.objects.select_related("dossier")),
        "dockets__dossier__texts",
    )
    return [
        {
            "item": item,
            "motions": [_shown(motion) for motion in item.motions.all()],
            "recusals": item.recusals.all(),
            "dockets": item.dockets.all(),
        }
        for item in items
        if item.is_public or not is_public
    ]


def _shown(motion: Motion) -> Shown:
    vote = getattr(motion, "vote", None)
    if vote is None or vote.closed_at is None:
        return Shown(motion, [], [])
    bars, left = [], 0
    for name in COUNTED:
        count = getattr(vote, name)
        width = BAR * count // vote.base
        if count:
            bars.append({"name": name, "count": count, "x": left, "width": width})
        left += width
    return Shown(motion, bars, list(vote.person_votes.all()))


def attendance_of(meeting: Meeting) -> dict[str, int]:
    """How many members were invited, said they would come, and were there. One query."""
    of_members = Q(mandate__isnull=False)
    return meeting.participations.aggregate(
        invited=Count("pk", of_members & Q(invited_at__isnull=False), distinct=True),
        registered=Count("pk", of_members & Q(registered_at__isnull=False), distinct=True),
        present=Count("pk", of_members & Q(presences__isnull=False), distinct=True),
        guests=Count("pk", Q(mandate=None), distinct=True),
    )


def floor_now(meeting: Meeting) -> Floor:
    return floor_at(meeting, timezone.now())


@dataclass(frozen=True)
class MinutesState:
    """The newest published minutes, and what is overdue: "" where nothing is."""

    published: Minutes | None
    draft_due: date
    publish_due: date
    overdue: str


def minutes_of(meeting: Meeting) -> MinutesState:
    versions = list(meeting.minutes.defer("record").order_by("-version"))
    published = next((row for row in versions if row.published_at is not None), None)
    draft_due, publish_due = due_dates(meeting)
    today = timezone.localdate()
    overdue = ""
    if published is None and today > publish_due:
        overdue = "published"
    elif not versions and today > draft_due:
        overdue = "draft"
    return MinutesState(published, draft_due, publish_due, overdue)


def rows_at_the_desk(meeting: Meeting, members: list[Any]) -> list[dict[str, Any]]:
    """Every member, whether invited, expected and in the room now."""
    rows = meeting.participations.filter(mandate__isnull=False).prefetch_related("presences")
    by_mandate = {row.mandate_id: row for row in rows}
    found = []
    for mandate in members:
        row = by_mandate.get(mandate.pk)
        presences = list(row.presences.all()) if row else []
        found.append(
            {
                "mandate": mandate,
                "is_expected": row is not None and row.registered_at is not None,
                "presences": presences,
                "is_here": any(presence.present_to is None for presence in presences),
            }
        )
    return found


def open_motion_of(meeting: Meeting) -> Motion | None:
    found = Motion.objects.filter(item__meeting=meeting, state=Motion.State.OPEN)
    return found.select_related("vote", "item").first()


def live_of(meeting: Meeting) -> dict[str, Any]:
    """What everybody may know while the meeting is under way: no vote before its close."""
    motion = open_motion_of(meeting)
    cast = 0
    if motion is not None:
        marks = motion.vote.secret_marks if motion.is_secret else motion.vote.person_votes
        cast = marks.count()
    last = meeting.votes.exclude(closed_at=None).select_related("motion")
    return {
        "meeting": meeting,
        "floor": floor_now(meeting),
        "motion": motion,
        "cast": cast,
        "last": last.order_by("-closed_at").first(),
    }
