"""What every rule keeps to: projects that exclude each other, money kept for some, enough votes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import cached_property

from budgeting.allocation.election import Election
from budgeting.allocation.result import Amount, amount
from budgeting.allocation.rule import Rule

EXCLUDED, RESERVED = "excluded", "reserved"


class Limits:
    """Which projects may still be funded beside those that are; money is in units of 1/scale.

    Of two projects in one conflict set at most one is funded: the one whose turn comes first.
    An earmark keeps its share of the budget, rounded up, for the marked projects: all others
    together cost at most the rest.
    """

    def __init__(
        self, election: Election, rule: Rule, support: Sequence[int] | None = None
    ) -> None:
        """`support`: what the threshold is compared with, where that is not votes or points."""
        self.election = election
        self.rule = rule
        self.support = election.scores if support is None else support
        self.cost = [project.cost for project in election.projects]
        kept = -(-(election.budget * rule.earmark) // 1)
        self.open_money = election.budget - int(kept) if rule.earmark else None
        self.threshold = (rule.threshold or Fraction(0)) * election.ballots.points_scale

    @cached_property
    def rivals(self) -> list[frozenset[int]]:
        """For every project those that it excludes."""
        found: list[set[int]] = [set() for _ in self.cost]
        for group in self.election.conflicts:
            for project in group:
                found[project] |= group - {project}
        return [frozenset(group) for group in found]

    @cached_property
    def is_free(self) -> bool:
        """Nothing but votes and money decides."""
        return not self.election.conflicts and self.open_money is None

    def has_enough_votes(self, project: int) -> bool:
        return self.rule.threshold is None or self.support[project] >= self.threshold

    def excluded_by(self, project: int, funded: Collection[int]) -> int | None:
        """The first of the funded projects that excludes this one."""
        if not self.rivals[project]:
            return None
        return next((winner for winner in funded if winner in self.rivals[project]), None)

    def open_left(self, funded: Collection[int]) -> int | None:
        """Money left for projects outside the earmark; None without one."""
        if self.open_money is None:
            return None
        return self.open_money - sum(
            self.cost[p] for p in funded if p not in self.election.earmarked
        )

    def refusal(self, project: int, funded: Collection[int]) -> str | None:
        """Why the project may not be funded beside these: `EXCLUDED`, `RESERVED`, or None."""
        if self.is_free:
            return None
        if self.excluded_by(project, funded) is not None:
            return EXCLUDED
        if project in self.election.earmarked:
            return None
        left = self.open_left(funded)
        return RESERVED if left is not None and self.cost[project] > left else None

    def closed_by(self, funded: Collection[int]) -> list[int]:
        """Projects outside `funded` that may no longer be funded."""
        if self.is_free:
            return []
        return [p for p in range(len(self.cost)) if p not in funded and self.refusal(p, funded)]

    def facts(self, funded: Collection[int]) -> dict[str, Amount]:
        """What the earmark kept, and what the marked winners cost; empty without one."""
        if self.open_money is None:
            return {}
        spent = sum(self.cost[p] for p in funded if p in self.election.earmarked)
        scale = self.election.scale
        return {
            "earmarked": amount(self.election.budget - self.open_money, scale),
            "spent_on_earmarked": amount(spent, scale),
        }
