"""Going down a list of projects and spending until the money is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from budgeting.allocation.limits import RESERVED, Limits
from budgeting.allocation.result import Amount, Round, amount
from budgeting.allocation.ties import Tie, TieOrder


@dataclass
class Walk:
    """`left[i]` is the money before the i-th project of `order`, `before[i]` the number of
    winners; `stop` is where the list ended early, `in_part` that its last winner is paid in part.
    """

    limits: Limits
    order: list[int]
    funded: tuple[int, ...] = ()
    left: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    winners: list[int] = field(default_factory=list)
    stop: int | None = None
    in_part: bool = False

    def funded_before(self, place: int) -> list[int]:
        """What is funded when the turn of this place comes."""
        return [*self.funded, *self.winners[: self.before[place]]]

    def refusal_at(self, project: int, place: int) -> str | None:
        return self.limits.refusal(project, self.funded_before(place))

    def would_pay(self, project: int, place: int) -> bool:
        """Had the project its turn at this place, it would be funded, wholly or in part."""
        cost, left = self.limits.cost[project], self.left[place]
        enough = left >= self.limits.rule.share_needed * cost
        return enough and self.refusal_at(project, place) is None


def go_down(
    limits: Limits, order: list[int], left: int, *, can_stop: bool, funded: Sequence[int] = ()
) -> Walk:
    """Fund in order what fits and may be funded. `can_stop`: end at the first that does not fit."""
    walk = Walk(limits, order, tuple(funded))
    for place, project in enumerate(order):
        walk.left.append(left)
        walk.before.append(len(walk.winners))
        if walk.refusal_at(project, place):
            continue
        cost = limits.cost[project]
        if cost <= left:
            walk.winners.append(project)
            left -= cost
        elif walk.would_pay(project, place):
            walk.winners.append(project)
            walk.in_part, walk.stop, left = True, place, 0
        elif can_stop:
            walk.stop = place
        if walk.stop is not None:
            break
    missing = len(order) + 1 - len(walk.left)
    walk.left.extend([left] * missing)
    walk.before.extend([len(walk.winners)] * missing)
    return walk


def ties_of(walk: Walk, ties: TieOrder, key: Callable[[int], Any]) -> Iterator[Tie]:
    """Equal projects of which some were funded and others not, or in another order."""
    for _, group in groupby(walk.order[: _reached(walk, key)], key=key):
        tied = list(group)
        if len(tied) > 1 and any(project in walk.winners for project in tied):
            first = min(walk.winners.index(p) for p in tied if p in walk.winners)
            yield ties.tie(first + 1, tied)


def _reached(walk: Walk, key: Callable[[int], Any]) -> int:
    """How much of the list the count looked at, with everything equal to its end."""
    if walk.stop is None:
        return len(walk.order)
    end = walk.stop + 1
    while end < len(walk.order) and key(walk.order[end]) == key(walk.order[end - 1]):
        end += 1
    return end


def reason_of(walk: Walk, project: int, place: int) -> tuple[str, dict[str, Amount]]:
    """Why a project of the list was not funded, with the numbers of that reason."""
    election, scale = walk.limits.election, walk.limits.election.scale
    cost, left = walk.limits.cost[project], walk.left[place]
    numbers: dict[str, Amount] = {
        "place": place + 1,
        "needed": amount(cost, scale),
        "left": amount(left, scale),
    }
    stop = walk.stop
    if stop is not None and place > stop:
        numbers["stopped_at"] = election.projects[walk.order[stop]].id
        return "after_stop", numbers
    refusal = walk.refusal_at(project, place)
    if refusal == RESERVED and left <= (walk.limits.open_left(walk.funded_before(place)) or 0):
        refusal = None  # Less is left than is open to it: the kept money is not what it lacks.
    if refusal:
        return refusal, numbers | limit_numbers(walk.limits, project, walk.funded_before(place))
    if stop is not None and place == stop:
        numbers["needed"] = amount(walk.limits.rule.share_needed * cost, scale)
        return "stopped_here", numbers
    return ("over_budget" if cost > election.budget else "not_enough_left"), numbers


def limit_numbers(limits: Limits, project: int, funded: Sequence[int]) -> dict[str, Amount]:
    """Which winner excludes the project, or how much was open to it."""
    election = limits.election
    winner = limits.excluded_by(project, funded)
    if winner is not None:
        return {"excluded_by": election.projects[winner].id}
    return {
        "needed": amount(limits.cost[project], election.scale),
        "left": amount(max(limits.open_left(funded) or 0, 0), election.scale),
    }


def rounds_of(walk: Walk, numbers_of: Callable[[int], dict[str, Amount]]) -> list[Round]:
    """The winners in order; `from_reserve` is what the budget leaves to a reserve to pay."""
    election, rounds = walk.limits.election, []
    left, scale = election.budget, election.scale
    for number, project in enumerate(walk.winners, start=1):
        cost = election.projects[project].cost
        numbers = numbers_of(project)
        if cost > left:
            numbers["from_reserve"] = amount(cost - left, scale)
        left = max(left - cost, 0)
        project_id = election.projects[project].id
        rounds.append(Round(number, project_id, amount(cost, scale), amount(left, scale), numbers))
    return rounds
