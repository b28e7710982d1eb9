"""Parts of a draft: written, moved among their neighbours, removed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max, ProtectedError

from accounts.models import Organisation, User
from edp.models import (
    Action,
    ActionPartner,
    Challenge,
    ExAnteEvaluation,
    Indicator,
    InvestmentLine,
    Objective,
    PlanAlignment,
    PolicyObjective,
    Priority,
    Risk,
    Strategy,
    StrategyPriority,
)
from edp.services.strategy.errors import PartHasParts, PriorityNotSelectable
from edp.services.strategy.versions import link_priorities, open_and_locked


@dataclass(frozen=True)
class PartKind:
    """`parent` is the column that names what a part belongs to."""

    model: type[models.Model]
    parent: str
    is_numbered: bool = True


PARTS = {
    "challenge": PartKind(Challenge, "strategy"),
    "priority": PartKind(StrategyPriority, "challenge"),
    "objective": PartKind(Objective, "priority"),
    "action": PartKind(Action, "objective"),
    "indicator": PartKind(Indicator, "objective"),
    "money": PartKind(InvestmentLine, "action", is_numbered=False),
    "risk": PartKind(Risk, "action", is_numbered=False),
    "evaluation": PartKind(ExAnteEvaluation, "action", is_numbered=False),
}


@transaction.atomic
def write_part(
    *,
    by: User | None,
    strategy: Strategy,
    kind: str,
    parent: models.Model,
    values: Mapping[str, Any],
    row: Any = None,
    partners: Iterable[Organisation] | None = None,
) -> Any:
    """Add a part below `parent`, last among its neighbours, or change `row`.

    Raises StrategyFrozen, and PriorityNotSelectable for one that was not selected.
    """
    strategy = open_and_locked(strategy)
    part = PARTS[kind]
    if row is None:
        row = part.model(**{part.parent: parent, "strategy": strategy})
        if part.is_numbered:
            row.number = _next(_neighbours(row, part))
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, StrategyPriority):
        _check_priority(strategy, row.priority)
    row.save()
    if isinstance(row, Action) and partners is not None:
        _write_partners(row, list(partners))
    if isinstance(row, StrategyPriority):
        link_priorities(by=by, strategy=strategy)
    return row


def _neighbours(row: Any, part: PartKind) -> Any:
    return part.model._default_manager.filter(**{part.parent: getattr(row, part.parent)})


def _next(rows: Any) -> int:
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_priority(strategy: Strategy, priority: Priority) -> None:
    is_of_process = priority.process_id == strategy.process_id
    if not is_of_process or priority.state == Priority.State.NOT_SELECTED:
        raise PriorityNotSelectable


def _write_partners(action: Action, partners: list[Organisation]) -> None:
    wanted = {organisation.pk for organisation in partners}
    there = set(action.partnerships.values_list("organisation_id", flat=True))
    action.partnerships.filter(organisation__in=there - wanted).delete()
    ActionPartner.objects.bulk_create(
        ActionPartner(strategy_id=action.strategy_id, action=action, organisation_id=pk)
        for pk in sorted(wanted - there)
    )


@transaction.atomic
def move_part(*, by: User, row: Any, kind: str, is_up: bool) -> None:
    """Change places with the neighbour above or below; at the end nothing happens."""
    open_and_locked(row.strategy)
    part = PARTS[kind]
    row = part.model._default_manager.get(pk=row.pk)
    neighbours = _neighbours(row, part)
    other = (
        neighbours.filter(number__lt=row.number).order_by("-number").first()
        if is_up
        else neighbours.filter(number__gt=row.number).order_by("number").first()
    )
    if other is None:
        return
    row.number, other.number = other.number, row.number
    row.save(update_fields=["number"])
    other.save(update_fields=["number"])


@transaction.atomic
def remove_part(*, by: User, row: Any) -> None:
    """Take a part out of a draft. Raises StrategyFrozen, PartHasParts."""
    open_and_locked(row.strategy)
    if isinstance(row, Action):
        row.partnerships.all().delete()
    if isinstance(row, StrategyPriority):
        row.alignments.all().delete()
    try:
        row.delete()
    except ProtectedError as error:
        raise PartHasParts from error


@transaction.atomic
def write_alignments(
    *, by: User | None, row: StrategyPriority, relations: Mapping[PolicyObjective, str]
) -> None:
    """How a priority stands to objectives of plans; an empty relation takes the row out."""
    open_and_locked(row.strategy)
    for objective, relation in relations.items():
        found = PlanAlignment.objects.filter(priority=row, objective=objective)
        if not relation:
            found.delete()
        elif not found.update(relation=relation):
            PlanAlignment.objects.create(
                strategy_id=row.strategy_id, priority=row, objective=objective, relation=relation
            )
