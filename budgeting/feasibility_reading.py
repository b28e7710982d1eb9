"""What pages ask about the check of a cycle: its account, what is overdue, who has how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from budgeting import phases
from budgeting.feasibility_account import Account, Facts, Place, account_of
from budgeting.models import Appeal, Cycle, Proposal, Question, Review, Verdict
from budgeting.models.feasibility import SECOND_LOOK

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

PLACES: dict[Place, LazyText] = {
    Place.WAITING: _("waiting for a department"),
    Place.CHECKING: _("being checked"),
    Place.OVERDUE: _("being checked, overdue"),
    Place.APPEALED: _("appealed, looked at again"),
    Place.AGREEING: _("feasible with changes, the author may still object"),
    Place.OBJECTED: _("feasible with changes that the author does not want"),
    Place.FEASIBLE: _("feasible"),
    Place.ON_BALLOT: _("on the ballot"),
    Place.NOT_FEASIBLE: _("not feasible"),
    Place.WITHDRAWN: _("withdrawn"),
    Place.MERGED: _("merged into another"),
    Place.BELOW_THRESHOLD: _("too little support"),
}


def account_of_cycle(cycle: Cycle, today: date) -> Account:
    """Every submitted proposal in exactly one place, in one query."""
    looks = Review.objects.filter(proposal=OuterRef("pk"))
    verdicts = Verdict.objects.filter(review__proposal=OuterRef("pk"))
    last = verdicts.order_by("-review__look", "-version")
    rows = (
        cycle.proposals.public()
        .order_by()
        .annotate(
            is_assigned=Exists(looks),
            is_late=Exists(looks.overdue(today)),
            has_appeal=Exists(Appeal.objects.filter(proposal=OuterRef("pk"))),
            has_second=Exists(verdicts.filter(review__look=SECOND_LOOK)),
            consent_until=Subquery(last.values("consent_until")[:1]),
            agrees=Subquery(last.values("consent__agrees")[:1]),
        )
        .values(
            "state",
            "is_assigned",
            "is_late",
            "has_appeal",
            "has_second",
            "consent_until",
            "agrees",
        )
        .annotate(number=Count("pk"))
    )
    is_over = _is_over(cycle)
    counts: Counter[Facts] = Counter()
    for row in rows:
        counts[_facts(row, today, is_over)] += row["number"]
    return account_of(counts)


def _is_over(cycle: Cycle) -> bool:
    """Whether the city's time for the check has passed."""
    ends = [p.closes_at for p in cycle.dossier.phases.all() if p.kind == phases.FEASIBILITY]
    return any(end <= timezone.now() for end in ends)


def _facts(row: Mapping[str, Any], today: date, is_over: bool) -> Facts:
    until = row["consent_until"]
    return Facts(
        state=row["state"],
        is_assigned=row["is_assigned"],
        is_overdue=row["is_late"] or (is_over and not row["is_assigned"]),
        is_appealed=row["has_appeal"] and not row["has_second"],
        is_changed=until is not None,
        agrees=row["agrees"],
        may_object=until is not None and today <= until,
    )


def overdue_reviews(cycle: Cycle, today: date) -> QuerySet[Review]:
    """Those whose department's last day has passed, the latest of them last."""
    living = [Proposal.State.SUBMITTED, Proposal.State.FEASIBLE, Proposal.State.NOT_FEASIBLE]
    found = Review.objects.overdue(today).filter(
        proposal__cycle=cycle,
        proposal__state__in=living,
        proposal__dossier__published_at__isnull=False,
    )
    return (
        found.select_related("proposal__dossier", "department", "answer_due", "reviewer")
        .prefetch_related("proposal__dossier__texts")
        .order_by("answer_due__due_on", "proposal__number")
    )


@dataclass(frozen=True)
class Load:
    """What one department or person has in hand: open reviews, overdue ones, and those decided."""

    name: str
    open: int
    overdue: int
    decided: int


def _loads(cycle: Cycle, by: str, today: date) -> dict[int, dict[str, int]]:
    is_open = Q(verdicts=None, proposal__state=Proposal.State.SUBMITTED) | Q(
        verdicts=None, look=SECOND_LOOK
    )
    is_late = is_open & Q(answer_due__answered_on=None, answer_due__due_on__lt=today)
    rows = (
        Review.objects.filter(proposal__cycle=cycle, **{f"{by}__isnull": False})
        .order_by()
        .values(by)
        .annotate(
            open=Count("pk", filter=is_open, distinct=True),
            overdue=Count("pk", filter=is_late, distinct=True),
            decided=Count("pk", filter=Q(verdicts__isnull=False), distinct=True),
        )
    )
    return {row[by]: {name: row[name] for name in ("open", "overdue", "decided")} for row in rows}


def loads_of_departments(cycle: Cycle, today: date) -> list[Load]:
    numbers = _loads(cycle, "department", today)
    found = Organisation.objects.filter(pk__in=numbers)
    return sorted(
        (Load(organisation.name, **numbers[organisation.pk]) for organisation in found),
        key=lambda load: (-load.open, load.name),
    )


def loads_of_reviewers(cycle: Cycle, today: date) -> list[Load]:
    numbers = _loads(cycle, "reviewer", today)
    found = User.objects.filter(pk__in=numbers)
    return sorted(
        (Load(person.display_name, **numbers[person.pk]) for person in found),
        key=lambda load: (-load.open, load.name),
    )


def waiting_appeals(cycle: Cycle) -> QuerySet[Appeal]:
    """Appeals for which nobody has been asked to look again."""
    second = Review.objects.filter(proposal=OuterRef("proposal"), look=SECOND_LOOK)
    found = Appeal.objects.filter(~Exists(second), proposal__cycle=cycle)
    return found.select_related("proposal__dossier").prefetch_related("proposal__dossier__texts")


def reviews_in_full(proposal: Proposal) -> list[Review]:
    """The looks at a proposal with all that is public about them, in a fixed number of queries."""
    verdicts = Verdict.objects.select_related("consent").order_by("-version")
    looks = proposal.reviews.select_related(
        "department", "answer_due", "reviewer", "proposal__appeal"
    )
    return list(
        looks.prefetch_related(
            Prefetch("verdicts", verdicts),
            Prefetch("questions", Question.objects.order_by("pk")),
        ).order_by("-look")
    )


def queue_of(cycle: Cycle, person: User, show: str, today: date) -> QuerySet[Any, Any]:
    """The reviewers' list: what is open first, by its date. `show`: open, me, overdue, new, all."""
    looks = Review.objects.filter(proposal=OuterRef("pk"))
    latest = Review.objects.select_related("department", "reviewer").order_by("-look")
    proposals = cycle.proposals.for_display().prefetch_related(Prefetch("reviews", latest))
    rows: QuerySet[Any, Any] = proposals.annotate(
        due_on=Subquery(looks.order_by("-look").values("answer_due__due_on")[:1]),
        is_late=Exists(looks.overdue(today)),
        is_open=Q(state=Proposal.State.SUBMITTED)
        | Q(Exists(looks.open().filter(look=SECOND_LOOK))),
    )
    filters = {
        "me": Q(Exists(looks.filter(reviewer=person).open()), is_open=True),
        "overdue": Q(is_late=True, is_open=True),
        "new": Q(~Exists(looks), state=Proposal.State.SUBMITTED),
        "open": Q(is_open=True),
    }
    if show in filters:
        rows = rows.filter(filters[show])
    return rows.order_by("-is_open", F("due_on").asc(nulls_last=True), "number")
