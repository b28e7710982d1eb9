"""A trial of a vote: its ballots count nowhere, and the freeze leaves nothing of them."""

import ast
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import (
    MOST_TRIAL_BALLOTS,
    Ballot,
    BallotFile,
    Cycle,
    Election,
    Epoch,
    Leaf,
    OpenedBallot,
    Proposal,
    RollEntry,
    Tally,
    Trial,
    TrialBallot,
)
from budgeting.services import trials
from budgeting.services.elections import advance_election, freeze_election
from budgeting.services.voting import cast_ballot
from participation.models import JournalEntry
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import Make, pass_deadline

REAL = (RollEntry, Ballot, Epoch, Leaf, OpenedBallot, BallotFile, Tally)


@pytest.fixture
def planned(cycle: Cycle) -> Election:
    """In preparation, and ready for a trial."""
    return cycle.envelopes.get().election


@pytest.fixture
def trial(planned: Election, bob: User) -> Trial:
    return trials.open_trial(by=bob, election=planned)


def cast(trial: Trial, choices: Any, request: str = "form") -> TrialBallot:
    return trials.cast_trial_ballot(trial=trial, choices=choices, request=request)


def test_a_trial_is_opened_once_and_entered_in_the_journal(
    trial: Trial, planned: Election, bob: User
) -> None:
    assert trials.open_trial(by=bob, election=planned) == trial
    assert JournalEntry.objects.filter(kind="budgeting.trial_opened").count() == 1


def test_no_trial_of_a_ballot_that_lacks_projects(make_cycle: Make, bob: User) -> None:
    cycle = make_cycle("taraz-2028", costs=(300,))
    with pytest.raises(errors.NotReady, match="at least two projects"):
        trials.open_trial(by=bob, election=cycle.envelopes.get().election)


def test_a_trial_ballot_follows_the_rules_of_the_vote(trial: Trial) -> None:
    assert cast(trial, ["2", "1"]).choices == ["1", "2"]
    with pytest.raises(errors.BudgetExceeded):
        cast(trial, ["1", "2", "3"], "other")
    with pytest.raises(errors.UnknownProject):
        cast(trial, ["77"], "third")
    assert trial.ballots.count() == 1


def test_the_same_form_sent_twice_is_one_trial_ballot(trial: Trial) -> None:
    assert cast(trial, ["1"]) == cast(trial, ["1"])
    assert trial.ballots.count() == 1


def test_nothing_of_a_trial_names_a_person_or_leads_to_a_vote() -> None:
    """No column of a real vote points to a trial, and none of a trial to people or ballots."""
    reached = {
        field.related_model
        for model in (Trial, TrialBallot)
        for field in model._meta.get_fields()
        if field.is_relation
    }
    assert reached == {Election, Trial, TrialBallot}
    for model in REAL:
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert not related & {Trial, TrialBallot}


def test_the_code_of_trials_knows_no_real_ballots() -> None:
    package = Path(settings.BASE_DIR) / "budgeting"
    forbidden = {model.__name__ for model in REAL} | {"voting", "counting", "sealing", "keys"}
    for name in ("services/trials.py", "views/trial_booth.py", "views/trials.py"):
        tree = ast.parse((package / name).read_text(encoding="utf-8"))
        imported = {
            part
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for part in [*(alias.name for alias in node.names), *(node.module or "").split(".")]
        }
        assert not imported & forbidden, name


def test_a_trial_writes_no_row_of_the_vote(trial: Trial, bob: User) -> None:
    cast(trial, ["1"])
    trials.fill_trial(by=bob, trial=trial, number=50, seed=7)
    trials.count_trial(trial=trial)

    assert [model.__name__ for model in REAL if model.objects.exists()] == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO budgeting_rollentry (election_id, voter_id, casts) VALUES ({e}, {v}, 0)",
        "INSERT INTO budgeting_ballot (election_id, slot, version, epoch, idempotency, body)"
        " VALUES ({e}, 'a', 1, 0, 'b', 'c')",
        "INSERT INTO budgeting_ballotfile (election_id, name, text, sha256, number_of_ballots,"
        " created_at) VALUES ({e}, 'x', '', '', 0, now())",
        "INSERT INTO budgeting_tally (election_id, is_official, input_sha256, rule,"
        " engine_version, result, counted_at) VALUES ({e}, true, '', '', '', '{{}}', now())",
    ],
    ids=["roll", "ballot", "file", "tally"],
)
def test_no_row_of_the_vote_is_stored_beside_a_trial(trial: Trial, alice: User, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="a trial of this vote is under way"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(e=trial.election_id, v=alice.pk))


