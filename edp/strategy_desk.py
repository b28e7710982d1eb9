"""What an organiser sees of a strategy: the tree, what is missing where, what comes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from edp.models import Action, Strategy, StrategyPriority
from edp.strategy_document import money_table
from edp.strategy_reading import Reading, read_strategy
from edp.strategy_words import GAPS, WARNINGS


@dataclass(frozen=True)
class Issue:
    text: str
    where: str
    url: str


def _issues(reading: Reading) -> list[Issue]:
    """Each gap with a link to the page on which it is closed."""
    strategy = reading.strategy
    found = []
    places = _places(reading)
    for gap in reading.gaps:
        where, kind, key = places.get((gap.part, gap.key), ("", "", 0))
        url = _url(strategy, kind, key) if kind else "#tree"
        found.append(Issue(str(GAPS[gap.code]), where, url))
    return found


def _places(reading: Reading) -> dict[tuple[str, int], tuple[str, str, int]]:
    """What a part is called, and the page it is worked on."""
    places = {}
    for priority in reading.priorities:
        key = priority.row.pk
        places["priority", key] = (f"{priority.number}. {priority.row.name}", "priority", key)
        for objective in priority.objectives:
            name = f"{objective.number}. {objective.row.name}"
            places["objective", objective.row.pk] = (name, "priority", key)
            for action in objective.actions:
                name = f"{action.number}. {action.row.name}"
                places["action", action.row.pk] = (name, "action", action.row.pk)
    return places


def _url(strategy: Strategy, kind: str, key: int) -> str:
    slug = strategy.process.slug
    return reverse("edp:strategy-part", args=[slug, strategy.version, kind, key])


def desk_of(strategy: Strategy) -> dict[str, Any]:
    reading = read_strategy(strategy)
    issues = _issues(reading)
    counts: defaultdict[str, int] = defaultdict(int)
    for issue in issues:
        counts[issue.url] += 1
    return {
        "reading": reading,
        "issues": issues,
        "warnings": [WARNINGS[finding.code] for finding in reading.warnings],
        "money": money_table(reading.money),
        "currency": strategy.currency,
        "approvals": list(strategy.approvals.select_related("decision")),
        "recommendations": list(
            strategy.recommendations.select_related("answer_due").prefetch_related(
                "answer_due__answers"
            )
        ),
        "is_period_over": timezone.localdate().year > strategy.process.period_end,
        "documents": list(strategy.publications.order_by("-pk")[:6]),
    }


def priority_desk(strategy: Strategy, row: StrategyPriority) -> dict[str, Any]:
    reading = read_strategy(strategy)
    priority = next(each for each in reading.priorities if each.row.pk == row.pk)
    return {
        "priority": priority,
        "money": money_table(priority.money),
        "currency": strategy.currency,
        "limit": reading.limits.max_indicators_per_objective,
    }


def action_desk(strategy: Strategy, row: Action) -> dict[str, Any]:
    reading = read_strategy(strategy)
    for priority in reading.priorities:
        for action in priority.actions:
            if action.row.pk == row.pk:
                return {
                    "priority": priority,
                    "action": action,
                    "money": money_table(action.money),
                    "currency": strategy.currency,
                }
    raise LookupError(row.pk)
