"""Gates: the demo's numbers pass, and each condition alone stops a process."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp import gates
from edp.gates import Check, Condition, Thresholds, check

ALL_TEXTS = frozenset((part, language) for part in gates.TEXTS for language in ("kk", "ru"))
ANNOUNCED = gates.Announcement(ALL_TEXTS | {("title", "en")}, 0, True, True)
# The steering group and the workshops of the Zhambyl pilot.
STEERING = {"government": 3, "business": 5, "academia": 2, "civil_society": 2}
PREPARED = gates.Preparation(STEERING, 0, True, True)
MAPPED = gates.EvidenceMap(1, 5, 4, dict.fromkeys(gates.QUADRANTS, 2), 0, 0)
PEOPLE = {"business": 108, "government": 60, "academia": 36, "civil_society": 36}
DISCOVERED = gates.Discovery(12, PEOPLE, 4, 10, 0, frozenset(gates.OUTPUTS))
SCORED = gates.EvaluatedIdea(3, Fraction(17, 20))
EVALUATED = gates.Evaluation([SCORED] * 3, 0, True, True, 3, 0)
CONSULTED = gates.Consultation(22, 2, 0, True, True)
ADOPTED = gates.Adoption(0, True, True, True, True)
REVIEWED = gates.Review(0, 3, 1, True)
GATES: list[tuple[Any, Any]] = [
    (gates.announce, ANNOUNCED),
    (gates.start, PREPARED),
    (gates.mapping, MAPPED),
    (gates.discovery, DISCOVERED),
    (gates.evaluation, EVALUATED),
    (gates.consultation, CONSULTED),
    (gates.adoption, ADOPTED),
    (gates.review, REVIEWED),
]


@pytest.mark.parametrize("number", range(8))
def test_the_demo_passes(number: int) -> None:
    conditions, facts = GATES[number]
    found = check(number, conditions(facts))
    assert found.is_passed, found.missing
    assert len({condition.code for condition in found.conditions}) == len(found.conditions)


BREAKS: list[tuple[int, dict[str, Any], str]] = [
    (0, {"texts": ALL_TEXTS - {("scope", "kk")}}, "texts"),
    (0, {"stages_without_dates": 1}, "calendar"),
    (0, {"has_contact": False}, "contact"),
    (0, {"has_ruleset": False}, "ruleset"),
    (1, {"steering": STEERING | {"academia": 0}}, "helices"),
    (1, {"steering": STEERING | {"government": 5}}, "officials"),
    (1, {"undeclared": 1}, "interests"),
    (1, {"has_resource_plan": False}, "resource_plan"),
    (1, {"is_ruleset_frozen": False}, "ruleset_frozen"),
    (2, {"specialisation_tables": 0}, "specialisation"),
    (2, {"assets": 4}, "assets"),
    (2, {"dimensions": 2}, "dimensions"),
    (2, {"swot": dict.fromkeys(gates.QUADRANTS, 2) | {"threat": 1}}, "swot"),
    (2, {"unlinked": 1}, "swot_evidence"),
    (2, {"unpublished": 1}, "published"),
    (3, {"workshops": 7}, "workshops"),
    (3, {"outside_centre": 0}, "outside_centre"),
    (3, {"ideas": 9}, "ideas"),
    (3, {"ideas_without_source": 1}, "sources"),
    (3, {"outputs": frozenset(gates.OUTPUTS[1:])}, "outputs"),
    (3, {"participants": PEOPLE | {"academia": 22}}, "academia"),
    (3, {"participants": PEOPLE | {"civil_society": 22}}, "civil_society"),
    (3, {"participants": {**PEOPLE, "business": 90, "academia": 60}}, "business"),
    (3, {"participants": {**PEOPLE, "business": 120, "government": 100}}, "government"),
    (3, {"participants": {n: c // 2 for n, c in PEOPLE.items()}}, "participants"),
    (4, {"ideas": [SCORED, gates.EvaluatedIdea(2, Fraction(1))]}, "assessments"),
    (4, {"ideas": [SCORED, gates.EvaluatedIdea(3, Fraction(79, 100))]}, "assessments"),
    (4, {"scores_after_recusal": 1}, "recused"),
    (4, {"are_weights_frozen": False}, "weights"),
    (4, {"is_agreement_reported": False}, "agreement"),
    (4, {"candidates": 0}, "candidates"),
    (4, {"candidates": 8}, "priorities"),
    (4, {"unselected_without_reason": 1}, "reasons"),
    (5, {"working_days": 19}, "days"),
    (5, {"hearings": 0}, "hearings"),
    (5, {"unanswered": 1}, "answers"),
    (5, {"is_list_of_changes_published": False}, "changes"),
    (5, {"is_share_in_time_published": False}, "share_in_time"),
    (6, {"gaps": 1}, "plan"),
    (6, {"is_council_heard": False}, "council_opinion"),
    (6, {"is_council_answered": False}, "council_answer"),
    (6, {"has_akimat_decided": False}, "akimat"),
    (6, {"has_maslikhat_decided": False}, "maslikhat"),
    (7, {"measurements_missing": 1}, "measurements"),
    (7, {"wheel_assessors": 2}, "wheel"),
    (7, {"external_assessors": 0}, "external"),
    (7, {"is_revision_decided": False}, "revision"),
]


@pytest.mark.parametrize(("number", "spoilt", "code"), BREAKS)
def test_each_condition_alone_stops_a_process(
    number: int, spoilt: dict[str, Any], code: str
) -> None:
    conditions, facts = GATES[number]
    found = check(number, conditions(replace(facts, **spoilt)))
    assert [condition.code for condition in found.missing] == [code]
    waived = check(number, found.conditions, {code})
    assert waived.is_passed
    (told,) = [each for each in waived.to_data() if each["code"] == code]
    assert (told["ok"], told["waived"]) == (False, True)


def test_every_condition_of_every_gate_is_tested() -> None:
    every = {
        (number, condition.code)
        for number, (conditions, facts) in enumerate(GATES)
        for condition in conditions(facts)
    }
    assert every == {(number, code) for number, _, code in BREAKS}


def test_an_exception_with_reasons_lets_an_idea_through() -> None:
    excused = replace(EVALUATED, ideas=[gates.EvaluatedIdea(1, Fraction(0), is_excused=True)])
    assert check(4, gates.evaluation(excused)).is_passed


def test_officials_may_be_exactly_a_third() -> None:
    exactly = replace(PREPARED, steering=STEERING | {"government": 4, "business": 4})
    assert check(1, gates.start(exactly)).is_passed


def test_unknown_helices_count_below_the_line_only() -> None:
    people = {"business": 60, "government": 30, "academia": 10, "civil_society": 10}
    assert gates.share(people, "business") == Fraction(6, 11)
    assert gates.share({**people, "unknown": 40}, "business") == Fraction(2, 5)
    assert gates.share({}, "business") == 0


def test_a_waiver_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no condition 'weather'"):
        check(1, gates.start(PREPARED), {"weather"})


def test_a_waiver_of_what_is_met_changes_nothing() -> None:
    found = check(1, gates.start(PREPARED), {"officials"})
    assert not any(each["waived"] for each in found.to_data())


@given(st.integers(0, 100), st.integers(0, 100), st.booleans())
def test_a_gate_is_passed_when_nothing_is_missing(value: int, limit: int, is_limit: bool) -> None:
    condition = Condition("only", value, limit, is_limit)
    found = Check(0, (condition,))
    assert found.is_passed == (value <= limit if is_limit else value >= limit)
    assert Check(0, (condition,), frozenset({"only"})).is_passed


def test_thresholds_come_from_a_ruleset() -> None:
    rules = Thresholds.from_data(
        {"min_workshops": 25, "max_officials": "1/3", "min_business": 0.5, "min_ideas": 3.0}
    )
    assert rules.min_workshops == 25
    assert rules.max_officials == Fraction(1, 3)
    assert rules.min_business == Fraction(1, 2)
    assert rules.min_ideas == 3
    assert rules.max_priorities == 7
    missing = check(3, gates.discovery(DISCOVERED, rules)).missing
    assert [condition.code for condition in missing] == ["workshops", "business"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"min_sunshine": 1}, "no threshold is called 'min_sunshine'"),
        ({"min_business": 1.5}, "not a share"),
        ({"min_business": "1/0"}, "not a number"),
        ({"min_workshops": 2.5}, "not a whole number"),
        ({"min_workshops": -1}, "not a whole number"),
        ({"min_workshops": None}, "not a number"),
        ({"min_workshops": True}, "not a number"),
        ({"min_workshops": "many"}, "not a number"),
    ],
)
def test_a_ruleset_that_says_nothing_sensible(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Thresholds.from_data(data)
