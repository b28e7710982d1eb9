"""Whether a plan is whole, and what a reader should be warned of.

Gaps keep a strategy from being adopted: a priority without an objective, an action without an
operator, money or a risk that is dealt with (the OECD found all of these missing in plans of
regions, O:1521-1540). Warnings do not: they say what the criticism of existing plans and clusters
was (O:1513-1515, 2036-2057, 2968-2994). Pure; thresholds are values of a ruleset.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

DOMAINS = ("education", "innovation", "business", "investment")


@dataclass(frozen=True)
class Limits:
    """`ex_ante_from` is the planned sum, in units of money, from which a plan must be weighed."""

    max_indicators_per_objective: int = 5
    max_reports_per_year: int = 4
    ex_ante_from: int = 500_000_000

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Limits":
        """Raises ValueError for what is no whole number ≥ 0. Other names are others' business."""
        values = {}
        for entry in fields(cls):
            value = data.get(entry.name, entry.default)
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ValueError(f"{entry.name} is {value!r}, not a whole number")
            values[entry.name] = value
        return cls(**values)


@dataclass(frozen=True)
class Indicator:
    kind: str
    reports_per_year: int = 1
    is_local: bool = True
    key: int = 0


@dataclass(frozen=True)
class Action:
    """`planned` is all its money that is not spent yet, in whole units; `verdict` of an
    evaluation in advance is empty where there is none."""

    has_operator: bool
    sums: int
    is_free: bool
    risks: int
    unmitigated: int = 0
    planned: int = 0
    verdict: str = ""
    domains: Sequence[str] = ()
    uses_existing: bool = False
    key: int = 0


@dataclass(frozen=True)
class Objective:
    actions: Sequence[Action]
    indicators: Sequence[Indicator]
    key: int = 0


@dataclass(frozen=True)
class Priority:
    objectives: Sequence[Objective]
    category: str = ""
    activity_codes: Sequence[str] = ()
    key: int = 0


@dataclass(frozen=True)
class Finding:
    """`code` of a gap or a warning; `part` and `key` say which part of the plan it is about."""

    code: str
    part: str = "strategy"
    key: int = 0
    value: int = 0


def gaps(plan: Sequence[Priority], limits: Limits = Limits()) -> list[Finding]:
    """Every place at which the plan is not whole, in its order."""
    if not plan:
        return [Finding("no_priority")]
    return [gap for priority in plan for gap in _priority_gaps(priority, limits)]


def _priority_gaps(priority: Priority, limits: Limits) -> Iterator[Finding]:
    if not priority.objectives:
        yield Finding("no_objective", "priority", priority.key)
    kinds = {i.kind for objective in priority.objectives for i in objective.indicators}
    if "outcome" not in kinds:
        yield Finding("no_outcome", "priority", priority.key)
    for objective in priority.objectives:
        if not objective.actions:
            yield Finding("no_action", "objective", objective.key)
        if not objective.indicators:
            yield Finding("no_indicator", "objective", objective.key)
        for action in objective.actions:
            yield from _action_gaps(action, limits)


def _action_gaps(action: Action, limits: Limits) -> Iterator[Finding]:
    if not action.has_operator:
        yield Finding("no_operator", "action", action.key)
    if not action.sums and not action.is_free:
        yield Finding("no_money", "action", action.key)
    if not action.risks:
        yield Finding("no_risk", "action", action.key)
    elif action.unmitigated:
        yield Finding("no_mitigation", "action", action.key, action.unmitigated)
    if action.planned >= limits.ex_ante_from and action.verdict != "go":
        yield Finding("no_evaluation", "action", action.key)


def warnings(plan: Sequence[Priority], limits: Limits = Limits()) -> list[Finding]:
    """What does not stop a plan and should be answered by it."""
    found = [
        Finding("many_indicators", "objective", objective.key, len(objective.indicators))
        for priority in plan
        for objective in priority.objectives
        if len(objective.indicators) > limits.max_indicators_per_objective
    ]
    found += [
        Finding("many_reports", "indicator", indicator.key, indicator.reports_per_year)
        for indicator in _indicators(plan)
        if indicator.reports_per_year > limits.max_reports_per_year
    ]
    codes = {code for priority in plan for code in priority.activity_codes}
    if plan and len(codes) == 1:
        found.append(Finding("one_activity"))
    if plan and not any(p.category in ("emerging", "wild_card") for p in plan):
        found.append(Finding("nothing_nascent"))
    covered = domains(plan)
    if any(True for _ in _actions(plan)):
        found += [Finding(f"no_{name}") for name in DOMAINS if not covered[name]]
        if sum(bool(count) for count in covered.values()) == 1:
            found.append(Finding("one_domain"))
    return found


def _actions(plan: Sequence[Priority]) -> Iterator[Action]:
    return (a for priority in plan for objective in priority.objectives for a in objective.actions)


def _indicators(plan: Sequence[Priority]) -> Iterator[Indicator]:
    return (
        i for priority in plan for objective in priority.objectives for i in objective.indicators
    )


def domains(plan: Sequence[Priority]) -> dict[str, int]:
    """How many actions touch each of the four domains that a policy package covers."""
    return {name: sum(name in a.domains for a in _actions(plan)) for name in DOMAINS}


@dataclass(frozen=True)
class Figures:
    """`burden` is the number of figures to report a year; shares are from 0 to 1."""

    priorities: int
    actions: int
    indicators: int
    outcomes: int
    outputs: int
    burden: int
    local_share: Fraction | None
    reused_share: Fraction | None


def figures(plan: Sequence[Priority]) -> Figures:
    indicators, actions = list(_indicators(plan)), list(_actions(plan))
    return Figures(
        priorities=len(plan),
        actions=len(actions),
        indicators=len(indicators),
        outcomes=sum(i.kind == "outcome" for i in indicators),
        outputs=sum(i.kind == "output" for i in indicators),
        burden=sum(i.reports_per_year for i in indicators),
        local_share=_share(sum(i.is_local for i in indicators), len(indicators)),
        reused_share=_share(sum(a.uses_existing for a in actions), len(actions)),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
