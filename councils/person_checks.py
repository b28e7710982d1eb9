"""On a person's own page: the recommendations of which they are asked whether it has changed."""

from typing import Any

from django.utils import timezone

from accounts import person_page
from accounts.models import User
from councils.models import CheckInvitation


def checks_of(person: User) -> dict[str, Any]:
    """Those that wait for an answer; empty for everybody else."""
    waiting = CheckInvitation.objects.filter(
        person=person, answer=None, check_round__closes_on__gte=timezone.localdate()
    ).select_related("check_round__recommendation__dossier", "check_round__recommendation__council")
    found = list(
        waiting.prefetch_related("check_round__recommendation__dossier__texts").order_by("pk")
    )
    return {"invitations": found} if found else {}


def connect() -> None:
    person_page.register("councils/person_checks.html", load=checks_of)
