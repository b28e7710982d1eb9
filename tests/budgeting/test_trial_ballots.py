"""Random ballots of a trial follow the rules of every kind of ballot, and their seed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting import errors
from budgeting.trial_ballots import random_ballots
from budgeting.voting_rules import VotingRules

COUNT = {"method": "greedy", "ties": ["votes", "list-order"]}
KINDS: list[dict[str, Any]] = [
    {"ballot": "approval"},
    {"ballot": "approval", "min_choices": 2},
    {"ballot": "k_approval", "max_choices": 3},
    {"ballot": "k_approval", "max_choices": 1},
    {"ballot": "knapsack"},
    {"ballot": "knapsack", "max_choices": 2},
    {"ballot": "cumulative", "points": 5},
    {"ballot": "cumulative", "points": 1},
    {"ballot": "graded"},
    {"ballot": "ranked", "max_choices": 4},
]


@pytest.mark.parametrize("data", KINDS, ids=str)
@given(
    costs=st.lists(st.integers(1, 1000), min_size=2, max_size=12),
    seed=st.integers(0, 999_999),
)
def test_each_is_a_valid_ballot_and_the_seed_gives_it_again(
    data: dict[str, Any], costs: list[int], seed: int
) -> None:
    rules = VotingRules.from_data({**data, "count": COUNT})
    by_project = {str(number): cost for number, cost in enumerate(costs, start=1)}

    ballots = random_ballots(rules, by_project, 1000, number=20, seed=seed)

    assert len(ballots) == 20
    for ballot in ballots:
        assert rules.checked(ballot, costs=by_project, amount=1000) == ballot
    assert random_ballots(rules, by_project, 1000, number=20, seed=seed) == ballots


def test_another_seed_gives_other_ballots() -> None:
    rules = VotingRules.from_data({"ballot": "approval", "count": COUNT})
    costs = {str(number): 10 for number in range(8)}

    first = random_ballots(rules, costs, 100, number=30, seed=1)

    assert random_ballots(rules, costs, 100, number=30, seed=2) != first
    assert len({tuple(ballot) for ballot in first}) > 5


def test_rules_that_no_ballot_can_follow_are_named() -> None:
    rules = VotingRules.from_data({"ballot": "approval", "min_choices": 3, "count": COUNT})
    with pytest.raises(errors.TooFewChoices):
        random_ballots(rules, {"1": 10, "2": 10}, 100, number=1, seed=1)
