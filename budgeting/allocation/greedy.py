"""Rules that go down a list: most votes first, and money is spent until it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from budgeting.allocation.election import Election
from budgeting.allocation.limits import Limits
from budgeting.allocation.result import Amount, Loser, Result, amount, plain_number, total_cost
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import TieOrder
from budgeting.allocation.walk import Walk, go_down, reason_of, rounds_of, ties_of


def count_greedy(election: Election, rule: Rule) -> Result:
    """Any greedy rule, threshold, per cost, no-skip and part funding included."""
    ranking = Ranking(election, rule)
    walk = go_down(ranking.limits, ranking.order(), election.budget, can_stop=ranking.can_stop)
    return Result(
        rule=rule,
        winners=tuple(election.projects[p].id for p in walk.winners),
        cost=amount(total_cost(election, walk.winners), election.scale),
        budget=amount(election.budget, election.scale),
        ties=tuple(ties_of(walk, ranking.tie_order, ranking.key)),
        rounds=tuple(rounds_of(walk, ranking.numbers)),
        losers=_Losers(election, rule, ranking, walk).all(),
        voters=election.voters,
        reserve=(election.projects[walk.winners[-1]].id,) if walk.in_part else (),
        facts=ranking.limits.facts(walk.winners),
    )


def fill(election: Election, funded: Sequence[int], rule: Rule) -> Walk:
    """Utilitarian completion: by votes, whatever still fits beside the funded projects."""
    by_votes = replace(rule, method="greedy", completion="none", comparison=False)
    ranking = Ranking(election, by_votes)
    rest = [p for p in ranking.order() if p not in set(funded)]
    left = election.budget - total_cost(election, list(funded))
    return go_down(ranking.limits, rest, left, can_stop=False, funded=funded)


class Ranking:
    """Projects by score (or score per cost), equal ones by the tie rule."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election = election
        self.rule = rule
        self.tie_order = TieOrder(election, rule)
        self.can_stop = rule.method in ("greedy-no-skip", "poznan")
        self.limits = Limits(election, rule)

    def key(self, project: int) -> tuple[bool, Fraction]:
        """Larger comes first; a free project beats every price."""
        score, cost = self.election.scores[project], self.election.projects[project].cost
        if self.rule.method != "greedy-per-cost":
            return False, Fraction(score)
        return (True, Fraction(score)) if cost == 0 else (False, Fraction(score, cost))

    def is_eligible(self, project: int) -> bool:
        if not self.limits.has_enough_votes(project):
            return False
        return not (self.can_stop and self.election.is_withdrawn(project))

    def order(self) -> list[int]:
        """Eligible projects, the first in line first."""
        eligible = filter(self.is_eligible, range(len(self.election.projects)))
        return sorted(self.tie_order.sorted(eligible), key=self.key, reverse=True)

    def score_to_pass(self, project: int, other: int) -> int:
        """Fewest points with which `project` stands before `other`."""
        score, cost = self.election.scores[other], self.election.projects[project].cost
        if self.rule.method == "greedy-per-cost":
            other_cost = self.election.projects[other].cost
            needed = Fraction(score * cost, other_cost) if other_cost else Fraction(0)
        else:
            needed = Fraction(score)
        wins_tie = self.tie_order.rank[project] < self.tie_order.rank[other]
        if needed.denominator == 1 and wins_tie:
            return needed.numerator
        return int(needed // 1) + 1

    def numbers(self, project: int) -> dict[str, Amount]:
        score, points_scale = self.election.scores[project], self.election.ballots.points_scale
        return {"score": amount(score, points_scale)}


class _Losers:
    """Reasons and what would have been needed."""

    def __init__(self, election: Election, rule: Rule, ranking: Ranking, walk: Walk) -> None:
        self.election = election
        self.rule = rule
        self.ranking = ranking
        self.walk = walk
        self.place = {project: place for place, project in enumerate(walk.order)}

    def all(self) -> tuple[Loser, ...]:
        """Losers in the order of the list, those outside it after."""
        funded = set(self.walk.winners)
        everyone = range(len(self.election.projects))
        outside = [p for p in everyone if p not in self.place]
        outside.sort(key=lambda p: (-self.election.scores[p], self.ranking.tie_order.rank[p]))
        return tuple(self._loser(p) for p in [*self.walk.order, *outside] if p not in funded)

    def _loser(self, project: int) -> Loser:
        reason, numbers = self._reason(project)
        entry = self.election.projects[project]
        return Loser(
            project=entry.id,
            cost=amount(entry.cost, self.election.scale),
            reason=reason,
            numbers=numbers,
            cost_at_most=self._cost_at_most(project, reason),
            votes_more=self._votes_more(project, reason),
        )

    def _reason(self, project: int) -> tuple[str, dict[str, Amount]]:
        numbers = self.ranking.numbers(project)
        if self.election.is_withdrawn(project):
            return "withdrawn", numbers
        if not self.ranking.is_eligible(project):
            return "below_threshold", numbers | {"threshold": plain_number(self.rule.threshold)}
        reason, told = reason_of(self.walk, project, self.place[project])
        return reason, numbers | told

    def _cost_at_most(self, project: int, reason: str) -> Amount | None:
        """The money left at its turn; a cheaper project keeps its turn or comes earlier."""
        if reason not in ("not_enough_left", "over_budget", "stopped_here", "reserved"):
            return None
        place = self.place[project]
        left = self.walk.left[place]
        if self.rule.pays_in_part:
            left = int(left / self.rule.part_funding // 1)
        if project not in self.election.earmarked:
            open_left = self.ranking.limits.open_left(self.walk.funded_before(place))
            left = left if open_left is None else min(left, max(open_left, 0))
        return amount(left, self.election.scale)

    def _votes_more(self, project: int, reason: str) -> Amount | None:
        """To reach the last turn at which it would still be funded, and the threshold."""
        election, walk = self.election, self.walk
        if reason == "withdrawn":
            return None
        limit = len(walk.order) if walk.stop is None else walk.stop
        places = [place for place in range(limit + 1) if walk.would_pay(project, place)]
        if not places:
            return None
        needed = -(-self.ranking.limits.threshold // 1)
        if places[-1] < len(walk.order) and walk.order[places[-1]] != project:
            other = walk.order[places[-1]]
            needed = max(needed, self.ranking.score_to_pass(project, other))
        more = max(int(needed) - election.scores[project], 0)
        return amount(more, election.ballots.points_scale)
