"""Motions and votes as Popolo has them, meetings as OParl has them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from councils.models import Meeting, Motion, PersonVote, VoteEvent
from councils.open_data.naming import (
    body_id,
    council_id,
    day,
    meeting_id,
    motion_id,
    texts_of,
    titles_of,
    web,
)

Row = dict[str, Any]
State = Meeting.State
# OParl 1.1 knows these three; a meeting that was called off is a tombstone.
OPARL_STATES = {State.ANNOUNCED: "invited", State.OPEN: "invited", State.HELD: "held"}
NAMED_CHOICES = {PersonVote.Choice.NOT_VOTING: "not voting"}


def motions() -> QuerySet[Motion]:
    """Those of items that are public."""
    rows = Motion.objects.filter(
        item__is_public=True, item__meeting__dossier__published_at__isnull=False
    )
    return rows.select_related(
        "item__meeting__dossier", "item__meeting__council", "item__meeting__body", "tabled_by"
    ).order_by("item__meeting", "item__number", "number")


def told_motion(motion: Motion) -> Row:
    meeting = motion.item.meeting
    return {
        "id": motion_id(motion),
        "organization_id": _organization(meeting),
        "meeting_id": meeting_id(meeting),
        "date": day(timezone.localtime(meeting.starts_at).date()),
        "text": texts_of(motion),
        "creator": {"name": motion.tabled_by.name} if motion.tabled_by else None,
        "result": motion.state,
        "is_secret": motion.is_secret,
        "in_breach": motion.is_in_breach,
    }


def vote_events() -> QuerySet[VoteEvent]:
    """Closed ones: what is under way is nobody's business yet."""
    rows = VoteEvent.objects.filter(
        closed_at__isnull=False,
        motion__item__is_public=True,
        meeting__dossier__published_at__isnull=False,
    )
    return (
        rows.select_related("motion__item__meeting__dossier", "meeting__council", "meeting__body")
        .prefetch_related("person_votes__mandate")
        .order_by("opened_at", "pk")
    )


def told_vote_event(vote: VoteEvent) -> Row:
    """Of a secret vote the counts alone; nothing says who voted how."""
    return {
        "id": f"{motion_id(vote.motion)}/vote",
        "motion_id": motion_id(vote.motion),
        "organization_id": _organization(vote.meeting),
        "start_date": day(vote.opened_at),
        "end_date": day(vote.closed_at),
        "result": "pass" if vote.is_adopted else "fail",
        "is_secret": vote.is_secret,
        "quorum": vote.quorum,
        "members": vote.members,
        "present": vote.present,
        "base": vote.base,
        "needed": vote.needed,
        "counts": {
            "yes": vote.yes,
            "no": vote.no,
            "abstain": vote.abstain,
            "not_voting": vote.not_voting,
            "recused": vote.recused,
        },
        "votes": [] if vote.is_secret else _named(vote),
    }


def _named(vote: VoteEvent) -> list[Row]:
    return [
        {
            "voter": {"name": one.mandate.name},
            "option": NAMED_CHOICES.get(PersonVote.Choice(one.choice), one.choice),
            "side": one.mandate.side,
        }
        for one in vote.person_votes.all()
    ]


def meetings() -> QuerySet[Meeting]:
    """Also those called off, so that whoever copied them learns of it."""
    rows = Meeting.objects.public().for_display()
    return rows.prefetch_related("agenda").order_by("pk")


def told_meeting(meeting: Meeting) -> Row:
    row: Row = {
        "id": meeting_id(meeting),
        "type": "https://schema.oparl.org/1.1/Meeting",
        "created": day(meeting.dossier.published_at),
        "modified": day(meeting.changed_at),
        "web": web(meeting.dossier.path),
    }
    if meeting.state == State.CANCELLED:
        return {**row, "deleted": True, "cancelled": True, "reason": meeting.reason}
    return {
        **row,
        "deleted": False,
        "organization_id": _organization(meeting),
        "classification": meeting.kind,
        "name": titles_of(meeting.dossier),
        "meetingState": OPARL_STATES.get(State(meeting.state), "scheduled"),
        "cancelled": False,
        "state": meeting.state,
        "start": day(meeting.starts_at),
        "end": day(meeting.ends_at),
        "location": meeting.place,
        "agendaItem": [
            {"number": str(item.number), "name": _names(item), "public": True}
            for item in meeting.agenda.all()
            if item.is_public
        ],
    }


def _names(item: Any) -> dict[str, str]:
    return {code: getattr(item, f"name_{code}") for code in ("kk", "ru", "en")}


def _organization(meeting: Meeting) -> str:
    if meeting.council is not None:
        return council_id(meeting.council)
    return body_id(meeting.body) if meeting.body is not None else ""
