"""Rules as data."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from budgeting.allocation import ENGINE_VERSION, Election, Rule, count


def election(**metadata: str) -> Election:
    return Election.build(budget=10, projects=[("a", 4)], ballots=[["a"]], metadata=metadata)


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("greedy", "greedy"),
        ("greedy-no-skip", "greedy-no-skip"),
        ("greedy-exclusive", "greedy"),
        ("unknown", "greedy"),
        ("", "greedy"),
        ("equalshares", "equal-shares; satisfaction=cost; completion=none; start=exact"),
        (
            "equalshares/add1",
            "equal-shares; satisfaction=cost; completion=add1; step=1; stop=overspend; start=exact",
        ),
        (
            "equalshares/add1-comparison",
            "equal-shares; satisfaction=cost; completion=add1; step=1; stop=overspend; "
            "start=exact; comparison=yes",
        ),
    ],
)
def test_declared_rules(declared: str, text: str) -> None:
    assert str(Rule.from_metadata(election(rule=declared))) == text


def test_declared_threshold_applies_to_every_greedy_rule() -> None:
    rule = Rule.from_metadata(election(rule="greedy-no-skip", min_project_score_threshold="50"))
    assert (rule.method, rule.threshold) == ("greedy-no-skip", 50)


def test_greedy_custom_is_known_only_for_poznan() -> None:
    assert Rule.from_metadata(election(rule="greedy-custom", unit="Poznań")).method == "poznan"
    other = Rule.from_metadata(election(rule="greedy-custom", unit="Elsewhere"))
    assert other.method == "greedy"
    assert other.note


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"method": "dictator"}, "method 'dictator' is not one of greedy"),
        ({"satisfaction": "joy"}, "satisfaction"),
        ({"completion": "add2"}, "completion"),
        ({"method": "greedy", "completion": "add1"}, "belong to equal-shares"),
        ({"step": 0}, "step 0 must be positive"),
        ({"step": "x"}, "step 'x' is not a number"),
        ({"part_funding": Fraction(3, 2)}, "part_funding"),
        ({"ties": ("cheapest",)}, "last tie criterion"),
        ({"ties": ()}, "last tie criterion"),
        ({"ties": ("coin",)}, "tie criterion 'coin'"),
        ({"ties": ("lot",)}, "seed"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rule(**fields)


def test_unknown_declared_rule() -> None:
    with pytest.raises(ValueError, match="rule 'tombola' is not known"):
        Rule.from_metadata(election(rule="tombola"))


def test_round_trip_through_json() -> None:
    rule = Rule(
        "equal-shares",
        completion="add1u",
        step=Fraction(1, 3),
        ties=("votes", "lot"),
        lot_seed="s",
    )
    assert Rule.from_dict(json.loads(json.dumps(rule.to_dict()))) == rule
    with pytest.raises(ValueError, match="no 'colour'"):
        Rule.from_dict({"colour": "red"})


def test_result_is_json() -> None:
    data = json.loads(json.dumps(count(election(), Rule("greedy")).to_dict()))
    assert data["rule"] == "greedy"
    assert data["engine"] == ENGINE_VERSION
    assert (data["winners"], data["cost"], data["budget"], data["ties"]) == (["a"], 4, 10, [])
    assert Rule.from_dict(data["rule_data"]) == Rule("greedy")
