"""What a count gave and why: winners, every round, every loser, every tie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from budgeting.allocation.election import Election
from budgeting.allocation.money import plain
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import Tie

#: Changes whenever any rule could give another result or another explanation.
ENGINE_VERSION = "2"

#: Why a project lost. Stable: templates translate them.
REASONS = (
    "withdrawn",
    "over_budget",
    "no_supporters",
    "below_threshold",
    "not_enough_left",
    "stopped_here",
    "after_stop",
    "supporters_money",
    "no_utility",
    "excluded",
    "reserved",
)

Amount = int | str


def amount(value: int | Fraction, scale: int) -> Amount:
    """Money for JSON: an int where it is whole, else exact text such as "10.5" or "1/3"."""
    exact = Fraction(value) / scale
    return exact.numerator if exact.denominator == 1 else plain(exact)


@dataclass(frozen=True)
class Round:
    """A project was funded: `left` is the money then left, `numbers` depend on the rule."""

    number: int
    project: str
    cost: Amount
    left: Amount
    numbers: Mapping[str, Amount]

    def to_dict(self) -> dict[str, Any]:
        own = {"round": self.number, "project": self.project, "cost": self.cost, "left": self.left}
        return {**own, **self.numbers}


@dataclass(frozen=True)
class Loser:
    """A project was not funded: `reason` is one of `REASONS`, `numbers` belong to it.

    `cost_at_most`: with such a cost, all else equal, it would have been funded.
    `votes_more`: so many more votes (points) for it alone would have been enough.
    None where no such number exists or the rule gives no honest one.
    """

    project: str
    cost: Amount
    reason: str
    numbers: Mapping[str, Amount]
    cost_at_most: Amount | None = None
    votes_more: Amount | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "cost": self.cost,
            "reason": self.reason,
            **self.numbers,
            "cost_at_most": self.cost_at_most,
            "votes_more": self.votes_more,
        }


@dataclass(frozen=True)
class Result:
    """The outcome of one rule on one election.

    `winners` are project ids in order of selection; `reserve` those of them that a
    reserve pays in part. Money is in currency units. `facts` holds what the
    rule says about the whole count (final share, increments, the comparison).
    """

    rule: Rule
    winners: tuple[str, ...]
    cost: Amount
    budget: Amount
    ties: tuple[Tie, ...]
    rounds: tuple[Round, ...]
    losers: tuple[Loser, ...]
    voters: int
    reserve: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    engine: str = ENGINE_VERSION

    def to_dict(self) -> dict[str, Any]:
        """JSON-serialisable; no floats: whole numbers are ints, others exact text."""
        return {
            "rule": str(self.rule),
            "rule_data": self.rule.to_dict(),
            "engine": self.engine,
            "winners": list(self.winners),
            "reserve": list(self.reserve),
            "cost": self.cost,
            "budget": self.budget,
            "voters": self.voters,
            "ties": [tie.to_dict() for tie in self.ties],
            "rounds": [entry.to_dict() for entry in self.rounds],
            "losers": [loser.to_dict() for loser in self.losers],
            "facts": dict(self.facts),
        }


def total_cost(election: Election, winners: list[int]) -> int:
    """Cost of the given projects in units of 1/scale."""
    return sum(election.projects[project].cost for project in winners)


def plain_number(value: Fraction | None) -> Amount:
    """A number of votes or points for JSON."""
    if value is None:
        return 0
    return value.numerator if value.denominator == 1 else plain(value)
