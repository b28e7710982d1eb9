"""One run of the Method of Equal Shares (Peters, Pierczyński, Skowron, NeurIPS 2021).

Every voter starts with the same share. The project bought next is the one with the
lowest price per utility at which its supporters can pay its cost, each paying at
most the price and those with less paying all they have.

Doubles do the work, with a bound on their error. A decision (who is cheapest, can
the supporters pay) that the bound does not certify is taken again with exact
fractions. Prices only rise during a run, so a project is priced anew only when its
last price makes it the cheapest.

A run can also say how far it stays valid: for every share in [share, share + valid]
the same projects are bought in the same order. With more money balances rise and
prices fall, and each balance and price is followed as a value now and a bound on its
change when the share rises by `horizon`; prices are convex in the share, balances
lie below their chord, so linear interpolation bounds both.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from budgeting.allocation.ballots import Floats
from budgeting.allocation.equal_shares.ledger import Ledger
from budgeting.allocation.equal_shares.market import EPSILON, Market
from budgeting.allocation.ties import Tie

#: Balances are recomputed exactly when their error may exceed this part of the share.
REFRESH = 1e-8


class Run:
    """The state of a run, and after `buy_all` its outcome.

    `bought` and `paid` (price per point) are in order of purchase. `valid` is in the
    same unit as `share` (1/scale of the currency).
    """

    def __init__(self, market: Market, share: Fraction, horizon: float = 0.0) -> None:
        self.market = market
        self.share = share
        self.horizon = horizon
        self.balance = np.full(market.size, float(share))
        self.rise = np.full(market.size, horizon)
        self.error = EPSILON * float(share)
        self.key = market.price.copy()
        self.key_error = 4 * EPSILON * np.where(np.isfinite(self.key), self.key, 0.0)
        self.key_fall = np.zeros(self.key.size)
        self.is_full = np.ones(self.key.size, dtype=np.bool_)
        self.priced_in = [-1] * self.key.size
        self.bought: list[int] = []
        self.paid: list[float] = []
        self.ties: list[Tie] = []
        self.spending = 0
        self._certified = 1.0 if horizon else 0.0
        self._ledger: Ledger | None = None

    @property
    def valid(self) -> float:
        """How much larger the share may be without any change in what is bought."""
        return max(self._certified, 0.0) * self.horizon * (1 - 1e-9)

    def buy_all(self, limit: int | None = None) -> Run:
        """Buy until nothing is affordable, or until spending exceeds `limit`."""
        while limit is None or self.spending <= limit:
            project = int(self.key.argmin())
            if self.key[project] == np.inf:
                break
            if self.priced_in[project] != len(self.bought):
                self._price(project)
                continue
            rivals = self._rivals(project)
            stale = [q for q in rivals if self.priced_in[q] != len(self.bought)]
            if stale:
                for rival in stale:
                    self._price(rival)
            elif len(rivals) == 1:
                self._buy(project)
            else:
                self._settle(rivals)
        return self

    def ledger(self) -> Ledger:
        """The exact books of this run, up to date."""
        if self._ledger is None:
            self._ledger = Ledger(self.market, self.share)
        self._ledger.catch_up(self.bought)
        return self._ledger

    def _rivals(self, project: int) -> list[int]:
        """Projects that could be as cheap as the cheapest, within the error bounds."""
        reach = self.key[project] + self.key_error[project]
        found: list[int] = np.flatnonzero(self.key - self.key_error <= reach).tolist()
        return found

    def _price(self, project: int) -> None:
        """Price the project at the present balances; out of the race if unaffordable."""
        market = self.market
        self.priced_in[project] = len(self.bought)
        have = self.balance[market.ballots[project]]
        points = market.points[project]
        utility = market.utility[project]
        full = float(market.price[project]) * utility
        spare = float((have if points is None else have / points).min()) - full
        if spare >= 0:
            self.is_full[project] = spare > self.error + 4 * EPSILON * full
            return
        self.is_full[project] = False
        if not self._is_affordable(project, have):
            self.key[project] = np.inf
            return
        self._price_with_short_voters(project, have)

    def _is_affordable(self, project: int, have: Floats) -> bool:
        """Do the supporters have the cost together? Exact where the margin is too small."""
        market, cost = self.market, self.market.cost[project]
        weight = market.weight[project]
        money = float(weight @ have)
        doubt = 2 * (float(weight.sum()) * self.error + market.rounding[project] * cost)
        if abs(money - cost) <= doubt:
            self._certified = 0.0
            return self.ledger().money(project) >= cost
        if self.horizon and money < cost:
            gain = float(weight @ self.rise[market.ballots[project]])
            if gain > 0:
                self._certify((cost - money - doubt) / gain)
        return money > cost

    def _price_with_short_voters(self, project: int, have: Floats) -> None:
        """Newton's method from below on Σ min(balance, price·points) = cost.

        The sum is concave and piecewise linear in the price, so the iteration rises
        and ends when the set of voters who pay the full price no longer shrinks.
        """
        market, cost = self.market, self.market.cost[project]
        weight, points = market.weight[project], market.points[project]
        units = weight if points is None else weight * points
        price = float(self.key[project]) * market.utility[project]
        full_units = float("inf")
        while True:
            most = price if points is None else price * points
            rich = have > most
            rich_units = float(units @ rich)
            if rich_units == 0 or rich_units >= full_units:
                break
            full_units = rich_units
            price += (cost - float(weight @ np.minimum(have, most))) / rich_units
        utility = market.utility[project]
        self.key[project] = price / utility
        doubt = self._price_error(project, float(units.sum()), full_units, price)
        self.key_error[project] = doubt / utility
        if self.horizon:
            rise = self.rise[market.ballots[project]]
            fall = float(weight @ np.where(rich, 0.0, rise)) / full_units
            self.key_fall[project] = fall / utility

    def _price_error(self, project: int, units: float, rich: float, price: float) -> float:
        """Bound on the error of a price paid in full for `rich` of `units` points."""
        rounding = self.market.rounding[project] * self.market.cost[project]
        return 2 * ((units - rich) * self.error + rounding) / rich + 4 * EPSILON * price

    def _settle(self, rivals: list[int]) -> None:
        """Decide among projects too close for doubles, exactly."""
        market = self.market
        if all(self.is_full[q] for q in rivals):
            exact = {q: market.price_if_nobody_is_short(q) for q in rivals}
        else:
            self._certified = 0.0
            ledger = self.ledger()
            prices = {q: ledger.price(q) for q in rivals}
            exact = {q: x / market.utility[q] for q, x in prices.items() if x is not None}
        lowest = min(exact.values())
        equal = [q for q in rivals if exact.get(q) == lowest]
        if len(equal) > 1:
            self.ties.append(market.ties.tie(len(self.bought) + 1, equal))
        winner = market.ties.sorted(equal)[0]
        self.key[winner] = float(lowest)
        self._buy(winner)

    def _buy(self, project: int) -> None:
        market = self.market
        voters, weight = market.ballots[project], market.weight[project]
        points = market.points[project]
        price = float(self.key[project]) * market.utility[project]
        owed = price if points is None else price * points
        have = self.balance[voters]
        left = np.maximum(have - owed, 0.0)
        if self.horizon:
            self._certify_order(project)
            self._raise(project, have, left, price)
        self.balance[voters] = left
        self._account_error(project, have, left, weight, price)
        self.key[project] = np.inf
        self.bought.append(project)
        self.paid.append(price)
        self.spending += market.cost[project]
        if self.error > REFRESH * float(self.share):
            self.balance = self.ledger().balance.copy()
            self.error = 4 * EPSILON * (len(self.bought) + 2) * float(self.share)

    def _account_error(
        self, project: int, have: Floats, left: Floats, weight: Floats, price: float
    ) -> None:
        """What the purchase adds to the error of balances.

        Voters with nothing have exactly nothing, so only those who paid their last
        money now pass their error on to the price.
        """
        points = self.market.points[project]
        units = weight if points is None else weight * points
        short = (left <= 0.0) & (have > 0.0)
        rich = float(units @ (left > 0.0))
        added = 4 * EPSILON * float(self.share)
        if rich > 0:
            passed = float(units @ short) * self.error
            rounding = self.market.rounding[project] * self.market.cost[project]
            most = 1.0 if points is None else float(points.max())
            added += 2 * most * ((passed + rounding) / rich + 2 * EPSILON * price)
        self.error += added

    def _certify(self, part: float) -> None:
        """Nothing changes for shares up to `part` of the horizon above this one."""
        if part < self._certified:
            self._certified = part

    def _certify_order(self, project: int) -> None:
        """How far the others' prices may fall before one is as cheap as this."""
        falling = self.key_fall > 0
        falling[project] = False
        falling &= np.isfinite(self.key)
        if falling.any():
            reach = self.key[project] + self.key_error[project]
            room = self.key[falling] - self.key_error[falling] - reach
            self._certify(float((room / self.key_fall[falling]).min()))

    def _raise(self, project: int, have: Floats, left: Floats, price: float) -> None:
        """What the supporters would have left at most, were the share larger by `horizon`."""
        voters, points = self.market.ballots[project], self.market.points[project]
        least = price - float(self.key_fall[project]) * self.market.utility[project]
        owed = least if points is None else least * points
        self.rise[voters] = np.maximum(have + self.rise[voters] - owed, left) - left
