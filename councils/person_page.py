"""What this app shows on a person's own page."""

from typing import Any

from django.db.models import Q

from accounts import person_page
from accounts.models import User
from councils.models import Council, Mandate
from participation.models import Role
from participation.models.territory import lies_within

SHOWN = 20


def councils_of(person: User) -> dict[str, Any]:
    """Councils that the person keeps, and seats; empty for everybody else."""
    mandates = Mandate.objects.sitting().filter(person=person)
    found = {
        "kept": _kept_by(person),
        "mandates": list(
            mandates.select_related("council__dossier").prefetch_related("council__dossier__texts")
        ),
    }
    return found if any(found.values()) else {}


def _kept_by(person: User) -> list[Council]:
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.COUNCIL_SECRETARY)
    scopes = list(held.values_list("territory", "dossier"))
    if not scopes:
        return []
    places = [territory for territory, _dossier in scopes if territory]
    dossiers = [dossier for _territory, dossier in scopes if dossier]
    found = Council.objects.filter(
        lies_within("dossier__territory", places) | Q(dossier__in=dossiers)
    )
    return list(found.for_display().order_by("pk")[:SHOWN])


def connect() -> None:
    """Each part registers its section here."""
    person_page.register("councils/person_councils.html", load=councils_of)
