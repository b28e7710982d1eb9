"""Rules of ballots as data: what is refused, what a ballot may hold, what is said of it."""

from typing import Any

import pytest

from budgeting import errors
from budgeting.presets import PRESETS, preset_of
from budgeting.rule_words import conditions_of_vote, told_rule
from budgeting.voting_rules import VotingRules

COSTS = {"1": 300, "2": 400, "3": 500}
MJ = {"method": "majority-judgement"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"ballot": "ranked"}, "ranked needs max_choices"),
        ({"ballot": "k_approval"}, "k_approval needs max_choices"),
        ({"ballot": "graded", "envelopes": "anywhere"}, "envelopes must be one of home"),
        ({"ballot": "approval", "position_points": [3]}, "each place of a ranked ballot"),
        ({"ballot": "ranked", "max_choices": 2, "position_points": [3]}, "each place"),
        ({"ballot": "ranked", "max_choices": 2, "position_points": [1, 3]}, "do not rise"),
        ({"ballot": "ranked", "max_choices": 2, "position_points": [3, -1]}, "whole numbers"),
        ({"ballot": "ranked", "max_choices": 2, "position_points": [3, "1"]}, "whole numbers"),
        ({"ballot": "graded", "final": True}, "unknown voting rules: final"),
    ],
)
def test_wrong_rules_say_what_is_wrong(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        VotingRules.from_data(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"ballot": "approval", "count": MJ}, "counts graded ballots"),
        ({"ballot": "graded", "count": {}}, "must name a method"),
        ({"ballot": "graded", "count": {**MJ, "missing": "best"}}, "missing"),
        ({"ballot": "graded", "count": {**MJ, "earmark": "2"}}, "earmark 2"),
    ],
)
def test_wrong_counts_say_what_is_wrong(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        VotingRules.from_data(data).counting_rule()


def test_the_worst_grade_is_a_grade_and_no_point_is_nothing() -> None:
    graded = VotingRules.from_data({"ballot": "graded", "count": MJ})
    assert graded.checked({"3": 0, "1": 3}, costs=COSTS, amount=1) == {"1": 3, "3": 0}
    points = VotingRules.from_data({"ballot": "cumulative", "points": 5})
    assert points.checked({"3": 0, "1": 3}, costs=COSTS, amount=1) == {"1": 3}


def test_an_order_is_kept_however_it_comes() -> None:
    ranked = VotingRules.from_data({"ballot": "ranked", "max_choices": 3})
    assert ranked.checked({"1": 2, "3": 1}, costs=COSTS, amount=1) == ["3", "1"]
    assert ranked.checked(["3", "1"], costs=COSTS, amount=1) == ["3", "1"]
    with pytest.raises(errors.UnknownProject):
        ranked.checked(["3", "3"], costs=COSTS, amount=1)


@pytest.mark.parametrize("choices", [["1"], {"1": -1}, {"1": 4}, {"9": 1}, {}])
def test_no_other_form_passes_for_grades(choices: Any) -> None:
    graded = VotingRules.from_data({"ballot": "graded", "count": MJ})
    with pytest.raises(errors.BallotInvalid):
        graded.checked(choices, costs=COSTS, amount=1)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_is_usable_named_and_explained(preset: Any) -> None:
    rules = VotingRules.from_data(preset.data)
    told = told_rule(preset.data["count"])
    assert all([told["name"], told["explanation"], rules.limit_text])
    assert len(preset.name) <= 200
    assert preset.name.count("·") == 2
    assert str(preset.explained).endswith(".")
    assert preset.source
    assert preset_of(preset.key) is preset
    assert rules.counting_rule().pays_in_part is False


def test_conditions_are_told_one_by_one() -> None:
    count = {**MJ, "threshold": "5", "partial": True, "earmark": "3/10", "missing": "ignored",
             "no_fit": "stop"}  # fmt: skip
    assert told_rule(count)["conditions"] == [
        "A project is judged by those who graded it; the others are ignored for it."
        " The count ends at the first project that no longer fits.",
        "A project needs at least 5 votes.",
        "The first project that does not fit is funded if 80 per cent of its cost is left; "
        "a reserve pays the rest.",
        "At least 30 per cent of the money is kept for marked projects: all others together "
        "cost at most the rest.",
    ]
    assert told_rule({"method": "greedy"})["conditions"] == []
    rules = VotingRules.from_data(
        {"ballot": "ranked", "max_choices": 2, "position_points": [5, 1], "revocable": False,
         "envelopes": "home_and_one_free"}
    )  # fmt: skip
    assert conditions_of_vote(rules) == [
        "One votes on the envelopes of one's home and on one more of one's choice.",
        "A ballot that is cast cannot be changed.",
        "Places count 5, 1 points, from the first on.",
    ]
