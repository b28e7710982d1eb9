"""Scores with gaps, sensitivity, agreement of assessors: exact numbers of worked examples."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp.agreement import kendall_w, krippendorff_alpha, reading
from edp.scoring import (
    Rules,
    all_scores,
    deciding_assessors,
    helix_means,
    idea_score,
    leave_one_out,
    ranking,
    weight_sensitivity,
)
from tests.edp.examples import EXAMPLES

MCDA = EXAMPLES["mcda"]
WEIGHTS = [Fraction(str(weight)) for weight in MCDA["weights"]]
SHEETS = {
    idea: {name: row for name, row in sheet.items() if row != "COI"}
    for idea, sheet in MCDA["input"].items()
}


@pytest.mark.parametrize("idea", SHEETS)
def test_scores_of_the_worked_example(idea: str) -> None:
    expected = MCDA["expected"][idea]
    found = idea_score(WEIGHTS, SHEETS[idea])
    assert found.score == Fraction(expected["score"])
    assert float(found.percent or 0) == pytest.approx(expected["pct"], abs=1e-4)
    assert found.coverage == Fraction(str(expected["coverage"]))
    assert found.assessors == expected["assessors"]
    assert found.publishable is expected["publishable"]


def test_a_blank_is_not_a_zero() -> None:
    for idea, wrong in MCDA["blanks_as_zero_WRONG"].items():
        filled = {name: [s or 0 for s in row] for name, row in SHEETS[idea].items()}
        assert float(idea_score(WEIGHTS, filled).score or 0) == pytest.approx(wrong, abs=1e-6)


def test_leaving_one_assessor_out() -> None:
    found = leave_one_out(WEIGHTS, SHEETS)
    for left, scores in MCDA["leave_one_out"].items():
        for idea, expected in scores.items():
            assert float(found[left][idea].score or 0) == pytest.approx(expected, abs=1e-4)
    assert deciding_assessors(WEIGHTS, SHEETS, Rules()) == ["A1"]


def test_ranking_leaves_out_what_may_not_be_published() -> None:
    assert ranking(all_scores(WEIGHTS, SHEETS)) == [(1, "P1"), (2, "P2"), (3, "P3")]


def test_equal_scores_share_a_place() -> None:
    sheet = {name: [3] * 6 for name in "abc"}
    better = {name: [4] * 6 for name in "abc"}
    scores = all_scores(WEIGHTS, {"x": sheet, "y": sheet, "z": better})
    assert ranking(scores) == [(1, "z"), (2, "x"), (2, "y")]


def test_no_weight_a_fifth_up_or_down_changes_the_first_place() -> None:
    found = weight_sensitivity(WEIGHTS, SHEETS)
    assert len(found) == 12
    assert {each.first for each in found} == {"P1"}
    closest = min(found, key=lambda each: each.lead)
    assert (closest.criterion, closest.factor) == (0, Fraction(4, 5))
    assert float(closest.lead) == pytest.approx(0.0263, abs=1e-4)


@pytest.mark.parametrize(
    ("weights", "word"),
    [([Fraction(1, 2)] * 3, "sum"), ([Fraction(-1, 2), Fraction(3, 2)], "negative")],
)
def test_wrong_weights_are_refused(weights: list[Fraction], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        idea_score(weights, {})


def test_a_row_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="6 criteria"):
        idea_score(WEIGHTS, {"a": [1, 2]})


def test_nobody_scored() -> None:
    found = idea_score(WEIGHTS, {"a": [None] * 6})
    assert (found.score, found.coverage, found.assessors) == (None, 0, 0)
    assert not found.publishable


def test_means_by_helix() -> None:
    found = helix_means(WEIGHTS, {"a": [5] * 6, "b": [3] * 6, "c": [4] * 6},
                        {"a": "business", "b": "government", "c": "business"})  # fmt: skip
    assert found == {"business": Fraction(9, 2), "government": 3}


scores = st.one_of(st.none(), st.integers(min_value=0, max_value=5))


@given(st.lists(st.lists(scores, min_size=6, max_size=6), min_size=1, max_size=6))
def test_a_score_lies_between_the_lowest_and_the_highest(rows: list[list[int | None]]) -> None:
    sheet = {str(n): row for n, row in enumerate(rows)}
    found = idea_score(WEIGHTS, sheet)
    if found.score is not None:
        assert found.lowest is not None
        assert found.highest is not None
        assert found.lowest <= found.score <= found.highest
    assert 0 <= found.coverage <= 1
    # Somebody who says nothing changes nothing.
    silent = idea_score(WEIGHTS, {**sheet, "silent": [None] * 6})
    assert silent == found


KRIPPENDORFF = EXAMPLES["krippendorff"]


@pytest.mark.parametrize("level", KRIPPENDORFF["reference"])
def test_alpha_of_the_reference_matrix(level: str) -> None:
    found = krippendorff_alpha(KRIPPENDORFF["reference_matrix"], level)
    assert float(found or 0) == pytest.approx(KRIPPENDORFF["reference"][level], abs=1e-6)


def test_alpha_of_the_ideas() -> None:
    ideas = KRIPPENDORFF["ideas"]
    exact = 1 - Fraction(ideas["Do"]) / Fraction(ideas["De"])
    assert krippendorff_alpha(ideas["matrix"]) == exact
    assert float(exact) == pytest.approx(ideas["interval"], abs=1e-6)
    for level in ("ordinal", "nominal"):
        found = krippendorff_alpha(ideas["matrix"], level)
        assert float(found or 0) == pytest.approx(ideas[level], abs=1e-6)
    assert reading(exact) == "reliable"


def test_alpha_where_nothing_varies_or_nothing_compares() -> None:
    assert krippendorff_alpha([[3, 3], [3, 3]]) is None
    assert krippendorff_alpha([[3, None], [None, 4]]) is None
    assert reading(None) == "none"
    assert reading(Fraction(7, 10)) == "tentative"
    assert reading(Fraction(1, 2)) == "low"
    with pytest.raises(ValueError, match="level"):
        krippendorff_alpha([[1, 2], [1, 3]], "magic")


@pytest.mark.parametrize("name", ["no_ties", "ties"])
def test_concordance_of_the_worked_examples(name: str) -> None:
    example: dict[str, Any] = EXAMPLES["kendall_w"][name]
    found = kendall_w(example["scores_high_is_best"])
    assert found is not None
    assert found.w == Fraction(example["W_fraction"])
    assert [float(each) for each in found.rank_sums] == example["rank_sums"]
    assert found.squares == Fraction(str(example["S"]))
    assert found.ties == example["T"]
    assert found.freedom == example["df"]
    assert float(found.chi_square) == pytest.approx(example["chi2"], abs=1e-6)


def test_concordance_needs_something_to_order() -> None:
    assert kendall_w([]) is None
    assert kendall_w([[1, 2]]) is None
    assert kendall_w([[2, 2], [3, 3]]) is None


@given(st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=2, max_size=6))
def test_concordance_is_the_share_of_variance_between_things(rows: list[list[int]]) -> None:
    """Another road to the same number: the analysis of variance of the ranks, ties included."""
    place = np.array(
        [[sum(o > s for o in row) + (row.count(s) + 1) / 2 for s in row] for row in rows]
    )
    mean = place.mean()
    between = len(rows) * ((place.mean(axis=0) - mean) ** 2).sum()
    whole = ((place - mean) ** 2).sum()
    found = kendall_w(rows)
    if whole == 0:
        assert found is None
    else:
        assert found is not None
        assert float(found.w) == pytest.approx(between / whole, abs=1e-9)
