"""Sequential Phragmén for participatory budgeting (Brill et al., 2017; Los et al., 2022).

All voters earn money at the same pace. As soon as the supporters of a project hold
its cost together it is bought and they start again from nothing. The count ends
when a project that would now be bought no longer fits in the budget.

The moment a voter last paid is one of the moments of purchase, so the moment at
which a project can be bought is (cost + Σ payers × moment) / supporters: doubles
order the projects, exact fractions of those integers settle what is too close.
Ballots with points count as approval of the projects they give points to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from budgeting.allocation.ballots import Integers
from budgeting.allocation.election import Election
from budgeting.allocation.limits import Limits
from budgeting.allocation.money import rounded
from budgeting.allocation.result import (
    Amount,
    Loser,
    Result,
    Round,
    amount,
    plain_number,
    total_cost,
)
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import Tie, TieOrder
from budgeting.allocation.vectors import inner
from budgeting.allocation.walk import limit_numbers

EPSILON = 2.3e-16


@dataclass
class Outcome:
    """What was bought, when, and the projects at which the count stopped."""

    bought: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)
    in_part: bool = False


class _Clock:
    """Moments at which projects can be bought, recomputed only when they may be next."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election = election
        self.ties = TieOrder(election, rule)
        self.limits = Limits(election, rule)
        self.ballots = [supporters.ballots for supporters in election.supporters]
        self.weight = [supporters.weight for supporters in election.supporters]
        self.voters = [int(weight.sum()) for weight in self.weight]
        self.cost = [project.cost for project in election.projects]
        size = int(election.ballots.multiplicity.size)
        self.load = np.zeros(size)
        self.paid_in = np.zeros(size, dtype=np.int64)
        self.moment = np.full(len(self.cost), np.inf)
        for p, cost in enumerate(self.cost):
            if cost <= election.budget and (self.voters[p] or not cost) and self._is_for_sale(p):
                self.moment[p] = cost / self.voters[p] if cost else 0.0
        self.priced_in = [-1] * len(self.cost)
        self.error = 0.0
        self.exact: list[Fraction] = [Fraction(0)]
        self._entries: list[tuple[int, Integers]] = []
        self.outcome = Outcome()

    def run(self) -> Outcome:
        left = self.election.budget
        while True:
            rivals = self._rivals()
            if not rivals:
                return self.outcome
            equal = self._earliest(rivals) if len(rivals) > 1 else rivals
            too_dear = [p for p in equal if self.cost[p] > left]
            if too_dear:
                self._stop(too_dear, left)
                return self.outcome
            if len(equal) > 1:
                self.outcome.ties.append(self.ties.tie(len(self.outcome.bought) + 1, equal))
            winner = self.ties.sorted(equal)[0]
            left -= self.cost[winner]
            self._buy(winner)

    def _is_for_sale(self, project: int) -> bool:
        return self.limits.has_enough_votes(project) and not self.limits.refusal(project, ())

    def _stop(self, too_dear: list[int], left: int) -> None:
        """The end, or one more project that is paid in part."""
        self.outcome.stopped = too_dear
        last = self.ties.sorted(too_dear)[0]
        if (
            self.limits.rule.pays_in_part
            and left >= self.limits.rule.share_needed * self.cost[last]
        ):
            self.outcome.stopped = [p for p in too_dear if p != last]
            self.outcome.in_part = True
            self._buy(last)

    def _rivals(self) -> list[int]:
        """Projects that could be next, all of them with their present moment."""
        now = len(self.outcome.bought)
        while True:
            first = int(self.moment.argmin())
            if self.moment[first] == np.inf:
                return []
            if self.priced_in[first] != now:
                self._price(first)
                continue
            reach = self.moment[first] * (1 + 8 * EPSILON) + 2 * self.error
            rivals: list[int] = np.flatnonzero(self.moment <= reach).tolist()
            stale = [p for p in rivals if self.priced_in[p] != now]
            if not stale:
                return rivals
            for p in stale:
                self._price(p)

    def _price(self, project: int) -> None:
        self.priced_in[project] = len(self.outcome.bought)
        if self.voters[project]:
            loads = self.load.take(self.ballots[project])
            owed = self.cost[project] + inner(self.weight[project], loads)
            self.moment[project] = owed / self.voters[project]

    def _earliest(self, rivals: list[int]) -> list[int]:
        """Among projects too close for doubles those that are exactly first."""
        self._catch_up()
        exact = {p: self._exact_moment(p, self._payers(p)) for p in rivals}
        first = min(exact.values())
        return [p for p in rivals if exact[p] == first]

    def _payers(self, project: int) -> Integers:
        """How many supporters last paid in each round (0: never)."""
        rounds = self.paid_in[self.ballots[project]]
        counts = np.bincount(rounds, weights=self.weight[project])
        return counts.astype(np.int64)

    def _exact_moment(self, project: int, payers: Integers) -> Fraction:
        if not self.voters[project]:
            return Fraction(0)
        owed = Fraction(self.cost[project])
        for number in np.flatnonzero(payers).tolist():
            owed += int(payers[number]) * self.exact[number]
        return owed / self.voters[project]

    def _catch_up(self) -> None:
        """Exact moments of the purchases so far; only needed when something is close."""
        for project, payers in self._entries[len(self.exact) - 1 :]:
            self.exact.append(self._exact_moment(project, payers))

    def _buy(self, project: int) -> None:
        moment = float(self.moment[project])
        self._entries.append((project, self._payers(project)))
        voters = self.ballots[project]
        self.outcome.bought.append(project)
        self.outcome.moments.append(moment)
        self.load[voters] = moment
        self.paid_in[voters] = len(self.outcome.bought)
        self.moment[project] = np.inf
        for closed in self.limits.closed_by(self.outcome.bought):
            self.moment[closed] = np.inf
        # A moment is an average of loads plus rounding: errors add up, they do not grow.
        self.error += 2 * EPSILON * (voters.size + 8) * moment


