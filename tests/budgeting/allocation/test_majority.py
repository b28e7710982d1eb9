"""Majority judgement over a whole election: order, money, conditions, reasons."""

from __future__ import annotations

import time
from typing import Any

import pytest

from budgeting.allocation import Election, Rule, count, explain, parse_pabulib, write_pabulib

MJ = Rule("majority-judgement")
LOVE, LIKE, WHY_NOT, NO = 3, 2, 1, 0


def graded(
    ballots: list[dict[str, int]],
    budget: int = 10,
    costs: dict[str, int] | None = None,
    **meta: str,
) -> Election:
    return Election.build(
        budget=budget,
        projects=list((costs or {"a": 4, "b": 4, "c": 4}).items()),
        ballots=ballots,
        ballot_type="scoring",
        metadata={"max_points": "3", **meta},
    )


#: a: 3 2 2 (grade 2), b: 3 3 0 (grade 3), c: 1 1 and once not graded.
THREE = [{"a": 3, "b": 3, "c": 1}, {"a": 2, "b": 3, "c": 1}, {"a": 2, "b": 0}]


def losers(election: Election, rule: Rule = MJ) -> dict[str, dict[str, Any]]:
    return {loser.project: loser.to_dict() for loser in count(election, rule).losers}


def test_projects_come_in_the_order_of_their_grades() -> None:
    result = count(graded(THREE), MJ)
    assert result.winners == ("b", "a")
    assert [entry.numbers["grade"] for entry in result.rounds] == [LOVE, LIKE]
    assert result.facts["profiles"]["a"] == {
        "counts": [0, 0, 2, 1],
        "grade": LIKE,
        "place": 2,
    }
    lost = losers(graded(THREE))["c"]
    assert (lost["reason"], lost["needed"], lost["left"]) == ("not_enough_left", 4, 2)
    assert (lost["cost_at_most"], lost["votes_more"]) == (2, None)


def test_not_graded_is_the_worst_grade_or_ignored_as_the_rule_says() -> None:
    ballots = [{"a": LOVE}, {"b": WHY_NOT}, {"b": WHY_NOT}]
    election = graded(ballots, costs={"a": 4, "b": 4}, budget=4)
    assert count(election, MJ).winners == ("b",)
    assert count(election, Rule("majority-judgement", missing="ignored")).winners == ("a",)


def test_a_project_that_nobody_graded_wins_nothing() -> None:
    election = graded([{"a": LOVE}], costs={"a": 4, "b": 1})
    rule = Rule("majority-judgement", missing="ignored")
    assert count(election, rule).winners == ("a",)
    assert losers(election, rule)["b"]["reason"] == "no_supporters"


def test_skip_or_stop_where_one_does_not_fit() -> None:
    costs = {"a": 4, "b": 9, "c": 5}
    ballots = [{"a": LOVE, "b": LIKE, "c": WHY_NOT}]
    assert count(graded(ballots, costs=costs), MJ).winners == ("a", "c")
    stop = Rule("majority-judgement", no_fit="stop")
    assert count(graded(ballots, costs=costs), stop).winners == ("a",)
    lost = losers(graded(ballots, costs=costs), stop)
    assert (lost["b"]["reason"], lost["c"]["reason"]) == ("stopped_here", "after_stop")


def test_part_funding_is_off_by_default_and_a_reserve_pays_the_rest() -> None:
    costs = {"a": 4, "b": 7, "c": 1}
    ballots = [{"a": LOVE, "b": LIKE, "c": WHY_NOT}]
    election = graded(ballots, costs=costs)
    assert count(election, MJ).winners == ("a", "c")
    result = count(election, Rule("majority-judgement", partial=True, part_funding="6/7"))
    assert (result.winners, result.reserve) == (("a", "b"), ("b",))
    assert result.rounds[1].numbers["from_reserve"] == 1
    assert count(election, Rule("majority-judgement", partial=True, part_funding=1)).reserve == ()


def test_the_threshold_counts_voters_who_gave_more_than_the_worst_grade() -> None:
    rule = Rule("majority-judgement", threshold=3)
    assert count(graded(THREE), rule).winners == ("a",)
    lost = losers(graded(THREE), rule)
    assert (lost["b"]["reason"], lost["b"]["score"], lost["b"]["threshold"]) == (
        "below_threshold", 2, 3,
    )  # fmt: skip


def test_equal_grades_are_decided_by_the_chain_and_told() -> None:
    ballots = [{"a": LIKE, "b": LIKE}]
    election = graded(ballots, costs={"a": 9, "b": 8})
    assert count(election, MJ).winners == ("a",)
    result = count(election, Rule("majority-judgement", ties=("cheapest", "list-order")))
    assert result.winners == ("b",)
    assert (result.ties[0].projects, result.ties[0].by) == (("b", "a"), "cheapest")


def test_what_told_two_of_one_grade_apart_is_told() -> None:
    ballots = [
        {"a": 0, "b": 1},
        {"a": 2, "b": 1},
        {"a": 2, "b": 2},
        {"a": 2, "b": 3},
        {"a": 3, "b": 3},
    ]
    profiles = count(graded(ballots), MJ).facts["profiles"]
    assert profiles["a"]["before"] == {"project": "b", "grades": [2, 1], "removed": 1}
    assert "before" not in profiles["b"]


def test_the_file_says_all_that_the_count_needs() -> None:
    election = graded(THREE, rule="unknown", conflict_sets='[["a", "b"]]', earmarked='["c"]')
    again = parse_pabulib(write_pabulib(election))
    assert again.ballot_type == "scoring"
    assert (again.conflicts, again.earmarked) == (election.conflicts, election.earmarked)
    rule = Rule("majority-judgement", missing="ignored", earmark="1/5")
    assert count(again, rule).to_dict() == count(election, rule).to_dict()
    assert count(again, rule).winners == ("b", "c")


@pytest.mark.parametrize(
    ("ballots", "kind"),
    [([["a"]], "approval"), ([{"a": "1.5"}], "scoring"), ([{"a": 4}], "scoring")],
)
def test_ballots_without_grades_are_refused(ballots: list[Any], kind: str) -> None:
    election = Election.build(
        budget=10,
        projects=[("a", 4)],
        ballots=ballots,
        ballot_type=kind,
        metadata={"max_points": "3"},
    )
    with pytest.raises(ValueError, match="grade"):
        count(election, MJ)


def test_the_explanation_reads_as_text() -> None:
    text = "\n".join(explain(count(graded(THREE, conflict_sets='[["a", "b"]]'), MJ)))
    assert "Rule: majority-judgement; missing=worst; no_fit=skip" in text
    assert "is excluded by b, which was funded first" in text


def test_300_000_voters_and_200_projects_are_quick() -> None:
    """The count itself; a tenth of a second is normal, the limit is for busy machines."""
    ids = [str(n) for n in range(200)]
    ballots = [{ids[(v * 7 + p) % 200]: (v + p) % 4 for p in range(40)} for v in range(3000)]
    election = Election.build(
        budget=1000,
        projects=[(i, 7) for i in ids],
        ballots=ballots,
        multiplicity=[100] * len(ballots),
        ballot_type="scoring",
        metadata={"max_points": "3"},
    )
    assert election.voters == 300_000
    began = time.process_time()
    assert len(count(election, MJ).winners) == 142
    assert time.process_time() - began < 3
