"""What this app shows on a person's own page."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts import person_page
from accounts.models import User
from councils.models import Booking, Council, HearingRegistration, Mandate, Meeting
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


def appointments_of(person: User) -> dict[str, Any]:
    """Hearings the person has asked to come to, and talks with members, that are still ahead."""
    places = HearingRegistration.objects.filter(
        person=person, meeting__state__in=[Meeting.State.ANNOUNCED, Meeting.State.OPEN]
    ).exclude(state=HearingRegistration.State.CANCELLED)
    talks = Booking.objects.expected().filter(person=person, slot__ends_at__gte=timezone.now())
    found = {
        "places": list(
            places.select_related("meeting__council", "meeting__dossier")
            .prefetch_related("meeting__dossier__texts")
            .order_by("meeting__starts_at")[:SHOWN]
        ),
        "talks": list(
            talks.select_related("slot", "hours__council", "hours__member").order_by(
                "slot__starts_at"
            )[:SHOWN]
        ),
    }
    return found if any(found.values()) else {}


def connect() -> None:
    """Each part registers its section here."""
    person_page.register("councils/person_councils.html", load=councils_of)
    person_page.register("councils/person_appointments.html", load=appointments_of)
