"""What a person did and said at meetings: exported, and erased so that counts hold."""

from typing import Any

from django.db.models import Q

from accounts import personal_data
from accounts.models import User
from edp.models import Attendance, Invitation, Registration, Statement, Workshop
from edp.services.workshops.places import give_place_back
from edp.services.workshops.statements import empty


def export(person: User) -> dict[str, Any]:
    registrations = Registration.objects.filter(person=person).select_related("workshop__dossier")
    attendances = Attendance.objects.filter(person=person).select_related("workshop__dossier")
    statements = Statement.objects.filter(author=person).select_related("process")
    reported = Workshop.objects.filter(rapporteur=person).select_related("dossier")
    return {
        "registrations": [
            {
                "meeting": row.workshop.dossier.reference,
                "state": row.state,
                "helix": row.helix,
                "since": row.since.isoformat(),
            }
            for row in registrations
        ],
        "attendances": [
            {
                "meeting": row.workshop.dossier.reference,
                "helix": row.helix,
                "role": row.role,
                "checked_in_at": row.checked_in_at.isoformat(),
            }
            for row in attendances
        ],
        "invitations": [
            {"meeting": row.workshop.dossier.reference, "name": row.name, "state": row.state}
            for row in _invitations(person).select_related("workshop__dossier")
        ],
        "statements": [
            {
                "process": row.process.slug,
                "number": row.number,
                "text": row.text,
                "helix": row.helix,
                "is_named": row.is_named,
                "said_at": row.said_at.isoformat(),
            }
            for row in statements
        ],
        "rapporteur_of": [row.dossier.reference for row in reported],
    }


def erase(person: User) -> None:
    """Places go to those who wait; statements leave tombstones; attendances stay and count."""
    ahead = Registration.objects.filter(
        person=person, workshop__state__in=[Workshop.State.PLANNED, Workshop.State.ANNOUNCED]
    )
    for registration in ahead.select_related("workshop"):
        give_place_back(person=person, workshop=registration.workshop)
    Registration.objects.filter(person=person).delete()
    Attendance.objects.filter(person=person).update(name="")
    _invitations(person).update(name="", email="")
    for statement in Statement.objects.filter(author=person):
        empty(statement)


def _invitations(person: User) -> Any:
    return Invitation.objects.filter(Q(person=person) | Q(email__iexact=person.email))


def connect() -> None:
    personal_data.register("edp_meetings", export=export, erase=erase)
