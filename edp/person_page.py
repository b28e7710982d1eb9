"""What this app shows on a person's own page, and what became of what they contributed."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts import person_page
from accounts.models import User
from edp import person_ideas
from edp.models import (
    Assignment,
    DelphiRound,
    DiscoveryProcess,
    GroupMembership,
    Idea,
    Registration,
    Stage,
    Statement,
    StatementVote,
    Workshop,
)
from participation import contributions
from participation.models import Role
from participation.models.territory import lies_within


def proposed_by(person: User) -> QuerySet[Any, Any]:
    return Idea.objects.filter(proposer=person).values("dossier")


def voted_in_by(person: User) -> QuerySet[Any, Any]:
    """Consultations; how the person voted is nobody else's."""
    votes = StatementVote.objects.filter(person=person)
    return votes.values("statement__consultation__dossier")


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


def work_of(person: User) -> dict[str, Any]:
    """Processes the person organises, and seats; empty for everybody else."""
    found = {
        "organised": _organised_by(person),
        "seats": list(
            GroupMembership.objects.filter(person=person, until=None)
            .select_related("process__dossier")
            .prefetch_related("process__dossier__texts")[:SHOWN]
        ),
    }
    return found if any(found.values()) else {}


def _organised_by(person: User) -> list[DiscoveryProcess]:
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.ORGANISER)
    scopes = list(held.values_list("territory", "dossier"))
    if not scopes:
        return []
    places = [territory for territory, _dossier in scopes if territory]
    dossiers = [dossier for _territory, dossier in scopes if dossier]
    return list(
        DiscoveryProcess.objects.filter(
            lies_within("dossier__territory", places) | Q(dossier__in=dossiers),
            origin=DiscoveryProcess.Origin.OWN,
        )
        .exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        .for_display()
        .order_by("-pk")[:SHOWN]
    )


def panels_of(person: User) -> dict[str, Any]:
    """Ideas to assess and open rounds of Delphi panels; whether one has answered is not known."""
    tasks = Assignment.objects.under_way().filter(seat__person=person, seat__until=None)
    rounds = DelphiRound.objects.filter(closed_at=None, study__invitations__person=person)
    found = {
        "tasks": list(tasks.with_person()),
        "rounds": list(
            rounds.select_related("study__process", "study__dossier").prefetch_related(
                "study__dossier__texts"
            )
        ),
    }
    return found if any(found.values()) else {}


def connect() -> None:
    person_page.register("edp/person_panels.html", load=panels_of)
    person_page.register("edp/person_section.html", load=work_of)
    contributions.register(proposed_by)
    contributions.register(voted_in_by)
    person_page.register("edp/person_meetings.html", load=meetings_of)
    person_ideas.connect()
