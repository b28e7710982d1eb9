"""The Method of Equal Shares with its completions, and why each project lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from budgeting.allocation.election import Election
from budgeting.allocation.equal_shares.market import Market
from budgeting.allocation.equal_shares.run import Run
from budgeting.allocation.greedy import count_greedy, fill
from budgeting.allocation.limits import RESERVED
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
from budgeting.allocation.rule import FILLING, Rule
from budgeting.allocation.vectors import inner
from budgeting.allocation.walk import limit_numbers

__all__ = ["Increments", "count_equal_shares", "increase_shares"]


@dataclass(frozen=True)
class Increments:
    """How Add1 ended: the last run within budget, increments made, runs computed."""

    run: Run
    increments: int
    runs: int


def starting_share(election: Election, rule: Rule) -> Fraction:
    """B/n, or the whole currency units in it, in units of 1/scale."""
    if not election.voters:
        return Fraction(0)
    share = Fraction(election.budget, election.voters)
    if rule.start == "floor":
        share = Fraction(share // election.scale * election.scale)
    return share


def increase_shares(market: Market, rule: Rule, share: Fraction) -> Increments:
    """Add1: raise every share by `step` while the outcome stays within the budget.

    Spending is not monotone in the share, so no increment may be left out; but a run
    certifies the shares for which it stays as it is, and those need not be computed.
    """
    election = market.election
    step = rule.step * election.scale
    reach = _Reach(float(step))
    run = Run(market, share, reach.horizon).buy_all(election.budget)
    done, runs = 0, 1
    while not _is_finished(market, run, rule):
        jump = reach.steps(run)
        following = Run(market, share + (done + jump) * step, reach.horizon)
        following.buy_all(election.budget)
        runs += 1
        if following.spending > election.budget:
            done += jump - 1
            break
        done += jump
        run = following
    return Increments(Run(market, share + done * step).buy_all(), done, runs + 1)


class _Reach:
    """How far ahead runs look: further where that succeeds, for a while not at all where
    it keeps failing (looking ahead makes a run half as long again)."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.horizon = self._wanted = 8 * step
        self._failures = 0
        self._pause = 0

    def steps(self, run: Run) -> int:
        """Increments to the first share that `run` does not answer for."""
        jump = int(run.valid / self.step) + 1
        if run.horizon:
            self._failures = self._failures + 1 if jump == 1 else 0
            if run.valid >= 0.99 * run.horizon:
                self._wanted = 2 * run.horizon
            elif run.valid < 0.25 * run.horizon:
                self._wanted = max(run.horizon / 2, 4 * self.step)
            self._pause = min(2 ** (self._failures - 3), 16) if self._failures > 3 else 0
        else:
            self._pause -= 1
        self.horizon = 0.0 if self._pause else self._wanted
        return jump


def _is_finished(market: Market, run: Run, rule: Rule) -> bool:
    """Everything that can be bought is bought; or nothing more fits, if that ends it."""
    if len(run.bought) + len(run.closed) == len(market.candidates):
        return True
    if rule.stop == "overspend":
        return False
    left = market.election.budget - run.spending
    rest = set(range(len(market.cost))) - set(run.bought) - run.closed
    return not any(market.cost[p] <= left for p in rest)


def count_equal_shares(election: Election, rule: Rule) -> Result:
    """Equal Shares as the rule says: satisfaction, completion, comparison."""
    market = Market(election, rule)
    share = starting_share(election, rule)
    facts: dict[str, Any] = {}
    if rule.completion in ("add1", "add1u"):
        increased = increase_shares(market, rule, share)
        run = increased.run
        facts["increments"] = increased.increments
    else:
        run = Run(market, share).buy_all()
    filled = fill(election, run.bought, rule) if rule.completion in FILLING else None
    facts["share"] = amount(run.share, election.scale)
    winners = [*run.bought, *(filled.winners if filled else [])]
    facts |= market.limits.facts(winners)
    result = _result(election, rule, run, winners, facts)
    if filled and filled.in_part:
        result = replace(result, reserve=result.winners[-1:])
    return _compared(election, rule, market, winners, result) if rule.comparison else result


def _result(
    election: Election, rule: Rule, run: Run, winners: list[int], facts: dict[str, Any]
) -> Result:
    return Result(
        rule=rule,
        winners=tuple(election.projects[p].id for p in winners),
        cost=amount(total_cost(election, winners), election.scale),
        budget=amount(election.budget, election.scale),
        ties=tuple(run.ties),
        rounds=tuple(_rounds(election, run, winners)),
        losers=tuple(_losers(election, run, winners)),
        voters=election.voters,
        facts=facts,
    )


