"""What this app shows on a person's own page, and what became of what they contributed."""

from typing import Any

from django.db.models import QuerySet

from accounts import person_page
from accounts.models import User
from edp.models import Idea, Registration, Statement, Workshop
from participation import contributions


def proposed_by(person: User) -> QuerySet[Any, Any]:
    return Idea.objects.filter(proposer=person).values("dossier")


SHOWN = 20


def meetings_of(person: User) -> dict[str, Any]:
    """Places that are held, meetings to record, and what the person said at any."""
    places = Registration.objects.filter(
        person=person,
        workshop__state__in=[Workshop.State.ANNOUNCED, Workshop.State.RUNNING],
    ).exclude(state=Registration.State.CANCELLED)
    records = Workshop.objects.filter(rapporteur=person).exclude(
        state__in=[Workshop.State.REPORTED, Workshop.State.CANCELLED]
    )
    statements = Statement.objects.filter(author=person).select_related("process")
    found = {
        "places": list(
            places.select_related("workshop__process", "workshop__dossier").prefetch_related(
                "workshop__dossier__texts"
            )
        ),
        "records": list(
            records.select_related("process", "dossier").prefetch_related("dossier__texts")
        ),
        "statements": list(statements.order_by("-pk")[:SHOWN]),
    }
    return found if any(found.values()) else {}


def connect() -> None:
    contributions.register(proposed_by)
    person_page.register("edp/person_meetings.html", load=meetings_of)
