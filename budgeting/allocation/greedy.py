"""Rules that go down a list: most votes first, and money is spent until it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from budgeting.allocation.election import Election
from budgeting.allocation.money import plain
from budgeting.allocation.result import Amount, Loser, Result, Round, amount, total_cost
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import Tie, TieOrder


@dataclass
class Walk:
    """Going down the list: `left[i]` is the money before the i-th project of `order`."""

    order: list[int]
    left: list[int]
    winners: list[int] = field(default_factory=list)
    stop: int | None = None
    in_part: bool = False


def count_greedy(election: Election, rule: Rule) -> Result:
    """Any greedy rule, threshold, per cost, no-skip and Poznań's part funding included."""
    ranking = Ranking(election, rule)
    walk = _walk(election, rule, ranking.order(), election.budget, can_stop=ranking.can_stop)
    losers = _Losers(election, rule, ranking, walk)
    return Result(
        rule=rule,
        winners=tuple(election.projects[p].id for p in walk.winners),
        cost=amount(total_cost(election, walk.winners), election.scale),
        budget=amount(election.budget, election.scale),
        ties=tuple(ranking.ties(walk)),
        rounds=tuple(_rounds(election, walk)),
        losers=losers.all(),
        voters=election.voters,
        reserve=(election.projects[walk.winners[-1]].id,) if walk.in_part else (),
    )


def fill(election: Election, funded: Sequence[int], rule: Rule) -> list[int]:
    """Utilitarian completion: by votes, whatever still fits beside the funded projects."""
    ranking = Ranking(election, Rule("greedy", ties=rule.ties, lot_seed=rule.lot_seed))
    rest = [p for p in ranking.order() if p not in set(funded)]
    left = election.budget - total_cost(election, list(funded))
    return _walk(election, rule, rest, left, can_stop=False).winners


class Ranking:
    """Projects by score (or score per cost), equal ones by the tie rule."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election = election
        self.rule = rule
        self.tie_order = TieOrder(election, rule)
        self.can_stop = rule.method in ("greedy-no-skip", "poznan")
        self.threshold = (rule.threshold or Fraction(0)) * election.ballots.points_scale

    def key(self, project: int) -> tuple[bool, Fraction]:
        """Larger comes first; a free project beats every price."""
        score, cost = self.election.scores[project], self.election.projects[project].cost
        if self.rule.method != "greedy-per-cost":
            return False, Fraction(score)
        return (True, Fraction(score)) if cost == 0 else (False, Fraction(score, cost))

    def is_eligible(self, project: int) -> bool:
        if self.rule.threshold is not None and self.election.scores[project] < self.threshold:
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

    def ties(self, walk: Walk) -> list[Tie]:
        """Equal projects of which some were funded and others not, or in another order."""
        found = []
        for _, group in groupby(walk.order[: self._reached(walk)], key=self.key):
            tied = list(group)
            if len(tied) > 1 and any(project in walk.winners for project in tied):
                first = min(walk.winners.index(p) for p in tied if p in walk.winners)
                found.append(self.tie_order.tie(first + 1, tied))
        return found

    def _reached(self, walk: Walk) -> int:
        """How much of the list the count looked at, with everything equal to its end."""
        if walk.stop is None:
            return len(walk.order)
        end = walk.stop + 1
        while end < len(walk.order) and self.key(walk.order[end]) == self.key(walk.order[end - 1]):
            end += 1
        return end


def _walk(election: Election, rule: Rule, order: list[int], left: int, *, can_stop: bool) -> Walk:
    walk = Walk(order=order, left=[])
    for place, project in enumerate(order):
        walk.left.append(left)
        cost = election.projects[project].cost
        if cost <= left:
            walk.winners.append(project)
            left -= cost
        elif can_stop and walk.stop is None:
            walk.stop = place
            if rule.method == "poznan" and left >= rule.part_funding * cost:
                walk.winners.append(project)
                walk.in_part = True
                left = 0
            walk.left.extend([left] * (len(order) - place - 1))
            break
    walk.left.append(left)
    return walk


def _rounds(election: Election, walk: Walk) -> list[Round]:
    rounds = []
    left = election.budget
    scale, points_scale = election.scale, election.ballots.points_scale
    for number, project in enumerate(walk.winners, start=1):
        cost = election.projects[project].cost
        numbers: dict[str, Amount] = {"score": amount(election.scores[project], points_scale)}
        if cost > left:
            numbers["from_reserve"] = amount(cost - left, scale)
        left = max(left - cost, 0)
        project_id = election.projects[project].id
        rounds.append(Round(number, project_id, amount(cost, scale), amount(left, scale), numbers))
    return rounds


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
        election, scale = self.election, self.election.scale
        cost, points_scale = election.projects[project].cost, election.ballots.points_scale
        numbers: dict[str, Amount] = {"score": amount(election.scores[project], points_scale)}
        if election.is_withdrawn(project):
            return "withdrawn", numbers
        if not self.ranking.is_eligible(project):
            numbers["threshold"] = plain_number(self.rule.threshold)
            return "below_threshold", numbers
        place = self.place[project]
        left = self.walk.left[place]
        numbers |= {"place": place + 1, "needed": amount(cost, scale), "left": amount(left, scale)}
        stop = self.walk.stop
        if stop is not None and place > stop:
            numbers["stopped_at"] = election.projects[self.walk.order[stop]].id
            return "after_stop", numbers
        if stop is not None:
            if self.rule.method == "poznan":
                numbers["needed"] = amount(self.rule.part_funding * cost, scale)
            return "stopped_here", numbers
        return ("over_budget" if cost > election.budget else "not_enough_left"), numbers

    def _cost_at_most(self, project: int, reason: str) -> Amount | None:
        """The money left at its turn; a cheaper project keeps its turn or comes earlier."""
        if reason not in ("not_enough_left", "over_budget", "stopped_here"):
            return None
        left = Fraction(self.walk.left[self.place[project]])
        if self.rule.method == "poznan":
            left = Fraction(left / self.rule.part_funding // 1)
        return amount(left, self.election.scale)

    def _votes_more(self, project: int, reason: str) -> Amount | None:
        """To reach the last turn at which its cost is still there, and the threshold."""
        election, walk = self.election, self.walk
        cost = election.projects[project].cost
        if reason == "withdrawn":
            return None
        limit = len(walk.order) if walk.stop is None else walk.stop
        places = [i for i in range(limit + 1) if self._enough(walk.left[i], cost, i)]
        if not places:
            return None
        needed = -(-self.ranking.threshold // 1)
        if places[-1] < len(walk.order) and walk.order[places[-1]] != project:
            other = walk.order[places[-1]]
            needed = max(needed, self.ranking.score_to_pass(project, other))
        more = max(int(needed) - election.scores[project], 0)
        return amount(more, election.ballots.points_scale)

    def _enough(self, left: int, cost: int, place: int) -> bool:
        """Poznań's part funding ends the count, so it helps at any turn up to the stop."""
        share = self.rule.part_funding if self.rule.method == "poznan" else 1
        return left >= share * cost


def plain_number(value: Fraction | None) -> Amount:
    """A number of votes or points for JSON."""
    if value is None:
        return 0
    return value.numerator if value.denominator == 1 else plain(value)