def _rounds(election: Election, run: Run, winners: list[int]) -> list[Round]:
    """Price: the most one supporter paid (for a point); effective votes: cost / price."""
    rounds = []
    left = election.budget
    for number, project in enumerate(winners, start=1):
        cost = election.projects[project].cost
        missing, left = max(cost - left, 0), max(left - cost, 0)
        numbers: dict[str, Amount] = {
            "score": amount(election.scores[project], election.ballots.points_scale)
        }
        if number <= len(run.bought):
            price = run.paid[number - 1]
            per_point = price * election.ballots.points_scale
            numbers["price"] = rounded(per_point, election.scale)
            if price > 0:
                numbers["effective_votes"] = rounded(cost / per_point, 1)
        else:
            numbers["completion"] = "votes"
            if missing:
                numbers["from_reserve"] = amount(missing, election.scale)
        entry = election.projects[project].id
        money = amount(cost, election.scale), amount(left, election.scale)
        rounds.append(Round(number, entry, *money, numbers))
    return rounds


def _losers(election: Election, run: Run, winners: list[int]) -> list[Loser]:
    """Losers by what their supporters still have, as a part of the cost."""
    market, scale = run.market, election.scale
    left = max(election.budget - total_cost(election, winners), 0)
    found = []
    for project in sorted(set(range(len(market.cost))) - set(winners)):
        cost, supported = market.cost[project], market.support[project]
        money = inner(market.weight[project], run.balance.take(market.ballots[project]))
        numbers: dict[str, Amount] = {
            "score": amount(election.scores[project], election.ballots.points_scale)
        }
        at_most: Amount | None = None
        refusal = market.limits.refusal(project, winners)
        if election.is_withdrawn(project):
            reason = "withdrawn"
        elif not supported:
            reason = "no_supporters"
        elif not market.limits.has_enough_votes(project):
            reason = "below_threshold"
            numbers["threshold"] = plain_number(market.limits.rule.threshold)
        elif refusal and (refusal != RESERVED or cost <= left):
            reason = refusal
            numbers |= limit_numbers(market.limits, project, winners)
        elif cost > election.budget:
            reason = "over_budget"
            numbers |= {"needed": amount(cost, scale), "left": amount(election.budget, scale)}
        elif project not in market.candidates:
            reason = "no_utility"
        else:
            reason = "supporters_money"
            numbers |= {"needed": amount(cost, scale), "supporters_have": rounded(money, scale)}
            numbers["left"] = amount(left, scale)
        if reason in ("supporters_money", "over_budget"):
            safe = money - 2 * run.error * market.voters[project]
            at_most = amount(max(int(np.floor(safe)), 0), scale)
        entry = election.projects[project].id
        found.append(
            (
                -money / cost if cost else 0.0,
                project,
                Loser(entry, amount(cost, scale), reason, numbers, at_most),
            )
        )
    return [loser for _, _, loser in sorted(found, key=lambda item: item[:2])]


def _compared(
    election: Election, rule: Rule, market: Market, winners: list[int], result: Result
) -> Result:
    """Keep the outcome unless more voters have a higher utility from the greedy one."""
    greedy_rule = replace(rule, method="greedy", completion="none", comparison=False)
    greedy = count_greedy(election, greedy_rule)
    rival = [election.index[project] for project in greedy.winners]
    ours, theirs = _utilities(market, winners), _utilities(market, rival)
    many = election.ballots.multiplicity
    facts = {
        **result.facts,
        "prefer_equal_shares": int(many[ours > theirs].sum()),
        "prefer_greedy": int(many[theirs > ours].sum()),
        "outcome": "equal-shares",
    }
    if facts["prefer_greedy"] <= facts["prefer_equal_shares"]:
        return replace(result, facts=facts)
    return replace(greedy, rule=rule, facts={**facts, "outcome": "greedy"})


def _utilities(market: Market, projects: list[int]) -> np.ndarray[Any, Any]:
    """Exact utility of a set of projects to each distinct ballot."""
    kind: Any = np.int64 if sum(market.cost) < 2**60 else object
    total = np.zeros(market.size, dtype=kind)
    for project in projects:
        points = market.points[project]
        worth = 1 if points is None else points.astype(np.int64)
        total[market.ballots[project]] += worth * market.utility[project]
    return total
