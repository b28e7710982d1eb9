"""Gaps and warnings of a plan, progress of indicators, the wheel."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp import progress, wheel
from edp.plan_checks import (
    Action,
    Finding,
    Indicator,
    Limits,
    Objective,
    Priority,
    domains,
    figures,
    gaps,
    warnings,
)

ACTION = Action(
    has_operator=True, sums=1, is_free=False, risks=1, domains=("education", "business"), key=3
)
OBJECTIVE = Objective([ACTION], [Indicator("outcome"), Indicator("output")], key=2)
PRIORITY = Priority([OBJECTIVE], "emerging", ["C20", "E38"], key=1)


def with_action(**changes: object) -> list[Priority]:
    action = replace(ACTION, **changes)
    return [replace(PRIORITY, objectives=[replace(OBJECTIVE, actions=[action])])]


def test_a_whole_plan_has_no_gap() -> None:
    assert gaps([PRIORITY]) == []


def test_a_plan_of_nothing_is_a_gap() -> None:
    assert gaps([]) == [Finding("no_priority")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"has_operator": False}, "no_operator"),
        ({"sums": 0}, "no_money"),
        ({"risks": 0}, "no_risk"),
        ({"unmitigated": 1}, "no_mitigation"),
        ({"planned": 500_000_000}, "no_evaluation"),
        ({"planned": 500_000_000, "verdict": "revise"}, "no_evaluation"),
    ],
)
def test_each_gap_of_an_action_is_found(changes: dict[str, object], code: str) -> None:
    assert [(gap.code, gap.part, gap.key) for gap in gaps(with_action(**changes))] == [
        (code, "action", 3)
    ]


def test_what_costs_nothing_says_so_and_what_was_weighed_may_be_large() -> None:
    assert gaps(with_action(sums=0, is_free=True)) == []
    assert gaps(with_action(planned=10**10, verdict="go")) == []
    assert gaps(with_action(planned=499_999_999)) == []


def test_each_gap_above_an_action_is_found() -> None:
    bare = replace(PRIORITY, objectives=[])
    assert {gap.code for gap in gaps([bare])} == {"no_objective", "no_outcome"}
    empty = replace(PRIORITY, objectives=[Objective([], [], key=7)])
    assert {gap.code for gap in gaps([empty])} == {"no_outcome", "no_action", "no_indicator"}
    outputs = replace(PRIORITY, objectives=[replace(OBJECTIVE, indicators=[Indicator("output")])])
    assert [gap.code for gap in gaps([outputs])] == ["no_outcome"]


def test_warnings_say_what_was_criticised_elsewhere() -> None:
    silo = replace(PRIORITY, category="proven", activity_codes=["C20"])
    many = [Indicator("output")] * 6
    silo = replace(
        silo,
        objectives=[Objective([replace(ACTION, domains=("business",))], many, key=2)],
    )
    codes = {finding.code for finding in warnings([silo])}
    assert codes == {
        "many_indicators", "one_activity", "nothing_nascent", "one_domain",
        "no_education", "no_innovation", "no_investment",
    }  # fmt: skip
    assert "many_reports" in {
        w.code
        for w in warnings([Priority([Objective([], [Indicator("output", reports_per_year=24)])])])
    }


def test_five_indicators_are_not_too_many() -> None:
    five = replace(OBJECTIVE, indicators=[Indicator("outcome")] * 5)
    assert "many_indicators" not in {
        w.code for w in warnings([replace(PRIORITY, objectives=[five])])
    }


def test_figures_count_what_must_be_reported() -> None:
    """Kostanay reported twice a month: 24 times a year each (O:2968-2972)."""
    indicators = [Indicator("output", 24, is_local=False), Indicator("outcome", 1)]
    plan = [replace(PRIORITY, objectives=[replace(OBJECTIVE, indicators=indicators)])]
    found = figures(plan)
    assert (found.burden, found.outcomes, found.outputs) == (25, 1, 1)
    assert found.local_share == Fraction(1, 2)
    assert domains(plan) == {"education": 1, "innovation": 0, "business": 1, "investment": 0}
    assert figures([]).local_share is None


def test_limits_come_from_a_ruleset() -> None:
    assert Limits.from_data({"ex_ante_from": 1, "quorum": 3}).ex_ante_from == 1
    for wrong in (-1, 1.5, True, "5"):
        with pytest.raises(ValueError, match="ex_ante_from"):
            Limits.from_data({"ex_ante_from": wrong})


# --- Progress -----------------------------------------------------------------------------------

PROMISE = progress.Promise(Decimal(0), 2026, Decimal(20), 2031, date(2029, 3, 1))


def test_nothing_is_overdue_before_its_first_result() -> None:
    assert progress.word(PROMISE, None, None, date(2029, 3, 1)) == "waiting"
    assert progress.word(PROMISE, None, None, date(2029, 3, 2)) == "overdue"
    never = replace(PROMISE, first_result_on=None)
    assert progress.word(never, None, None, date(2099, 1, 1)) == "waiting"


@pytest.mark.parametrize(
    ("value", "word"),
    [(20, "reached"), (25, "reached"), (13, "on_track"), (12, "on_track"), (11, "behind"),
     (-1, "backwards")],
)  # fmt: skip
def test_progress_is_measured_against_an_even_pace(value: int, word: str) -> None:
    day = date(2029, 12, 30)
    assert progress.word(PROMISE, Decimal(value), day, day) == word


def test_after_the_value_of_the_target_year_none_is_due() -> None:
    for day, word in ((date(2031, 12, 30), "overdue"), (date(2031, 12, 31), "reached")):
        assert progress.word(PROMISE, Decimal(20), day, date(2035, 1, 1)) == word


def test_a_target_below_its_baseline_is_reached_downwards() -> None:
    fewer = progress.Promise(Decimal(14), 2026, Decimal(4), 2031, None)
    assert progress.share(fewer, Decimal(9)) == Fraction(1, 2)
    assert progress.word(fewer, Decimal(3), date(2027, 1, 1), date(2027, 1, 2)) == "reached"


def test_context_has_a_value_and_no_progress() -> None:
    context = progress.Promise(None, None, None, None, None)
    assert progress.word(context, Decimal(5), date(2027, 1, 1), date(2027, 6, 1)) == "measured"


def test_the_next_value_is_due_by_its_rhythm() -> None:
    quarterly = replace(PROMISE, reports_per_year=4)
    assert progress.due_on(quarterly, date(2030, 1, 1)) == date(2030, 4, 3)
    assert progress.is_overdue(quarterly, date(2030, 1, 1), date(2030, 4, 4))
    assert progress.due_on(quarterly, date(2028, 1, 1)) == date(2029, 3, 1)


# --- The wheel ----------------------------------------------------------------------------------


def test_the_wheel_has_eighteen_factors_in_six_steps() -> None:
    assert (len(wheel.STEPS), len(set(wheel.FACTORS))) == (6, 18)


@given(st.lists(st.dictionaries(st.sampled_from(wheel.FACTORS), st.integers(0, 5))))
def test_no_information_never_lowers_a_mean(sheets: list[dict[str, int]]) -> None:
    told = [{factor: score for factor, score in sheet.items() if score} for sheet in sheets]
    assert wheel.factor_means(sheets) == wheel.factor_means(told)
    for found in wheel.step_means(sheets).values():
        assert found.value is None or 1 <= found.value <= 5


def test_means_are_per_step_and_exact() -> None:
    sheets = [{"assets": 4, "dynamics": 0}, {"assets": 5, "beyond_borders": 2}]
    assert wheel.step_means(sheets)["context"] == wheel.Mean(Fraction(11, 3), 3)
    assert wheel.factor_means(sheets)["dynamics"] == wheel.Mean(None, 0)
    with pytest.raises(ValueError, match="0 to 5"):
        wheel.mean([6])


def test_the_first_spoke_points_upwards() -> None:
    assert wheel.spoke(0, 5, 100, 80) == (100.0, 20.0)
    assert wheel.spoke(9, 5, 100, 80) == (100.0, 180.0)
