"""Conflict sets, earmarks, thresholds and part funding under every rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from json import dumps
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.allocation import (
    Election,
    PabulibError,
    Result,
    Rule,
    count,
    parse_pabulib,
    write_pabulib,
)
from budgeting.allocation.election import VoteTable
from tests.budgeting.allocation.naive import equal_shares

RULES = [
    Rule("greedy"),
    Rule("greedy-no-skip"),
    Rule("greedy-per-cost"),
    Rule("greedy", partial=True),
    Rule("poznan"),
    Rule("equal-shares"),
    Rule("equal-shares", satisfaction="cardinality"),
    Rule("equal-shares", completion="add1"),
    Rule("equal-shares", completion="add1u"),
    Rule("equal-shares", completion="greedy", partial=True),
    Rule("equal-shares", completion="add1", comparison=True),
    Rule("phragmen"),
    Rule("phragmen", partial=True),
    Rule("majority-judgement"),
    Rule("majority-judgement", no_fit="stop", partial=True),
]
IDS = "abcdef"


def election(**meta: str) -> Election:
    """a and b lead and exclude each other; c and d follow."""
    return Election.build(
        budget=10,
        projects=[("a", 5), ("b", 5), ("c", 4), ("d", 2)],
        ballots=[["a", "b"]] * 5 + [["a"]] + [["c"]] * 4 + [["d"]] * 2,
        metadata=meta,
    )


CONFLICT = '[["a", "b"]]'


@pytest.mark.parametrize("method", ["greedy", "greedy-no-skip", "equal-shares", "phragmen"])
def test_the_loser_is_told_which_winner_excludes_it(method: str) -> None:
    result = count(election(conflict_sets=CONFLICT), Rule(method))
    assert "a" in result.winners
    assert "b" not in result.winners
    loser = next(entry.to_dict() for entry in result.losers if entry.project == "b")
    assert (loser["reason"], loser["excluded_by"]) == ("excluded", "a")


def test_the_excluded_one_is_passed_over_even_where_the_list_stops() -> None:
    assert count(election(conflict_sets=CONFLICT), Rule("greedy-no-skip")).winners == ("a", "c")


def test_two_more_votes_would_have_put_the_excluded_one_first() -> None:
    """Five against six: six votes stand behind a on the list, seven before it."""
    loser = next(
        entry.to_dict()
        for entry in count(election(conflict_sets=CONFLICT), Rule("greedy")).losers
        if entry.project == "b"
    )
    assert (loser["votes_more"], loser["cost_at_most"]) == (2, None)


def test_an_earmark_keeps_its_share_whole_units_up() -> None:
    """A third of 10 kept for d is 4: the others have 6, so c (4) does not fit beside a (5)."""
    result = count(election(earmarked='["d"]'), Rule("greedy", earmark="1/3"))
    assert result.winners == ("a", "d")
    assert result.facts == {"earmarked": 4, "spent_on_earmarked": 2}
    lost = {entry.project: entry.to_dict() for entry in result.losers}
    assert (lost["c"]["reason"], lost["c"]["left"], lost["c"]["cost_at_most"]) == ("reserved", 1, 1)


def test_the_marked_may_use_all_the_money() -> None:
    result = count(election(earmarked='["a", "b"]'), Rule("greedy", earmark="1/3"))
    assert result.winners == ("a", "b")


@pytest.mark.parametrize("method", ["greedy", "equal-shares", "phragmen"])
def test_too_few_votes_are_too_few_under_every_rule(method: str) -> None:
    completion = {"completion": "add1u"} if method == "equal-shares" else {}
    result = count(election(), Rule(method, threshold=3, **completion))
    assert "d" not in result.winners
    lost = {entry.project: entry.to_dict() for entry in result.losers}
    assert (lost["d"]["reason"], lost["d"]["threshold"]) == ("below_threshold", 3)


def test_part_funding_of_phragmen_and_after_equal_shares() -> None:
    either = Election.build(budget=9, projects=[("a", 5), ("b", 5)], ballots=[["a", "b"], ["b"]])
    phragmen = count(either, Rule("phragmen", partial=True))
    assert (phragmen.winners, phragmen.reserve) == (("b", "a"), ("a",))
    assert phragmen.rounds[1].numbers["from_reserve"] == 1
    shares = count(either, Rule("equal-shares", completion="greedy", partial=True))
    assert (set(shares.winners), len(shares.reserve)) == ({"a", "b"}, 1)
    assert shares.rounds[1].left == 0


def test_part_funding_after_equal_shares_needs_a_list_of_votes() -> None:
    with pytest.raises(ValueError, match="completion by votes"):
        Rule("equal-shares", completion="add1", partial=True)


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ("conflict_sets;{}", "conflict_sets is not a JSON list"),
        ("conflict_sets;[[1,9]]", "names unknown project 9"),
        ('earmarked;"a"', "earmarked is not a JSON list"),
        ("position_points;5,x", "position_points"),
    ],
)
def test_what_the_file_says_wrongly_is_named_with_its_line(meta: str, message: str) -> None:
    kind = "ordinal" if "position" in meta else "approval"
    text = (
        f"META\nkey;value\nbudget;10\nvote_type;{kind}\n{meta}\n"
        "PROJECTS\nproject_id;cost\n1;3\nVOTES\nvoter_id;vote\n1;1\n"
    )
    with pytest.raises(PabulibError, match=message) as caught:
        parse_pabulib(text)
    assert caught.value.line == 5


def test_positions_count_as_the_file_says() -> None:
    ranked: dict[str, Any] = {
        "budget": 4,
        "projects": [("a", 4), ("b", 4), ("c", 4)],
        "ballots": [["a", "b", "c"], ["a", "b", "c"], ["b", "c"]],
        "ballot_type": "ordinal",
    }
    borda = Election.build(**ranked, metadata={"max_length": "3"})
    assert borda.scores == [6, 7, 4]
    said = {"max_length": "3", "position_points": "5,1", "budget": "4"}
    table = Election.build(**ranked, metadata=said)
    assert table.scores == [10, 7, 1]
    assert count(borda, Rule("greedy")).winners == ("b",)
    assert count(table, Rule("greedy")).winners == ("a",)
    # Written without points, it is read back to the same ones.
    rows = VoteTable(("voter_id", "vote"), "1;a,b,c\n2;a,b,c\n3;b,c\n")
    again = parse_pabulib(write_pabulib(replace(table, vote_table=rows)))
    assert again.scores == table.scores


@st.composite
def limited(draw: st.DrawFn) -> tuple[Election, Rule]:
    rule = draw(st.sampled_from(RULES))
    costs = [(name, draw(st.integers(1, 9))) for name in IDS]
    groups = draw(st.lists(st.sets(st.sampled_from(IDS), min_size=2, max_size=3), max_size=3))
    marked = draw(st.sets(st.sampled_from(IDS), max_size=3))
    if rule.method == "majority-judgement":
        grades = st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), max_size=6)
        ballots: Any = draw(st.lists(grades, min_size=1, max_size=8))
    else:
        ballots = draw(st.lists(st.sets(st.sampled_from(IDS)).map(sorted), min_size=1, max_size=8))
    share = draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)]))
    found = Election.build(
        budget=draw(st.integers(5, 30)),
        projects=costs,
        ballots=ballots,
        ballot_type="scoring" if rule.method == "majority-judgement" else "approval",
        metadata={
            "max_points": "3",
            "conflict_sets": dumps([sorted(group) for group in groups]),
            "earmarked": dumps(sorted(marked)),
        },
    )
    threshold = draw(st.sampled_from([None, 2]))
    return found, replace(rule, earmark=share, threshold=threshold)


def check(election: Election, rule: Rule, result: Result) -> None:
    won = {election.index[name] for name in result.winners}
    assert all(len(group & won) <= 1 for group in election.conflicts)
    others = [p for p in won if p not in election.earmarked]
    part = result.reserve[-1:] and election.projects[election.index[result.reserve[-1]]].cost
    cost = sum(election.projects[p].cost for p in won)
    if rule.earmark:
        spent = sum(election.projects[p].cost for p in others)
        assert Fraction(spent) <= election.budget - election.budget * rule.earmark
    if part:
        assert rule.pays_in_part
        assert election.budget - (cost - part) >= rule.share_needed * part
    else:
        assert cost <= election.budget
    for loser in result.losers:
        if loser.reason == "excluded":
            rival = {
                election.index[loser.project],
                election.index[str(loser.numbers["excluded_by"])],
            }
            assert any(rival <= group for group in election.conflicts)
            assert loser.numbers["excluded_by"] in result.winners


@settings(deadline=None, max_examples=400)
@given(limited())
def test_every_rule_keeps_to_the_limits(case: tuple[Election, Rule]) -> None:
    election, rule = case
    result = count(election, rule)
    check(election, rule, result)
    again = count(parse_pabulib(write_pabulib(election)), rule)
    assert again.to_dict() == result.to_dict()


@settings(deadline=None, max_examples=150)
@given(limited())
def test_equal_shares_with_conflicts_is_the_definition(case: tuple[Election, Rule]) -> None:
    election, _ = case
    if not election.is_approval:
        return
    share = Fraction(election.budget, election.voters)
    expected = [election.projects[p].id for p, _ in equal_shares(election, "cost", share)]
    assert list(count(election, Rule("equal-shares")).winners) == expected
