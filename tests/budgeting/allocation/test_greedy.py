"""Greedy rules and Phragmén on elections small enough to count by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.allocation import Election, Rule, comparison_rules, count
from budgeting.allocation.rule import sensible_step

COSTS = {"a": 60, "b": 50, "c": 30, "d": 10}


def town(budget: int = 100, votes: tuple[int, ...] = (9, 7, 5, 5), **more: object) -> Election:
    """Projects a, b, c, d with the given votes, everybody votes for one project."""
    ballots = [[name] for name in COSTS]
    return Election.build(
        budget=budget,
        projects=list(COSTS.items()),
        ballots=ballots,
        multiplicity=votes,
        **more,  # type: ignore[arg-type]
    )


def lost(election: Election, rule: Rule) -> dict[str, dict[str, object]]:
    return {loser.project: loser.to_dict() for loser in count(election, rule).losers}


def test_greedy_skips_what_does_not_fit() -> None:
    result = count(town(), Rule("greedy"))
    assert result.winners == ("a", "c", "d")
    assert (result.cost, result.budget) == (100, 100)
    assert [tie.projects for tie in result.ties] == [("c", "d")]
    loser = result.losers[0].to_dict()
    assert loser == {
        "project": "b",
        "cost": 50,
        "reason": "not_enough_left",
        "score": 7,
        "place": 2,
        "needed": 50,
        "left": 40,
        "cost_at_most": 40,
        "votes_more": 3,
    }


def test_no_skip_stops_at_the_first() -> None:
    rule = Rule("greedy-no-skip")
    assert count(town(), rule).winners == ("a",)
    why = lost(town(), rule)
    assert (why["b"]["reason"], why["b"]["cost_at_most"]) == ("stopped_here", 40)
    assert (why["c"]["reason"], why["c"]["stopped_at"]) == ("after_stop", "b")
    assert why["c"]["votes_more"] == 3


def test_threshold_counts_votes() -> None:
    rule = Rule("greedy-threshold", threshold=Fraction(6))
    assert count(town(), rule).winners == ("a",)
    why = lost(town(), rule)
    assert why["c"] == {
        "project": "c",
        "cost": 30,
        "reason": "below_threshold",
        "score": 5,
        "threshold": 6,
        "cost_at_most": None,
        "votes_more": 1,
    }
    declared = town(metadata={"min_project_score_threshold": "6"})
    assert count(declared, Rule("greedy-threshold")).winners == ("a",)
    with pytest.raises(ValueError, match="threshold"):
        count(town(), Rule("greedy-threshold"))


def test_per_cost_prefers_many_votes_for_little_money() -> None:
    assert count(town(), Rule("greedy-per-cost")).winners == ("d", "c", "a")


@pytest.mark.parametrize(
    ("budget", "winners", "reserve"),
    [
        (100, ("a", "b"), ("b",)),  # 40 left, four fifths of 50
        (99, ("a",), ()),
        (110, ("a", "b"), ()),
    ],
)
def test_poznan_part_funding(
    budget: int, winners: tuple[str, ...], reserve: tuple[str, ...]
) -> None:
    result = count(town(budget), Rule("poznan"))
    assert (result.winners, result.reserve) == (winners, reserve)
    if reserve:
        assert result.rounds[-1].numbers["from_reserve"] == 10


def test_a_withdrawn_project_does_not_stop_the_count() -> None:
    election = Election.build(
        budget=10, projects=[("x", 999_999_999), ("a", 5)], ballots=[["x"], ["x"], ["a"]]
    )
    result = count(election, Rule("greedy-no-skip"))
    assert result.winners == ("a",)
    assert result.losers[0].reason == "withdrawn"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), min_size=1, max_size=7),
    st.integers(0, 80),
    st.sampled_from(["greedy", "greedy-no-skip", "greedy-per-cost", "poznan"]),
    st.integers(0, 4),
)
def test_what_would_have_been_enough_is_enough_and_no_less(
    projects: list[tuple[int, int]], budget: int, method: str, threshold: int
) -> None:
    """Give the loser the votes, or the cost, and count again."""
    rule = Rule(method, threshold=Fraction(threshold))

    def build(costs: list[int], votes: list[int]) -> Election:
        return Election.build(
            budget=budget,
            projects=[(str(i), cost) for i, cost in enumerate(costs)],
            ballots=[[str(i)] for i in range(len(costs))],
            multiplicity=votes,
        )

    costs, votes = [c for c, _ in projects], [v for _, v in projects]
    for loser in count(build(costs, votes), rule).losers:
        number = int(loser.project)
        if loser.votes_more is not None:
            more = int(loser.votes_more)
            raised = [*votes]
            raised[number] += more
            assert loser.project in count(build(costs, raised), rule).winners
            raised[number] -= 1
            if more:
                assert loser.project not in count(build(costs, raised), rule).winners
        if loser.cost_at_most is not None:
            cheaper = [*costs]
            cheaper[number] = int(loser.cost_at_most)
            assert loser.project in count(build(cheaper, votes), rule).winners


def test_ties_follow_the_declared_chain() -> None:
    election = Election.build(
        budget=10, projects=[("a", 10), ("b", 6), ("c", 4)], ballots=[["a"], ["b"], ["c"]]
    )
    assert count(election, Rule("greedy")).winners == ("a",)
    cheap = count(election, Rule("greedy", ties=("cheapest", "list-order")))
    assert cheap.winners == ("c", "b")
    assert cheap.ties[0].to_dict() == {
        "round": 1,
        "projects": ["c", "b", "a"],
        "by": "cheapest",
    }
    drawn = [
        count(election, Rule("greedy", ties=("lot",), lot_seed=str(seed))).winners
        for seed in range(20)
    ]
    assert len(set(drawn)) > 1


def test_phragmen_worked_example() -> None:
    """Two voters for p (cost 2) have it at 1; s (cost 3, both and a third) at 5/3.

    At 5/3 the first two hold 2/3 each, the third 5/3: together exactly 3.
    """
    election = Election.build(
        budget=6, projects=[("p", 2), ("s", 3), ("t", 9)], ballots=[["p", "s"]] * 2 + [["s"]]
    )
    result = count(election, Rule("phragmen"))
    assert result.winners == ("p", "s")
    moments = {entry.project: entry.numbers["moment"] for entry in result.rounds}
    assert moments == {"p": "1.00", "s": "1.67"}
    assert result.losers[0].reason == "no_supporters"


def test_phragmen_stops_where_it_would_overspend() -> None:
    election = Election.build(
        budget=10, projects=[("a", 6), ("b", 7), ("c", 9)], ballots=[["a"], ["b"], ["c"]]
    )
    result = count(election, Rule("phragmen"))
    assert result.winners == ("a",)
    assert [(loser.project, loser.reason) for loser in result.losers] == [
        ("b", "stopped_here"),
        ("c", "after_stop"),
    ]


def test_decimal_money_stays_exact() -> None:
    election = Election.build(
        budget="0.3", projects=[("a", "0.1"), ("b", "0.2")], ballots=[["a"], ["b"]]
    )
    result = count(election, Rule("greedy"))
    assert (result.winners, result.cost) == (("a", "b"), "0.3")


def test_other_rules_to_show_beside_the_result() -> None:
    rules = comparison_rules(town(metadata={"rule": "greedy"}))
    assert [rule.method for rule in rules] == ["equal-shares", "equal-shares", "phragmen"]
    rich = Election.build(budget=800_000_000, projects=[("a", 1)], ballots=[["a"]] * 5000)
    assert sensible_step(rich) == 100
    assert sensible_step(town()) == 1