def count_phragmen(election: Election, rule: Rule) -> Result:
    """Sequential Phragmén, stopping at the first project that would overspend."""
    clock = _Clock(election, rule)
    outcome = clock.run()
    winners = tuple(election.projects[p].id for p in outcome.bought)
    return Result(
        rule=rule,
        winners=winners,
        cost=amount(total_cost(election, outcome.bought), election.scale),
        budget=amount(election.budget, election.scale),
        ties=tuple(outcome.ties),
        rounds=tuple(_rounds(election, outcome)),
        losers=tuple(_losers(election, clock)),
        voters=election.voters,
        reserve=winners[-1:] if outcome.in_part else (),
        facts=clock.limits.facts(outcome.bought),
    )


def _rounds(election: Election, outcome: Outcome) -> list[Round]:
    """`moment`: money every voter had earned by then."""
    rounds = []
    left = election.budget
    bought = zip(outcome.bought, outcome.moments, strict=True)
    for number, (project, moment) in enumerate(bought, start=1):
        cost = election.projects[project].cost
        missing, left = max(cost - left, 0), max(left - cost, 0)
        numbers: dict[str, Amount] = {
            "score": amount(election.scores[project], election.ballots.points_scale),
            "moment": rounded(moment, election.scale),
        }
        if missing:
            numbers["from_reserve"] = amount(missing, election.scale)
        entry = election.projects[project].id
        money = amount(cost, election.scale), amount(left, election.scale)
        rounds.append(Round(number, entry, *money, numbers))
    return rounds


def _losers(election: Election, clock: _Clock) -> list[Loser]:
    """Losers, the one that would have been bought next first."""
    outcome, scale = clock.outcome, election.scale
    left = max(election.budget - total_cost(election, outcome.bought), 0)
    lost = sorted(set(range(len(clock.cost))) - set(outcome.bought))
    ends = outcome.stopped or outcome.bought[-1:]
    stopped_at = election.projects[ends[0]].id if ends else ""
    found = []
    for project in sorted(lost, key=lambda p: (clock.moment[p], clock.ties.rank[p])):
        cost = clock.cost[project]
        numbers: dict[str, Amount] = {
            "score": amount(election.scores[project], election.ballots.points_scale)
        }
        if election.is_withdrawn(project):
            reason = "withdrawn"
        elif not clock.voters[project]:
            reason = "no_supporters"
        elif not clock.limits.has_enough_votes(project):
            reason = "below_threshold"
            numbers["threshold"] = plain_number(clock.limits.rule.threshold)
        elif refusal := clock.limits.refusal(project, outcome.bought):
            reason = refusal
            numbers |= limit_numbers(clock.limits, project, outcome.bought)
        elif cost > election.budget:
            reason = "over_budget"
            numbers |= {"needed": amount(cost, scale), "left": amount(election.budget, scale)}
        elif project in outcome.stopped:
            reason = "stopped_here"
            numbers |= {"needed": amount(cost, scale), "left": amount(left, scale)}
        else:
            reason = "after_stop"
            numbers["stopped_at"] = stopped_at
        entry = election.projects[project].id
        found.append(Loser(entry, amount(cost, scale), reason, numbers))
    return found
