"""What a run of Equal Shares looks at: projects for sale and the voters behind them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from budgeting.allocation.ballots import Floats, Indexes
from budgeting.allocation.election import Election
from budgeting.allocation.limits import Limits
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import TieOrder

#: Unit roundoff of doubles, with room for a multiplication on top.
EPSILON = 2.3e-16


class Market:
    """Projects, supporters and prices, prepared once for all runs of a count.

    A supporter with s points pays at most s times the project's price x (s = 1 for
    approval). The price that counts is x per unit of utility: x / cost under cost
    satisfaction, x itself under cardinality and for points.
    """

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election = election
        self.ties = TieOrder(election, rule)
        self.limits = Limits(election, rule)
        self.size = int(election.ballots.multiplicity.size)
        self.ballots: list[Indexes] = []
        self.weight: list[Floats] = []
        self.points: list[Floats | None] = []
        self.support: list[int] = []
        for supporters in election.supporters:
            self.ballots.append(supporters.ballots)
            self.weight.append(supporters.weight)
            self.points.append(supporters.points)
            self.support.append(supporters.support())
        self.cost = [project.cost for project in election.projects]
        by_cost = rule.satisfaction == "cost" and election.is_approval
        self.utility = self.cost if by_cost else [1] * len(self.cost)
        self.candidates = [p for p in range(len(self.cost)) if self._is_for_sale(p)]
        self.units = [
            w if points is None else w * points
            for w, points in zip(self.weight, self.points, strict=True)
        ]
        self.voters = [float(weight.sum()) for weight in self.weight]
        self.price = np.full(len(self.cost), np.inf)
        self.price_error = np.zeros(len(self.cost))
        self.full_price = [0.0] * len(self.cost)
        for p in self.candidates:
            self.price[p] = float(self.price_if_nobody_is_short(p))
            self.price_error[p] = 4 * EPSILON * self.price[p]
            self.full_price[p] = self.cost[p] / self.support[p]
        #: Bound on the error of a sum of payments that comes near the cost.
        self.rounding = [
            EPSILON * (ballots.size + 8) * cost
            for ballots, cost in zip(self.ballots, self.cost, strict=True)
        ]

    def _is_for_sale(self, project: int) -> bool:
        """Enough voters gain from it, and the budget (what is open to it) could pay it."""
        if not self.support[project] or not self.utility[project]:
            return False
        if not self.limits.has_enough_votes(project):
            return False
        return self.cost[project] <= self.election.budget and not self.limits.refusal(project, ())

    def price_if_nobody_is_short(self, project: int) -> Fraction:
        """Cost per utility when every supporter can pay an equal part: exact."""
        return Fraction(self.cost[project], self.support[project] * self.utility[project])
