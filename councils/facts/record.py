"""What minutes hold of a meeting, as plain data: who was there, what was voted and how."""

from typing import Any

from django.db.models import Prefetch

from councils.facts.hearing_record import record_of_hearing
from councils.models import AgendaItem, Meeting, Motion, Participation, VoteEvent

LANGUAGES = ("kk", "ru", "en")
COUNTS = (
    "members",
    "quorum",
    "present",
    "recused",
    "base",
    "needed",
    "yes",
    "no",
    "abstain",
    "not_voting",
)


def record_of(meeting: Meeting) -> dict[str, Any]:
    """Of the rows as they are now; minutes keep it as it was. Moments are in UTC (ISO 8601)."""
    return {
        "reference": meeting.dossier.reference,
        "kind": meeting.kind,
        "number": meeting.number,
        "state": meeting.state,
        "place": meeting.place,
        "mode": meeting.mode,
        "starts_at": meeting.starts_at.isoformat(),
        "began_at": meeting.began_at.isoformat() if meeting.began_at else None,
        "ended_at": meeting.ended_at.isoformat() if meeting.ended_at else None,
        "participants": [_participant(row) for row in _participations(meeting)],
        "agenda": [_item(item) for item in _agenda(meeting)],
        "hearing": record_of_hearing(meeting) if meeting.kind == Meeting.Kind.HEARING else {},
    }


def _participations(meeting: Meeting) -> list[Participation]:
    rows = meeting.participations.select_related("mandate__post").prefetch_related("presences")
    return list(rows)


def _participant(row: Participation) -> dict[str, Any]:
    return {
        "name": row.mandate.name if row.mandate else row.name,
        "capacity": row.capacity,
        "seat": row.mandate.post.number if row.mandate else None,
        "side": row.mandate.side if row.mandate else None,
        "office": row.mandate.office if row.mandate else None,
        "was_invited": row.invited_at is not None,
        "had_registered": row.registered_at is not None,
        "present": [
            [p.present_from.isoformat(), p.present_to.isoformat() if p.present_to else None]
            for p in row.presences.all()
        ],
    }


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    motions = Motion.objects.select_related("vote", "tabled_by").prefetch_related(
        "vote__person_votes__mandate"
    )
    items = meeting.agenda.prefetch_related(
        "recusals__mandate", "dockets__dossier", Prefetch("motions", motions)
    )
    return list(items)


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "is_public": item.is_public,
        "name": {c: getattr(item, f"name_{c}") for c in LANGUAGES},
        "decision": {c: getattr(item, f"decision_{c}") for c in LANGUAGES},
        "matters": [docket.dossier.reference for docket in item.dockets.all()],
        "recusals": [
            {"name": recusal.mandate.name, "reason": recusal.reason}
            for recusal in item.recusals.all()
        ],
        "motions": [_motion(motion) for motion in item.motions.all()],
    }


def _motion(motion: Motion) -> dict[str, Any]:
    vote = getattr(motion, "vote", None)
    return {
        "number": motion.number,
        "text": {c: getattr(motion, f"text_{c}") for c in LANGUAGES},
        "tabled_by": motion.tabled_by.name if motion.tabled_by else None,
        "state": motion.state,
        "is_secret": motion.is_secret,
        "is_in_breach": motion.is_in_breach,
        "vote": _vote(vote) if vote is not None and vote.closed_at else None,
    }


def _vote(vote: VoteEvent) -> dict[str, Any]:
    return {
        "opened_at": vote.opened_at.isoformat(),
        "closed_at": vote.closed_at.isoformat() if vote.closed_at else None,
        **{name: getattr(vote, name) for name in COUNTS},
        "is_adopted": vote.is_adopted,
        "is_decided_by_chair": vote.is_decided_by_chair,
        "votes": [[row.mandate.name, row.choice] for row in vote.person_votes.all()],
    }
