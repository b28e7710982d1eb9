"""Nothing disappears: every proposal of any history stands in exactly one place of the account."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.feasibility_account import Facts, Place, account_of, place_of
from budgeting.feasibility_rules import FeasibilityRules
from budgeting.models import Proposal
from tests.budgeting.feasibility import RULES

DECISIONS = ("feasible", "with_changes", "not_feasible")
ACTS = (
    "assign", "be late", *DECISIONS, "agree", "object", "let pass", "appeal", "second look",
    "list", "withdraw", "merge", "fall short",
)  # fmt: skip
ENDED = {"withdraw": "withdrawn", "merge": "merged", "fall short": "below_threshold"}


def after(facts: Facts, act: str) -> Facts:
    """What a proposal's facts are after an act; one that cannot be leaves them as they are."""
    is_submitted = facts.state == "submitted"
    is_decided = facts.state in ("feasible", "not_feasible")
    if act in DECISIONS and (is_submitted or is_decided):
        return Facts(
            state="not_feasible" if act == "not_feasible" else "feasible",
            is_assigned=True,
            is_changed=act == "with_changes",
            may_object=act == "with_changes",
        )
    changes: dict[str, tuple[bool, dict[str, Any]]] = {
        "assign": (is_submitted, {"is_assigned": True}),
        "be late": (is_submitted, {"is_assigned": True, "is_overdue": True}),
        "agree": (facts.may_object, {"agrees": True}),
        "object": (facts.may_object, {"agrees": False}),
        "let pass": (True, {"may_object": False}),
        "appeal": (is_decided, {"is_appealed": True}),
        "second look": (is_decided, {"is_appealed": False}),
        "list": (place_of(facts) == Place.FEASIBLE, {"state": "shortlisted"}),
        **{name: (True, {"state": state}) for name, state in ENDED.items()},
    }
    is_possible, change = changes.get(act, (False, {}))
    return replace(facts, **change) if is_possible else facts


@given(st.lists(st.lists(st.sampled_from(ACTS), max_size=8), max_size=40))
def test_every_history_ends_in_one_place_of_the_account(histories: list[list[str]]) -> None:
    counts: Counter[Facts] = Counter()
    for history in histories:
        facts = Facts("submitted")
        for act in history:
            facts = after(facts, act)
        counts[facts] += 1
    account = account_of(counts)
    assert account.submitted == len(histories) == sum(account.numbers.values())
    places = Counter(place_of(facts) for facts, n in counts.items() for _ in range(n))
    assert dict(account.numbers) == dict(places)
    assert 0 <= account.overdue <= account.submitted - account.checked


def test_every_state_of_a_proposal_has_a_place() -> None:
    for state in Proposal.State.values:
        assert place_of(Facts(state)) in Place
    with pytest.raises(ValueError, match="no place"):
        place_of(Facts("lost"))


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (Facts("submitted"), Place.WAITING),
        (Facts("submitted", is_assigned=True), Place.CHECKING),
        (Facts("submitted", is_assigned=True, is_overdue=True), Place.OVERDUE),
        (Facts("submitted", is_overdue=True), Place.OVERDUE),
        (Facts("feasible"), Place.FEASIBLE),
        (Facts("feasible", is_changed=True, may_object=True), Place.AGREEING),
        (Facts("feasible", is_changed=True, agrees=True, may_object=True), Place.FEASIBLE),
        (Facts("feasible", is_changed=True, agrees=False), Place.OBJECTED),
        (Facts("feasible", is_changed=True), Place.FEASIBLE),
        (Facts("not_feasible", is_appealed=True), Place.APPEALED),
        (Facts("not_feasible"), Place.NOT_FEASIBLE),
        (Facts("shortlisted", is_appealed=True), Place.ON_BALLOT),
    ],
)
def test_where_a_proposal_stands(facts: Facts, place: Place) -> None:
    assert place_of(facts) == place


def test_the_numbers_of_a_bar_by_hand() -> None:
    account = account_of(
        {
            Facts("submitted"): 40,
            Facts("submitted", is_assigned=True): 15,
            Facts("submitted", is_assigned=True, is_overdue=True): 12,
            Facts("shortlisted"): 100,
            Facts("not_feasible"): 43,
        }
    )
    assert (account.checked, account.submitted, account.overdue) == (143, 210, 12)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"working_days": 0}, "working_days"),
        ({"appeal_days": "ten"}, "appeal_days"),
        ({"consent_days": True}, "consent_days"),
        ({"checklist": [{"code": "land"}]}, "check list"),
        ({"checklist": [{"code": "Land", "kk": "Ж", "ru": "З"}]}, "code"),
        ({"checklist": [{"code": "a", "kk": "Ж", "ru": ""}]}, "kk and ru"),
        ({"checklist": [{"code": "a", "kk": "Ж", "ru": "З"}] * 2}, "one code"),
    ],
)
def test_unusable_rules_say_why(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        FeasibilityRules.from_data({**RULES, **change})


def test_rules_are_read() -> None:
    rules = FeasibilityRules.from_data(RULES)
    assert (rules.working_days, rules.consent_days) == (10, 5)
    assert [line.code for line in rules.checklist] == ["land", "law"]
