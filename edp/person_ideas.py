"""A person's page: ideas to finish or to decide on, and what became of what the person said."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts import person_page
from accounts.models import User
from edp.models import DiscoveryProcess, Idea, Priority, Statement
from participation.models import Role
from participation.models.territory import lies_within

SHOWN = 20


@dataclass(frozen=True)
class Became:
    """A statement, the public ideas that name it, and the priorities they came to."""

    statement: Statement
    ideas: list[Idea]
    priorities: list[Priority]


def load(person: User) -> dict[str, Any]:
    """Empty for somebody who has nothing to finish, to decide or to see."""
    found = {
        "unfinished": list(_unfinished(person)),
        "desks": list(_desks(person)),
        "said": what_became(person),
    }
    return found if any(found.values()) else {}


def _unfinished(person: User) -> QuerySet[Idea]:
    ideas = Idea.objects.filter(proposer=person, state__in=Idea.EDITABLE)
    return ideas.select_related("dossier", "process").prefetch_related("dossier__texts")[:SHOWN]


def _desks(person: User) -> QuerySet[DiscoveryProcess]:
    """Processes that the person organises, as far as ideas wait there."""
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.ORGANISER)
    places = list(held.exclude(territory=None).values_list("territory", flat=True))
    dossiers = held.exclude(dossier=None).values("dossier")
    if not places and not dossiers:
        return DiscoveryProcess.objects.none()
    organised = Q(dossier__in=dossiers) | lies_within("dossier__territory", places)
    waiting = Count("ideas", filter=Q(ideas__state=Idea.State.SUBMITTED), distinct=True)
    processes = DiscoveryProcess.objects.filter(organised).annotate(waiting=waiting)
    named = processes.select_related("dossier").prefetch_related("dossier__texts")
    return named.filter(waiting__gt=0).order_by("-waiting", "slug")[:SHOWN]


def what_became(person: User) -> list[Became]:
    """Of those of a person's newest twenty public statements that an idea names."""
    statements = Statement.objects.filter(author=person, published_at__isnull=False)
    said = list(statements.order_by("-number", "-pk")[:SHOWN])
    if not said:
        return []
    public = Idea.objects.public().filter(sources__statement__in=said).distinct()
    ideas = public.select_related("dossier").prefetch_related(
        "dossier__texts", "sources", "priorities__dossier__texts"
    )
    named: dict[int, list[Idea]] = {statement.pk: [] for statement in said}
    for idea in ideas:
        for source in idea.sources.all():
            if source.statement_id in named:
                named[source.statement_id].append(idea)
    return [_became(row, named[row.pk]) for row in said if named[row.pk]]


def _became(statement: Statement, ideas: list[Idea]) -> Became:
    reached = (priority for idea in ideas for priority in idea.priorities.all())
    public = {priority.pk: priority for priority in reached if priority.dossier.published_at}
    return Became(statement, ideas, list(public.values()))


def connect() -> None:
    person_page.register("edp/person_ideas.html", load=load)
