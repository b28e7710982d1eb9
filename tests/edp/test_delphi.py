"""Delphi rounds: quartiles of type 7, change by panellist, and what ends a study."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp.delphi import Parameters, change, is_outside, is_stable, quantile, summary, why_stop
from tests.edp.examples import EXAMPLES

DELPHI = EXAMPLES["delphi"]
ROUNDS = DELPHI["rounds"]


def _panel(ratings: list[int]) -> dict[str, int]:
    return {f"p{n}": rating for n, rating in enumerate(ratings)}


@pytest.mark.parametrize("name", ROUNDS)
def test_each_round_of_the_worked_example(name: str) -> None:
    expected = ROUNDS[name]
    found = summary(expected["ratings"])
    told = (found.q1, found.median, found.q3, found.spread)
    assert told == tuple(Fraction(str(expected[key])) for key in ("q1", "median", "q3", "iqr"))
    assert float(found.mean) == pytest.approx(expected["mean"], abs=1e-6)
    assert found.variation == pytest.approx(expected["cv"], abs=1e-6)
    assert float(found.agreement) == pytest.approx(expected["agree_ge7"], abs=1e-6)
    assert sum(found.histogram) == found.number == 11


def test_the_study_stops_when_it_is_stable() -> None:
    rounds = [_panel(each["ratings"]) for each in ROUNDS.values()]
    parameters = Parameters(max_rounds=5)
    for number, (name, expected) in enumerate(ROUNDS.items(), start=1):
        if number > 1:
            moved = change(rounds[number - 2], rounds[number - 1])
            assert float(moved or 0) == pytest.approx(expected["change_from_previous"], abs=1e-6)
            assert is_stable(moved) is expected["stable_15pct"], name
        stop = why_stop(rounds[:number], parameters)
        assert stop == ("stable" if number == 4 else None)
    assert why_stop(rounds[:3], Parameters(max_rounds=3)) == "max_rounds"
    assert summary(ROUNDS["r4"]["ratings"]).is_consensus


def test_a_panel_that_shrinks_ends_the_study() -> None:
    assert why_stop([_panel([5] * 7)]) == "below_quorum"
    assert why_stop([]) is None


def test_change_counts_those_who_answered_both_rounds() -> None:
    assert change({"a": 1, "b": 9}, {"a": 1, "c": 5}) == 0
    assert change({"a": 1}, {"b": 1}) is None
    assert not is_stable(None)


def test_a_median_that_is_nobodys_view() -> None:
    example = DELPHI["polarised"]
    found = summary(example["ratings"])
    assert found.is_polarised
    assert found.spread == Fraction(str(example["iqr"]))
    assert found.median == 5
    assert not found.is_consensus


def test_the_minority_under_a_consensus_is_counted() -> None:
    example = DELPHI["hidden_minority"]
    found = summary(example["ratings"])
    assert found.spread == 0
    assert found.is_consensus
    assert found.dissenters == example["dissenters"]
    assert float(found.agreement) == pytest.approx(example["agree_ge7"], abs=1e-6)
    assert is_outside(2, found)
    assert not is_outside(7, found)


@pytest.mark.parametrize("ratings", [[], [0], [10]])
def test_what_is_no_rating_is_refused(ratings: list[int]) -> None:
    with pytest.raises(ValueError, match="rating"):
        summary(ratings)


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=40))
def test_quartiles_are_in_order_and_inside(ratings: list[int]) -> None:
    found = summary(ratings)
    assert min(ratings) <= found.q1 <= found.median <= found.q3 <= max(ratings)
    assert quantile(ratings, Fraction(0)) == min(ratings)
    assert quantile(ratings, Fraction(1)) == max(ratings)


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=2, max_size=40))
def test_quartiles_are_those_of_the_standard_library(ratings: list[int]) -> None:
    from statistics import quantiles

    found = summary(ratings)
    assert [float(found.q1), float(found.median), float(found.q3)] == pytest.approx(
        quantiles(ratings, n=4, method="inclusive")
    )
