"""Exact balances, for the few decisions that doubles cannot certify.

A voter's balance is the share minus the exact price of everything paid for, or
nothing once a project has taken all that was left. So a sum of balances is a sum
over earlier rounds of price × number of payers: integers from arrays, and as many
fractions as there were rounds, whatever the number of voters.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from budgeting.allocation.ballots import Floats, Indexes
from budgeting.allocation.equal_shares.market import EPSILON, Market
from budgeting.allocation.vectors import inner


class Ledger:
    """Replays the purchases of a run in exact arithmetic."""

    def __init__(self, market: Market, share: Fraction) -> None:
        self.market = market
        self.share = share
        self.balance = np.full(market.size, float(share))
        self.spent = np.zeros(market.size, dtype=np.bool_)
        self.bought: list[int] = []
        self.prices: list[Fraction] = []
        self._marks = np.zeros(market.size)

    def catch_up(self, bought: list[int]) -> None:
        """Enter the purchases of the run that are still missing."""
        for project in bought[len(self.bought) :]:
            self._buy(project)

    def price(self, project: int) -> Fraction | None:
        """Exact price per point, or None if the supporters cannot pay the cost."""
        solved = self._solve(project)
        return solved[0] if solved else None

    def money(self, project: int) -> Fraction:
        """What the supporters still have together."""
        voters, weight, _ = self._live(project)
        return self._sum(voters, weight)

    def _live(self, project: int) -> tuple[Indexes, Floats, Floats]:
        voters = self.market.ballots[project]
        live = ~self.spent[voters]
        points = self.market.points[project]
        ones = np.ones(int(live.sum()))
        return (
            voters[live],
            self.market.weight[project][live],
            ones if points is None else points[live],
        )

    def _sum(self, voters: Indexes, weight: Floats) -> Fraction:
        """Exact sum of weight × balance over voters that never paid all they had."""
        self._marks[voters] = weight
        total = int(weight.sum()) * self.share
        for project, price in zip(self.bought, self.prices, strict=True):
            paid = self._marks[self.market.ballots[project]]
            points = self.market.points[project]
            units = paid.sum() if points is None else inner(paid, points)
            if units:
                total -= int(units) * price
        self._marks[voters] = 0.0
        return total

    def _solve(self, project: int) -> tuple[Fraction, Indexes] | None:
        """Price and the voters who pay all they have."""
        voters, weight, points = self._live(project)
        cost = self.market.cost[project]
        if cost == 0:
            return Fraction(0), voters[:0]
        if self._sum(voters, weight) < cost:
            return None
        ratio = self.balance[voters] / points
        low, high = self._window(ratio, weight, points, cost)
        poor = ratio < low
        near = np.flatnonzero(~poor & (ratio <= high))
        rich_weight = int((weight * points)[~poor].sum())
        missing = cost - self._sum(voters[poor], weight[poor])
        exact = self._exact_ratios(voters[near], points[near]) if near.size else {}
        for value in sorted(exact):
            if value * rich_weight >= missing:
                break
            members = near[exact[value]]
            poor[members] = True
            taken = int((weight * points)[members].sum())
            rich_weight -= taken
            missing -= value * taken
        return Fraction(missing) / rich_weight, voters[poor]

    def _window(
        self, ratio: Floats, weight: Floats, points: Floats, cost: int
    ) -> tuple[float, float]:
        """Bounds between which the price lies; outside them doubles decide who is poor."""
        order = np.argsort(ratio, kind="stable")
        sorted_ratio = ratio[order]
        units = (weight * points)[order]
        money = np.concatenate(([0.0], np.cumsum(units * sorted_ratio)[:-1]))
        rich = units[::-1].cumsum()[::-1]
        price = (cost - money) / rich
        fits = np.flatnonzero(price <= sorted_ratio)
        at = int(fits[0]) if fits.size else ratio.size - 1
        unit = EPSILON * (len(self.bought) + ratio.size + 8) * float(self.share)
        slack = 8 * unit * (1 + (units.sum() - rich[at]) / rich[at]) + 8 * EPSILON * cost
        return float(price[at] - slack), float(max(price[at], sorted_ratio[at]) + slack)

    def _exact_ratios(self, voters: Indexes, points: Floats) -> dict[Fraction, NDArray[np.intp]]:
        """Exact balance per point of each voter; voters with equal ones together."""
        place = np.full(self.market.size, -1)
        place[voters] = np.arange(voters.size)
        paid = np.zeros((voters.size, len(self.bought) + 1), dtype=np.int64)
        paid[:, -1] = points
        for column, project in enumerate(self.bought):
            rows = place[self.market.ballots[project]]
            hit = rows >= 0
            given = self.market.points[project]
            paid[rows[hit], column] = 1 if given is None else given[hit]
        patterns, member = np.unique(paid, axis=0, return_inverse=True)
        member = member.reshape(-1)
        found: dict[Fraction, list[NDArray[np.intp]]] = {}
        for number, pattern in enumerate(patterns.tolist()):
            costs = zip(pattern[:-1], self.prices, strict=True)
            spent = sum((units * price for units, price in costs if units), Fraction(0))
            ratio = (self.share - spent) / pattern[-1]
            found.setdefault(ratio, []).append(np.flatnonzero(member == number))
        return {ratio: np.concatenate(parts) for ratio, parts in found.items()}

    def _buy(self, project: int) -> None:
        solved = self._solve(project)
        if solved is None:
            raise AssertionError("a project was bought that its supporters cannot pay")
        price, poor = solved
        voters, _, points = self._live(project)
        left = self.balance[voters] - float(price) * points
        self.balance[voters] = np.maximum(left, 0.0)
        self.balance[poor] = 0.0
        self.spent[poor] = True
        self.bought.append(project)
        self.prices.append(price)
