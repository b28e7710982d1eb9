"""What this app shows on a person's own page: work to do, receipts still open."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from accounts import person_page
from accounts.models import User
from budgeting.models import Cycle, Election, Proposal, RollEntry
from participation import contributions
from participation.models import Role
from participation.models.territory import lies_within

WORK = [Role.Kind.ORGANISER, Role.Kind.REVIEWER]


def load(person: User) -> dict[str, Any]:
    """Empty for somebody who has neither a task, a draft nor a ballot in an open vote."""
    sections: dict[str, Iterable[Any]] = {
        "work": _cycles_to_work_on(person),
        "stations": person.stations.filter(ended_at=None).select_related("station__cycle")[:20],
        "drafts": person.proposal_drafts.unsent().select_related("cycle")[:20],
        "voted_in": RollEntry.objects.filter(
            voter=person, casts__gt=0, election__state=Election.State.FROZEN
        )
        .select_related("election__envelope__cycle__dossier")
        .prefetch_related("election__envelope__cycle__dossier__texts"),
    }
    found = {name: list(rows) for name, rows in sections.items()}
    return found if any(found.values()) else {}


def _cycles_to_work_on(person: User) -> list[dict[str, Any]]:
    held = Role.objects.in_force().filter(person=person, kind__in=WORK)
    scopes = list(held.values_list("kind", "territory", "dossier"))
    if not scopes:
        return []
    organises, reviews = (
        lies_within("dossier__territory", [place for k, place, _ in scopes if k == kind and place])
        | Q(dossier__in=[dossier for k, _, dossier in scopes if k == kind and dossier])
        for kind in WORK
    )
    cycles = (
        Cycle.objects.for_display()
        .filter(organises | reviews, source_note="")
        .annotate(is_organised=Case(When(organises, then=True), default=False))
        .order_by("-year", "slug")[:20]
    )
    return [
        {"cycle": cycle, "organises": cycle.is_organised}  # type: ignore[attr-defined]
        for cycle in cycles
    ]


def proposed_by(person: User) -> QuerySet[Any, Any]:
    return Proposal.objects.filter(author=person).values("dossier")


def connect() -> None:
    person_page.register("budgeting/person_section.html", load=load)
    contributions.register(proposed_by)