def test_the_freeze_leaves_nothing_of_the_trial(
    trial: Trial, planned: Election, bob: User, alice: User
) -> None:
    trials.fill_trial(by=bob, trial=trial, number=30, seed=1)
    cast(trial, ["4"])

    election = freeze_election(by=bob, election=planned)

    assert not Trial.objects.exists()
    assert not TrialBallot.objects.exists()
    ended = JournalEntry.objects.get(kind="budgeting.trial_ended")
    assert json.loads(ended.body)["ballots"] == 31
    # The vote begins empty, and counts the one ballot that was cast in it.
    cast_ballot(voter=alice, election=election, choices=["1"], request="form")
    advance_election(pass_deadline(election))
    assert BallotFile.objects.get().number_of_ballots == 1


def test_raw_sql_that_freezes_takes_the_trial_along(trial: Trial, planned: Election) -> None:
    cast(trial, ["1"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budgeting_election SET state = 'frozen' WHERE id = %s", [planned.pk])
    assert not TrialBallot.objects.exists()
    assert not Trial.objects.exists()


def test_after_the_freeze_nothing_is_tried(
    trial: Trial, planned: Election, election: Election, bob: User
) -> None:
    with pytest.raises(errors.WrongState):
        trials.open_trial(by=bob, election=planned)
    with pytest.raises(errors.WrongState):
        cast(trial, ["1"])
    with pytest.raises(DatabaseError, match="nothing is tried any more"), transaction.atomic():
        Trial.objects.create(election=election)


def test_a_trial_ballot_is_never_changed(trial: Trial) -> None:
    ballot = cast(trial, ["1"])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        TrialBallot.objects.filter(pk=ballot.pk).update(choices=["2"])


def test_a_trial_has_a_limit(trial: Trial, bob: User) -> None:
    trials.fill_trial(by=bob, trial=trial, number=MOST_TRIAL_BALLOTS - 1, seed=3)
    cast(trial, ["1"])
    with pytest.raises(errors.TrialFull):
        cast(trial, ["2"], "one more")
    one_more = TrialBallot(
        pk=UUID(int=1), trial=trial, number=MOST_TRIAL_BALLOTS + 1, choices=["1"]
    )
    with pytest.raises(IntegrityError, match="trial_ballots_limited"), transaction.atomic():
        one_more.save(force_insert=True)


def test_the_count_of_a_trial_is_the_engine_s(trial: Trial, bob: User) -> None:
    """Costs 300, 400, 500, 200; money 1000. Two for 1 and 4, one for 3: the shares say 1, 4, 3."""
    for number in range(2):
        cast(trial, ["1", "4"], f"a{number}")
    cast(trial, ["3"], "b")

    counted = trials.count_trial(trial=trial)

    assert counted.ballots == 3
    assert counted.unfit == 0
    assert sorted(counted.result["winners"]) == ["1", "3", "4"]
    assert counted.seconds > 0


def test_ballots_on_a_project_that_is_gone_are_left_out(trial: Trial, bob: User) -> None:
    cast(trial, ["1"], "a")
    cast(trial, ["2"], "b")
    Proposal.objects.filter(cycle__slug="taraz-2027", number=2).update(
        state=Proposal.State.WITHDRAWN, end_reason="Not needed any more."
    )

    counted = trials.count_trial(trial=trial)

    assert (counted.ballots, counted.unfit) == (1, 1)
    assert "2" not in counted.result["winners"]


def test_the_organiser_deletes_a_trial_and_opens_a_new_one(
    trial: Trial, planned: Election, bob: User
) -> None:
    cast(trial, ["1"])
    trials.end_trial(by=bob, election=planned)
    assert not TrialBallot.objects.exists()
    assert trials.open_trial(by=bob, election=planned).ballots.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_freeze_and_trial_ballots_at_once_leave_none(
    trial: Trial, planned: Election, bob: User
) -> None:
    results = at_once(
        lambda: freeze_election(by=bob, election=planned),
        *[lambda n=n: cast(trial, ["1"], f"form {n}") for n in range(6)],
    )

    wrong = [error for error in errors_in(results) if not isinstance(error, errors.WrongState)]
    assert wrong == []
    assert not TrialBallot.objects.exists()
    planned.refresh_from_db()
    assert planned.state == Election.State.FROZEN


@pytest.mark.django_db(transaction=True)
def test_trial_ballots_at_once_get_numbers_of_their_own(trial: Trial) -> None:
    results = at_once(*[lambda n=n: cast(trial, ["1"], f"form {n}") for n in range(6)])

    assert errors_in(results) == []
    assert sorted(trial.ballots.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
