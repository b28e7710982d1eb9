"""What a person did at meetings: exported. Attendance, named votes and signatures are public by
law and stay; they lead to a mandate without an account, or to the tombstone."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from councils.models import Minutes, Participation, PersonVote, Recusal, SecretMark


def export(person: User) -> dict[str, Any]:
    own = {"mandate__person": person}
    participations = Participation.objects.filter(**own).select_related("meeting__dossier")
    votes = PersonVote.objects.filter(**own).select_related("vote__meeting__dossier")
    marks = SecretMark.objects.filter(**own).select_related("vote__meeting__dossier")
    recusals = Recusal.objects.filter(**own).select_related("item__meeting__dossier")
    signed = Minutes.objects.filter(signed_by_secretary=person) | Minutes.objects.filter(
        signed_by_chair=person
    )
    return {
        "participations": [
            {
                "meeting": row.meeting.dossier.reference,
                "invited": row.invited_at is not None,
                "registered": row.registered_at is not None,
                "present": [
                    [p.present_from.isoformat(), p.present_to.isoformat() if p.present_to else None]
                    for p in row.presences.all()
                ],
            }
            for row in participations.prefetch_related("presences")
        ],
        "votes": [
            {"meeting": row.vote.meeting.dossier.reference, "choice": row.choice} for row in votes
        ],
        "secret_votes_taken_part_in": [row.vote.meeting.dossier.reference for row in marks],
        "recusals": [
            {"meeting": row.item.meeting.dossier.reference, "reason": row.reason}
            for row in recusals
        ],
        "votes_entered": PersonVote.objects.filter(entered_by=person).count(),
        "recusals_entered": Recusal.objects.filter(declared_by=person).count(),
        "minutes_drafted": Minutes.objects.filter(drafted_by=person).count(),
        "minutes_signed": [
            row.meeting.dossier.reference for row in signed.select_related("meeting__dossier")
        ],
    }


def erase(person: User) -> None:
    """Nothing here names the account but keys that lead to its tombstone."""


def connect() -> None:
    personal_data.register("council_meetings", export=export, erase=erase)
