"""Ballots nobody cast, for a trial of the vote: the same seed gives the same ballots."""

import random
from collections.abc import Mapping

from budgeting.ballots import Choices
from budgeting.voting_rules import (
    APPROVAL,
    BEST_GRADE,
    CUMULATIVE,
    GRADED,
    KNAPSACK,
    VotingRules,
)


def random_ballots(
    rules: VotingRules, costs: Mapping[str, int], amount: int, *, number: int, seed: int
) -> list[Choices]:
    """So many valid ballots on projects of unequal appeal; `costs` by project, all in one currency.

    Raises BallotInvalid where the rules leave no valid ballot.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    appeal = {project: chance.uniform(0.05, 1) for project in costs}
    return [
        rules.checked(_one(rules, costs, amount, appeal, chance), costs=costs, amount=amount)
        for _ in range(number)
    ]


def _one(
    rules: VotingRules,
    costs: Mapping[str, int],
    amount: int,
    appeal: Mapping[str, float],
    chance: random.Random,
) -> Choices:
    order = _order(appeal, chance)
    most = min(rules.max_choices or len(order), len(order))
    if rules.ballot == KNAPSACK:
        return _fitting(order[:most], costs, amount) or [min(costs, key=costs.__getitem__)]
    if rules.ballot == APPROVAL and not rules.max_choices:
        most = max(rules.min_choices, len(order) // 2)
    chosen = order[: chance.randint(min(rules.min_choices, most), most)]
    if rules.ballot == CUMULATIVE:
        return _points(chosen[: rules.points], rules.points or 0, chance)
    if rules.ballot == GRADED:
        return {project: _grade(appeal[project], chance) for project in chosen}
    return chosen


def _order(appeal: Mapping[str, float], chance: random.Random) -> list[str]:
    """All projects; the more appeal, the earlier (Efraimidis and Spirakis 2006)."""
    keys = {project: chance.random() ** (1 / weight) for project, weight in appeal.items()}
    return sorted(keys, key=keys.__getitem__, reverse=True)


def _fitting(order: list[str], costs: Mapping[str, int], amount: int) -> list[str]:
    chosen, left = [], amount
    for project in order:
        if costs[project] <= left:
            chosen.append(project)
            left -= costs[project]
    return chosen


def _points(chosen: list[str], points: int, chance: random.Random) -> dict[str, int]:
    """All points, at least one to each of the chosen."""
    given = dict.fromkeys(chosen, 1)
    for _ in range(points - len(chosen)):
        given[chance.choice(chosen)] += 1
    return given


def _grade(appeal: float, chance: random.Random) -> int:
    """Around the project's appeal."""
    return min(BEST_GRADE, max(0, round(chance.gauss(appeal * BEST_GRADE, 1))))
