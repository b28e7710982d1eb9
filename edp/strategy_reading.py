"""A strategy as a whole, read in a fixed number of queries, however many parts it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from edp import investment, plan_checks
from edp.models import (
    Action,
    Challenge,
    ExAnteEvaluation,
    Indicator,
    InvestmentLine,
    Objective,
    Risk,
    Strategy,
    StrategyPriority,
)


@dataclass(frozen=True)
class ActionReading:
    number: str
    row: Action
    partners: list[Any]
    lines: list[InvestmentLine]
    risks: list[Risk]
    evaluation: ExAnteEvaluation | None
    money: investment.Totals


@dataclass(frozen=True)
class ObjectiveReading:
    number: str
    row: Objective
    actions: list[ActionReading]
    indicators: list[Indicator]
    money: investment.Totals


@dataclass(frozen=True)
class PriorityReading:
    number: str
    row: StrategyPriority
    objectives: list[ObjectiveReading]
    money: investment.Totals

    @property
    def actions(self) -> list[ActionReading]:
        return [action for objective in self.objectives for action in objective.actions]

    @property
    def indicators(self) -> list[Indicator]:
        return [i for objective in self.objectives for i in objective.indicators]


@dataclass(frozen=True)
class ChallengeReading:
    number: int
    row: Challenge
    priorities: list[PriorityReading]


@dataclass(frozen=True)
class Reading:
    strategy: Strategy
    challenges: list[ChallengeReading]
    limits: plan_checks.Limits
    money: investment.Totals = field(default_factory=investment.Totals)

    @property
    def priorities(self) -> list[PriorityReading]:
        return [priority for challenge in self.challenges for priority in challenge.priorities]

    @property
    def plan(self) -> list[plan_checks.Priority]:
        return [_as_facts(priority) for priority in self.priorities]

    @property
    def gaps(self) -> list[plan_checks.Finding]:
        return plan_checks.gaps(self.plan, self.limits)

    @property
    def warnings(self) -> list[plan_checks.Finding]:
        return plan_checks.warnings(self.plan, self.limits)

    @property
    def figures(self) -> plan_checks.Figures:
        return plan_checks.figures(self.plan)

    @property
    def domains(self) -> dict[str, int]:
        return plan_checks.domains(self.plan)


def limits_of(strategy: Strategy) -> plan_checks.Limits:
    return plan_checks.Limits.from_data(strategy.process.ruleset.data.get("strategy", {}))


def gaps_of(strategy: Strategy) -> list[plan_checks.Finding]:
    return read_strategy(strategy).gaps


def read_strategy(strategy: Strategy) -> Reading:
    """Everything that hangs on the strategy, in the order of its numbers: 12 queries."""
    rows = _Rows(strategy)
    challenges, place = [], 0
    for challenge in strategy.challenges.all():
        priorities = []
        for row in rows.priorities[challenge.pk]:
            place += 1
            priorities.append(_priority(f"P{place}", row, rows))
        challenges.append(ChallengeReading(challenge.number, challenge, priorities))
    money = investment.all_of(p.money for c in challenges for p in c.priorities)
    return Reading(strategy, challenges, limits_of(strategy), money)


class _Rows:
    """The rows of each table by what they belong to: one query a table."""

    def __init__(self, strategy: Strategy) -> None:
        priorities = strategy.priorities.select_related("priority__dossier").prefetch_related(
            "priority__dossier__texts", "priority__ideas"
        )
        actions = strategy.actions.select_related("operator").prefetch_related(
            "partnerships__organisation"
        )
        evaluations = ExAnteEvaluation.objects.filter(strategy=strategy).select_related("payer")
        self.priorities = _by("challenge_id", priorities)
        self.objectives = _by("priority_id", strategy.objectives.all())
        self.actions = _by("objective_id", actions)
        self.indicators = _by("objective_id", strategy.indicators.all())
        self.lines = _by("action_id", strategy.money.all())
        self.risks = _by("action_id", strategy.risks.select_related("owner"))
        self.evaluations = {row.action_id: row for row in evaluations}


def _by(column: str, rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _priority(number: str, row: StrategyPriority, rows: _Rows) -> PriorityReading:
    objectives = [
        _objective(f"{number}.{place}", objective, rows)
        for place, objective in enumerate(rows.objectives[row.pk], start=1)
    ]
    money = investment.all_of(objective.money for objective in objectives)
    return PriorityReading(number, row, objectives, money)


def _objective(number: str, row: Objective, rows: _Rows) -> ObjectiveReading:
    actions = [
        _action(f"{number}.{place}", action, rows)
        for place, action in enumerate(rows.actions[row.pk], start=1)
    ]
    money = investment.all_of(action.money for action in actions)
    return ObjectiveReading(number, row, actions, rows.indicators[row.pk], money)


def _action(number: str, row: Action, rows: _Rows) -> ActionReading:
    lines = rows.lines[row.pk]
    return ActionReading(
        number=number,
        row=row,
        partners=[partnership.organisation for partnership in row.partnerships.all()],
        lines=lines,
        risks=rows.risks[row.pk],
        evaluation=rows.evaluations.get(row.pk),
        money=totals_of(lines),
    )


def totals_of(lines: Sequence[InvestmentLine]) -> investment.Totals:
    return investment.totals(
        investment.Sum(line.year, line.source, line.certainty, line.amount) for line in lines
    )


# --- As facts for the checks --------------------------------------------------------------------


def _as_facts(priority: PriorityReading) -> plan_checks.Priority:
    codes = [code for idea in priority.row.priority.ideas.all() for code in idea.activity_codes]
    return plan_checks.Priority(
        objectives=[
            plan_checks.Objective(
                actions=[_action_facts(action) for action in objective.actions],
                indicators=[
                    plan_checks.Indicator(i.kind, i.reports_per_year, i.is_local, i.pk)
                    for i in objective.indicators
                ],
                key=objective.row.pk,
            )
            for objective in priority.objectives
        ],
        category=priority.row.priority.category,
        activity_codes=codes,
        key=priority.row.pk,
    )


def _action_facts(action: ActionReading) -> plan_checks.Action:
    row = action.row
    planned = [line for line in action.lines if line.certainty != InvestmentLine.Certainty.SPENT]
    return plan_checks.Action(
        has_operator=row.operator_id is not None,
        sums=len(planned),
        is_free=row.is_free,
        risks=len(action.risks),
        unmitigated=sum(not (risk.mitigation_kk and risk.mitigation_ru) for risk in action.risks),
        planned=int(action.money.total),
        verdict=action.evaluation.verdict if action.evaluation else "",
        domains=row.domains,
        uses_existing=row.instrument == Action.Instrument.EXISTING,
        key=row.pk,
    )
