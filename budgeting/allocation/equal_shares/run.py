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
from budgeting.allocation.vectors import inner

#: By this factor a price is above another whatever the rounding.
CLEARLY = 1 + 1e-12

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
        self.doubt = np.full(market.size, EPSILON * float(share))
        self.error = EPSILON * float(share)
        self.key = market.price.copy()
        self.key_error = market.price_error.copy()
        self.key_fall = np.zeros(self.key.size)
        self.is_full = [True] * self.key.size
        self.priced_in = [-1] * self.key.size
        self.bought: list[int] = []
        self.paid: list[float] = []
        self.ties: list[Tie] = []
        self.spending = 0
        #: Candidates that may no longer be bought beside those that were.
        self.closed: set[int] = set()
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
                    self._price(rival, to_the_end=True)
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

    def _price(self, project: int, *, to_the_end: bool = False) -> None:
        """Raise the project's price to what the present balances say.

        Out of the race if unaffordable. Stops early once another project is cheaper:
        the price is then a lower bound, to be raised further when it is next the lowest.
        """
        market = self.market
        have = self.balance.take(market.ballots[project])
        points = market.points[project]
        if self.is_full[project]:
            full = market.full_price[project]
            ratio = have if points is None else have / points
            spare = float(np.minimum.reduce(ratio)) - full
            if spare >= 0:
                self.is_full[project] = spare > self.error + 4 * EPSILON * full
                self.priced_in[project] = len(self.bought)
                return
            self.is_full[project] = False
        bar = np.inf if to_the_end else self._next_lowest(project)
        self._price_with_short_voters(project, have, bar)

    def _is_affordable(self, project: int, have: Floats) -> bool:
        """Do the supporters have the cost together? Exact where the margin is too small."""
        market, cost = self.market, self.market.cost[project]
        weight = market.weight[project]
        money = inner(weight, have)
        doubt = 2 * (market.voters[project] * self.error + market.rounding[project])
        if abs(money - cost) <= doubt:
            self._certified = 0.0
            return self.ledger().money(project) >= cost
        if self.horizon and money < cost:
            gain = inner(weight, self.rise.take(market.ballots[project]))
            if gain > 0:
                self._certify((cost - money - doubt) / gain)
        return money > cost

    def _next_lowest(self, project: int) -> float:
        """A price at which the project is clearly not the cheapest."""
        own, self.key[project] = self.key[project], np.inf
        lowest = float(np.minimum.reduce(self.key))
        self.key[project] = own
        return max(lowest, float(own)) * self.market.utility[project] * CLEARLY

    def _price_with_short_voters(self, project: int, have: Floats, bar: float) -> None:
        """Newton's method on Σ min(balance, price·points) = cost.

        The sum is concave and piecewise linear in the price, so a step from anywhere
        ends at or below the solution, and the last one has been made when the set of
        voters who pay the full price stays the same. The first step starts at `bar`:
        if it ends above, that is all one needs to know.
        """
        market, cost = self.market, self.market.cost[project]
        weight, units, points = (
            market.weight[project],
            market.units[project],
            market.points[project],
        )
        utility = market.utility[project]
        lowest = float(self.key[project]) * utility
        price = bar if bar < np.inf else lowest
        full_units = np.inf
        while True:
            most = price if points is None else price * points
            is_rich = have > most
            rich = inner(units, is_rich)
            if rich == 0 and full_units == np.inf and price > lowest:
                price = lowest
                continue
            if rich in (0.0, full_units):
                self.priced_in[project] = len(self.bought)
                break
            full_units, rich_ones = rich, is_rich
            price += (cost - inner(weight, np.minimum(have, most))) / rich
            if price > bar:
                break
        is_priced = self.priced_in[project] == len(self.bought)
        short = market.support[project] - full_units
        if (is_priced or short > full_units) and not self._is_affordable(project, have):
            self._drop(project)
            return
        if full_units == np.inf:
            self._doubt_price(project, have)
            return
        self.key[project] = price / utility
        doubt = 2 * (short * self.error + market.rounding[project]) / full_units
        self.key_error[project] = (doubt + 4 * EPSILON * price) / utility
        if self.horizon:
            rise = self.rise.take(market.ballots[project])
            rise[rich_ones] = 0.0
            self.key_fall[project] = inner(weight, rise) / full_units / utility

    def _drop(self, project: int) -> None:
        """Out of the race: bought, or never again affordable."""
        self.key[project] = np.inf
        self.key_fall[project] = 0.0

    def _doubt_price(self, project: int, have: Floats) -> None:
        """Everybody pays about all they have: leave the price to exact arithmetic."""
        points = self.market.points[project]
        most = float(np.maximum.reduce(have if points is None else have / points))
        self.key[project] = self.key_error[project] = most / self.market.utility[project]
        self.key_fall[project] = 0.0
        self._certified = 0.0

    def _simple_price(self, project: int) -> Fraction | None:
        """Exact price where every supporter pays it or surely has nothing left; else None."""
        market = self.market
        if self.is_full[project]:
            return market.price_if_nobody_is_short(project) * market.utility[project]
        voters, points = market.ballots[project], market.points[project]
        have, doubt = self.balance.take(voters), self.doubt.take(voters)
        price = float(self.key[project]) * market.utility[project]
        margin = doubt + float(self.key_error[project]) * market.utility[project] * 2
        pays = have - margin > (price if points is None else price * points)
        paying = int(inner(market.units[project], pays))
        if not paying or np.any((have + doubt)[~pays] > 0.0):
            return None
        return Fraction(market.cost[project], paying)

    def _settle(self, rivals: list[int]) -> None:
        """Decide among projects too close for doubles, exactly."""
        market = self.market
        if not all(self.is_full[q] for q in rivals):
            self._certified = 0.0
        simple = {q: self._simple_price(q) for q in rivals}
        exact: dict[int, Fraction] = {}
        for rival, price in simple.items():
            if price is None:
                price = self.ledger().price(rival)
            if price is None:
                self._drop(rival)
            else:
                exact[rival] = price / market.utility[rival]
        if not exact:
            return
        lowest = min(exact.values())
        equal = [q for q in rivals if exact.get(q) == lowest]
        if len(equal) > 1:
            self.ties.append(market.ties.tie(len(self.bought) + 1, equal))
        winner = market.ties.sorted(equal)[0]
        self.key[winner] = float(lowest)
        self._buy(winner)

    def _buy(self, project: int) -> None:
        market = self.market
        voters, points = market.ballots[project], market.points[project]
        price = float(self.key[project]) * market.utility[project]
        owed = price if points is None else price * points
        have = self.balance.take(voters)
        left = np.maximum(have - owed, 0.0)
        if self.horizon:
            self._certify_order(project)
            self._raise(project, have, left, price)
        self.balance[voters] = left
        self._account_error(project, left, owed - have)
        self._drop(project)
        self.bought.append(project)
        self.paid.append(price)
        self.spending += market.cost[project]
        self._close_rivals()
        if self.error > REFRESH * float(self.share):
            self._refresh()

    def _close_rivals(self) -> None:
        """Take out what the purchases so far exclude; the same purchases close the same."""
        if self.market.limits.is_free:
            return
        candidates = set(self.market.candidates)
        for project in self.market.limits.closed_by(self.bought):
            if project in candidates:
                self.closed.add(project)
                self._drop(project)

    def _account_error(self, project: int, left: Floats, short: Floats) -> None:
        """What the purchase adds to the error of its supporters' balances.

        A voter with nothing has exactly nothing. Those who pay their last money now
        pass their error on to the price, those who pay the price take it over.
        """
        market = self.market
        voters, units, points = (
            market.ballots[project],
            market.units[project],
            market.points[project],
        )
        doubt = self.doubt.take(voters)
        is_rich = left > doubt
        rich = inner(units, is_rich)
        if rich > 0:
            passed = inner(units, doubt) - inner(units, doubt * is_rich)
            added = (passed + market.rounding[project]) / rich + 4 * EPSILON * float(self.share)
            doubt += added if points is None else added * points
        doubt[short > doubt] = 0.0
        self.doubt[voters] = doubt
        self.error = max(self.error, float(np.maximum.reduce(doubt)))

    def _refresh(self) -> None:
        """Replace balances whose error bound has grown too far by exact ones."""
        self.balance = self.ledger().balance.copy()
        self.error = 4 * EPSILON * (len(self.bought) + 2) * float(self.share)
        self.doubt.fill(self.error)

    def _certify(self, part: float) -> None:
        """Nothing changes for shares up to `part` of the horizon above this one."""
        if part < self._certified:
            self._certified = part

    def _certify_order(self, project: int) -> None:
        """How far the others' prices may fall before one is as cheap as this.

        A rival whose price is only known from below is priced first if that bound
        would end the certificate early.
        """
        while True:
            falling = np.flatnonzero(self.key_fall > 0)
            reach = self.key[project] + self.key_error[project]
            room = self.key[falling] - self.key_error[falling] - reach
            parts = room / self.key_fall[falling]
            near = falling[parts < self._certified].tolist()
            stale = [q for q in near if self.priced_in[q] != len(self.bought)]
            if not stale:
                if near and near != [project]:
                    parts[falling == project] = np.inf
                    self._certify(float(parts.min()))
                return
            for rival in stale:
                self._price(rival, to_the_end=True)

    def _raise(self, project: int, have: Floats, left: Floats, price: float) -> None:
        """What the supporters would have left at most, were the share larger by `horizon`."""
        voters, points = self.market.ballots[project], self.market.points[project]
        least = price - float(self.key_fall[project]) * self.market.utility[project]
        owed = least if points is None else least * points
        self.rise[voters] = np.maximum(have + self.rise[voters] - owed, left) - left
