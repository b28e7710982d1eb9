"""Where somebody is asked whether it has changed: a person's own page, and that of their place at a
hearing for who has no account."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts import person_page
from accounts.models import User
from councils.models import CheckInvitation, HearingRegistration
from councils.services.citizen_checks import address_of


def checks_of(person: User) -> dict[str, Any]:
    """Those that wait for an answer; empty for everybody else."""
    found = list(_waiting().filter(person=person))
    return {"invitations": found} if found else {}


def asked_at(registration: HearingRegistration) -> list[dict[str, Any]]:
    """Recommendations with the address at which this place answers; none where it is a person's."""
    if registration.person_id is not None:
        return []
    found = _waiting().filter(registration=registration, person=None)
    return [
        {"recommendation": invitation.check_round.recommendation, "url": address_of(invitation)}
        for invitation in found
    ]


def _waiting() -> QuerySet[CheckInvitation]:
    """Asked now, and without an answer."""
    waiting = CheckInvitation.objects.filter(
        answer=None, check_round__closes_on__gte=timezone.localdate()
    ).select_related("check_round__recommendation__dossier", "check_round__recommendation__council")
    return waiting.prefetch_related("check_round__recommendation__dossier__texts").order_by("pk")


def connect() -> None:
    person_page.register("councils/person_checks.html", load=checks_of)
