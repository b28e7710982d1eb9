"""Conditions of a vote: set before the freeze, kept by the database, told in the file."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from budgeting import errors
from budgeting.allocation import parse_pabulib
from budgeting.conditions_ready import issues_of_conditions
from budgeting.models import ConflictEntry, Election, Proposal
from budgeting.services import conditions
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.voting import cast_ballot
from participation.models import JournalEntry
from tests.budgeting.ballot_box import at_once, errors_in, make_voters
from tests.conftest import RULES, pass_deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def setup(make_cycle: Any, alice: User) -> Election:
    cycle = make_cycle(rules={**RULES, "ballot": "approval", "count": {"method": "greedy"}})
    election: Election = cycle.envelopes.get().election
    return election


def proposals(election: Election, *numbers: int) -> list[Proposal]:
    return list(election.envelope.proposals.filter(number__in=numbers).order_by("number"))


def frozen_sets() -> list[list[int]]:
    """The conflict sets as the journal has them since the freeze."""
    entry = JournalEntry.objects.get(kind="budgeting.election_frozen")
    found: list[list[int]] = json.loads(entry.body)["conflict_sets"]
    return found


def test_sets_are_numbered_and_entered_in_the_journal(setup: Election, bob: User) -> None:
    envelope = setup.envelope
    first = conditions.add_conflict_set(by=bob, envelope=envelope, proposals=proposals(setup, 1, 2))
    second = conditions.add_conflict_set(
        by=bob, envelope=envelope, proposals=proposals(setup, 2, 3)
    )
    assert (first, second) == (1, 2)
    conditions.remove_conflict_set(by=bob, envelope=envelope, number=1)
    assert [p.number for p in conditions.conflict_sets(envelope)[2]] == [2, 3]
    freeze_election(by=bob, election=setup)
    assert frozen_sets() == [[2, 3]]


def test_a_set_has_two_projects_and_stands_once(setup: Election, bob: User) -> None:
    envelope = setup.envelope
    with pytest.raises(errors.ConflictTooSmall):
        conditions.add_conflict_set(by=bob, envelope=envelope, proposals=proposals(setup, 1))
    conditions.add_conflict_set(by=bob, envelope=envelope, proposals=proposals(setup, 1, 2))
    with pytest.raises(errors.ConflictExists):
        conditions.add_conflict_set(by=bob, envelope=envelope, proposals=proposals(setup, 2, 1))
    with pytest.raises(errors.WrongState):
        conditions.remove_conflict_set(by=bob, envelope=envelope, number=9)


def test_exactly_the_named_projects_are_marked(setup: Election, bob: User) -> None:
    for numbers in ((1, 2), (2, 3), ()):
        conditions.earmark_projects(
            by=bob, envelope=setup.envelope, proposals=proposals(setup, *numbers)
        )
        marked = setup.envelope.earmarked_projects.values_list("proposal__number", flat=True)
        assert tuple(marked) == numbers


def test_nothing_of_it_changes_after_the_freeze(setup: Election, bob: User) -> None:
    envelope, chosen = setup.envelope, proposals(setup, 1, 2)
    conditions.add_conflict_set(by=bob, envelope=envelope, proposals=chosen)
    conditions.earmark_projects(by=bob, envelope=envelope, proposals=chosen)
    freeze_election(by=bob, election=setup)
    for act in (
        lambda: conditions.add_conflict_set(
            by=bob, envelope=envelope, proposals=proposals(setup, 3, 4)
        ),
        lambda: conditions.remove_conflict_set(by=bob, envelope=envelope, number=1),
        lambda: conditions.earmark_projects(by=bob, envelope=envelope, proposals=[]),
    ):
        with pytest.raises(errors.WrongState):
            act()
    for statement in (
        "DELETE FROM budgeting_conflictentry",
        "UPDATE budgeting_conflictentry SET number = 5",
        "TRUNCATE budgeting_conflictentry",
        "DELETE FROM budgeting_earmarkedproject",
        "TRUNCATE budgeting_earmarkedproject",
        "INSERT INTO budgeting_conflictentry (envelope_id, number, proposal_id)"
        " SELECT envelope_id, 7, id FROM budgeting_proposal",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_project_of_another_envelope_is_refused(
    setup: Election, make_cycle: Any, bob: User
) -> None:
    other = make_cycle("other-2027").proposals.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictEntry.objects.create(envelope=setup.envelope, number=1, proposal=other)


@pytest.mark.django_db(transaction=True)
def test_a_set_and_a_freeze_at_the_same_moment(setup: Election, bob: User) -> None:
    """Either the set is in the frozen record, or it was refused: never one without the other."""
    results = at_once(
        lambda: freeze_election(by=bob, election=setup),
        lambda: conditions.add_conflict_set(
            by=bob, envelope=setup.envelope, proposals=proposals(setup, 1, 2)
        ),
    )
    refused = errors_in(results)
    assert all(isinstance(error, errors.WrongState) for error in refused)
    is_there = ConflictEntry.objects.exists()
    assert is_there == (not refused)
    assert frozen_sets() == ([[1, 2]] if is_there else [])


def test_the_count_keeps_to_them_and_says_so(setup: Election, bob: User) -> None:
    """1 and 2 lead and exclude each other; a quarter of 1000 is kept for 4 (200)."""
    rules = {"method": "greedy", "earmark": "1/4"}
    ruleset = setup.envelope.cycle.ruleset
    ruleset.data = {**ruleset.data, "count": rules}
    ruleset.save()
    conditions.add_conflict_set(by=bob, envelope=setup.envelope, proposals=proposals(setup, 1, 2))
    conditions.earmark_projects(by=bob, envelope=setup.envelope, proposals=proposals(setup, 4))
    # 200 marked tenge do not fill the 250 kept: the freeze would be refused.
    with pytest.raises(errors.NotReady, match="cost only"):
        freeze_election(by=bob, election=setup)
    conditions.earmark_projects(by=bob, envelope=setup.envelope, proposals=proposals(setup, 3, 4))
    election = freeze_election(by=bob, election=setup)
    for voter, choices in zip(
        make_voters(election, 6),
        [["1", "2"]] * 3 + [["1"], ["3"], ["4"]],
        strict=True,
    ):
        cast_ballot(voter=voter, election=election, choices=choices, request="form")
    advance_election(pass_deadline(election))
    publish_results(by=bob, election=election)
    election.refresh_from_db()
    parsed = parse_pabulib(election.ballot_file.text)
    assert [sorted(group) for group in parsed.conflicts] == [[0, 1]]
    assert parsed.meta["rule"] == "unknown"
    result = election.tallies.get(is_official=True).result
    assert result["winners"] == ["1", "3", "4"]
    lost = {loser["project"]: loser for loser in result["losers"]}
    assert (lost["2"]["reason"], lost["2"]["excluded_by"]) == ("excluded", "1")
    assert result["facts"] == {"earmarked": 250, "spent_on_earmarked": 700}
    for other in election.tallies.filter(is_official=False):
        assert not {"1", "2"} <= set(other.result["winners"])


# --- What is to do before the freeze ------------------------------------------------------------


def issues(election: Election, **rules: Any) -> dict[str, tuple[bool, str]]:
    ruleset = election.envelope.cycle.ruleset
    ruleset.data = {**ruleset.data, **rules}
    ruleset.save()
    found = issues_of_conditions(Election.objects.get(pk=election.pk))
    return {issue.code: (issue.is_done, issue.text) for issue in found}


def test_usual_rules_ask_for_nothing(setup: Election) -> None:
    assert issues(setup) == {}


def test_unreadable_rules_are_an_issue_of_their_own(setup: Election) -> None:
    assert issues(setup, ballot="none") == {}


def test_a_set_that_lost_its_projects_is_named(setup: Election, bob: User) -> None:
    conditions.add_conflict_set(by=bob, envelope=setup.envelope, proposals=proposals(setup, 1, 2))
    assert issues(setup)["conflicts"] == (True, "In 1 set projects exclude each other.")
    setup.envelope.proposals.filter(number=2).update(state=Proposal.State.FEASIBLE)
    is_done, text = issues(setup)["conflicts"]
    assert not is_done
    assert text.endswith("no longer exclude each other: 1.")


def test_kept_money_needs_projects_that_can_use_it(setup: Election, bob: User) -> None:
    count = {"method": "greedy", "earmark": "1/2"}
    assert "there is none yet" in issues(setup, count=count)["earmark"][1]
    for numbers, is_done in (((4,), False), ((3,), True)):  # 200, then 500 of the 500 kept
        conditions.earmark_projects(
            by=bob, envelope=setup.envelope, proposals=proposals(setup, *numbers)
        )
        assert issues(setup)["earmark"][0] is is_done


def test_a_ballot_is_not_longer_than_the_list_and_final_ones_are_said(setup: Election) -> None:
    rules = {"ballot": "ranked", "max_choices": 5, "revocable": False}
    found = issues(setup, **rules)
    assert found["length"] == (False, "The ballot takes 5 projects, but only 4 are on it.")
    assert found["final"][0]
    assert "length" not in issues(setup, max_choices=4)
