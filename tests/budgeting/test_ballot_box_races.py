"""Votes, epochs and closings at the same moment, on real connections."""

import threading
import time
from contextlib import suppress
from functools import partial

import pytest
from django.db import DataError, connection, connections, transaction
from django.db.models import Count, Max, Min

from budgeting import errors
from budgeting.models import Ballot, BallotFile, Election, Epoch, Leaf, OpenedBallot, RollEntry
from budgeting.services import sealing
from budgeting.services.elections import advance_election, freeze_election
from budgeting.services.sealing import seal_finished_epochs
from budgeting.services.voting import cast_ballot, own_ballot
from participation.models import Delivery, JournalEntry
from tests.budgeting.ballot_box import (
    at_once,
    cast_all,
    cast_sealed,
    errors_in,
    fetch_all,
    make_voters,
    set_close,
)
from tests.conftest import make_person, pass_deadline

pytestmark = pytest.mark.django_db(transaction=True)


def _pairs(election, voters, make_request):
    """Two people at two machines, in step from voter to voter."""
    step = threading.Barrier(2)

    def run(machine: int) -> list:
        receipts = []
        for voter in voters:
            step.wait(30)
            receipts.append(
                cast_ballot(
                    voter=voter,
                    election=election,
                    choices=["1"],
                    request=make_request(machine),
                )
            )
        return receipts

    return at_once(partial(run, 0), partial(run, 1))


def test_a_voter_on_two_machines_at_once_has_one_final_ballot(election) -> None:
    voters = make_voters(election, 100)
    results = _pairs(election, voters, lambda machine: f"machine-{machine}")
    assert not errors_in(results)

    slots = Ballot.objects.values("slot").annotate(
        n=Count("version"), first=Min("version"), last=Max("version")
    )
    assert len(slots) == 100
    assert {(s["n"], s["first"], s["last"]) for s in slots} == {(2, 1, 2)}
    assert set(RollEntry.objects.filter(casts__gt=0).values_list("casts", "channel")) == {
        (2, "web")
    }
    advance_election(pass_deadline(election))
    receipts = {receipt.commitment for both in results for receipt in both}
    opened = set(OpenedBallot.objects.values_list("leaf__commitment", flat=True))
    assert len(receipts) == 200
    assert len(opened) == 100
    assert opened < receipts


def test_the_same_form_from_two_machines_at_once_is_one_ballot(election) -> None:
    voters = make_voters(election, 40)
    first, second = _pairs(election, voters, lambda machine: "one form")
    assert first == second
    assert Ballot.objects.count() == 40
    assert set(Ballot.objects.values_list("version", flat=True)) == {1}
    assert Delivery.objects.count() == 40


def test_a_first_vote_from_two_machines_puts_the_voter_on_the_roll_once(election, city) -> None:
    from datetime import date

    from participation.services.residences import confirm_residence

    voters = [make_person(f"late{n}@example.org", "Late") for n in range(15)]
    for voter in voters:
        confirm_residence(by=None, person=voter, territory=city, born_on=date(1980, 1, 1))
    results = _pairs(election, voters, lambda machine: f"machine-{machine}")
    assert not errors_in(results)
    assert set(RollEntry.objects.filter(voter__in=voters).values_list("casts", flat=True)) == {2}
    assert Ballot.objects.count() == 30


def test_another_key_cannot_open_a_second_slot_for_a_voter(election) -> None:
    (voter,) = make_voters(election, 1)
    assert cast_sealed(election, voter.pk, ["1"], "a") == "stored"
    with pytest.raises(DataError, match="slot does not match"):
        cast_sealed(election, voter.pk, ["2"], "b", slot=b"\7" * 32)
    assert Ballot.objects.count() == 1
    assert RollEntry.objects.get(voter=voter).casts == 1


CLOSE = "SELECT budgeting_close_election(%s)"
NEXT_EPOCH = "SELECT budgeting_next_epoch(%s, 0)"


@pytest.mark.parametrize("statement", [CLOSE, NEXT_EPOCH], ids=["close", "epoch"])
def test_a_close_and_a_change_of_epoch_wait_for_a_cast_under_way(election, statement) -> None:
    (voter,) = make_voters(election, 1)
    stored, over = threading.Event(), threading.Event()

    def cast_slowly() -> bool:
        with transaction.atomic():
            assert cast_sealed(election, voter.pk, ["1"], "a") == "stored"
            stored.set()
            return over.wait(1)

    def act() -> int:
        stored.wait(30)
        if statement == CLOSE:
            pass_deadline(Election.objects.get(pk=election.pk))
        assert fetch_all(statement, election.pk) == [(True,)]
        over.set()
        return Ballot.objects.filter(epoch=0).count()

    assert at_once(cast_slowly, act) == [False, 1]


def test_a_cast_waits_for_a_change_of_epoch_under_way(election) -> None:
    (voter,) = make_voters(election, 1)
    changed = threading.Event()

    def change_slowly() -> None:
        with transaction.atomic():
            fetch_all(NEXT_EPOCH, election.pk)
            changed.set()
            time.sleep(0.3)

    def cast() -> str:
        changed.wait(30)
        return cast_sealed(election, voter.pk, ["1"], "a")

    assert at_once(change_slowly, cast) == [None, "stored"]
    assert list(Ballot.objects.values_list("epoch", flat=True)) == [1]


class Casters:
    """Threads that cast without pause; `accepted` holds what the voters were told."""

    def __init__(self, election: Election, voters, threads: int = 3) -> None:
        self.election, self.stop = election, threading.Event()
        self.accepted: list[str] = []
        self.unexpected: list[Exception] = []
        shares = [voters[n::threads] for n in range(threads)]
        self.threads = [threading.Thread(target=self._run, args=(s,)) for s in shares]

    def _run(self, voters) -> None:
        round_ = 0
        try:
            while not self.stop.is_set():
                round_ += 1
                for voter in voters:
                    if self.stop.is_set():
                        break
                    self._cast(voter, f"round-{round_}")
        except errors.VotingClosed:
            pass
        except Exception as error:
            self.unexpected.append(error)
        finally:
            connections.close_all()

    def _cast(self, voter, request: str) -> None:
        receipt = cast_ballot(voter=voter, election=self.election, choices=["1"], request=request)
        self.accepted.append(receipt.commitment)

    def __enter__(self) -> "Casters":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(60)


@pytest.mark.parametrize("attempt", range(3))
def test_nothing_is_written_after_the_close_and_nothing_accepted_is_missing(
    election, attempt
) -> None:
    voters = make_voters(election, 30)
    set_close(election, 0.5)
    with Casters(election, voters) as casters:
        written = -1
        while written < 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT budgeting_close_election(%s)", [election.pk])
                if cursor.fetchone()[0]:
                    written = Ballot.objects.count()
        time.sleep(0.3)
    assert not casters.unexpected
    assert casters.accepted
    assert Ballot.objects.count() == written == len(set(casters.accepted))
    election.refresh_from_db()
    advance_election(election)
    leaves = set(Leaf.objects.values_list("commitment", flat=True))
    assert leaves == set(casters.accepted)


def test_every_ballot_is_in_one_epoch_and_one_leaf_while_epochs_change(
    election, monkeypatch
) -> None:
    monkeypatch.setattr(sealing, "SMALLEST_EPOCH", 20)
    voters = make_voters(election, 30)
    with Casters(election, voters) as casters:
        deadline = time.monotonic() + 20
        while election.epoch < 5 and time.monotonic() < deadline:
            results = at_once(
                partial(seal_finished_epochs, Election.objects.get(pk=election.pk)),
                partial(seal_finished_epochs, Election.objects.get(pk=election.pk)),
            )
            assert not errors_in(results)
            election.refresh_from_db()
    assert not casters.unexpected
    assert election.epoch >= 5
    advance_election(pass_deadline(election))

    accepted = casters.accepted
    assert sorted(Leaf.objects.values_list("commitment", flat=True)) == sorted(accepted)
    epochs = dict(Epoch.objects.values_list("number", "size"))
    counted = dict(Ballot.objects.values_list("epoch").annotate(n=Count("*")))
    assert counted == epochs
    assert min(size for number, size in epochs.items() if number < max(epochs)) >= 20
    _assert_the_log_holds(election)


def _assert_the_log_holds(election) -> None:
    from budgeting.verify_ballots import heads_of

    rows = election.leaves.values_list("epoch__number", "commitment", "supersedes")
    heads = dict(heads_of([(number, c, old or "") for number, c, old in rows]))
    assert heads == dict(election.epochs.values_list("number", "head"))


def test_a_change_of_epoch_asked_for_twice_happens_once(election, monkeypatch) -> None:
    """Two workers find the epoch full; the second must not end a small epoch behind it."""
    monkeypatch.setattr(sealing, "SMALLEST_EPOCH", 5)
    cast_all(election, make_voters(election, 5))
    first = Election.objects.get(pk=election.pk)
    second = Election.objects.get(pk=election.pk)
    seal_finished_epochs(first)
    seal_finished_epochs(second)
    assert list(Epoch.objects.values_list("number", "size")) == [(0, 5)]
    assert Election.objects.get(pk=election.pk).epoch == 1


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_at_the_same_election_at_once_leave_one_result(election, workers) -> None:
    voters = make_voters(election, 30)
    told = cast_all(election, voters)
    pass_deadline(election)
    results = at_once(
        *(partial(advance_election, Election.objects.get(pk=election.pk)) for _ in range(workers))
    )
    assert not errors_in(results)
    assert BallotFile.objects.count() == 1
    assert election.tallies.filter(is_official=True).count() == 1
    assert list(Epoch.objects.values_list("number", "size")) == [(0, 30)]
    opened = OpenedBallot.objects.values_list("leaf__commitment", flat=True)
    assert sorted(opened) == sorted(told.values())
    for kind in ("voting_closed", "epoch_sealed", "counted"):
        assert JournalEntry.objects.filter(kind=f"budgeting.{kind}").count() == 1, kind
    election.refresh_from_db()
    assert election.state == Election.State.COUNTED


def test_a_worker_that_comes_late_with_an_old_row_changes_nothing(election) -> None:
    cast_all(election, make_voters(election, 3))
    pass_deadline(election)
    with connection.cursor() as cursor:
        cursor.execute("SELECT budgeting_close_election(%s)", [election.pk])
    late = Election.objects.get(pk=election.pk)
    advance_election(Election.objects.get(pk=election.pk))
    before = list(JournalEntry.objects.values_list("hash", flat=True))
    advance_election(late)
    assert list(JournalEntry.objects.values_list("hash", flat=True)) == before
    assert Epoch.objects.count() == 1
    late.refresh_from_db()
    assert late.epoch == 1


def test_sealing_does_not_hold_up_a_cast(election) -> None:
    """A seal works for seconds on a large epoch: the rows it locks are not those a cast needs."""
    (voter,) = make_voters(election, 1)
    cast_all(election, [voter])
    reached, go_on = threading.Event(), threading.Event()
    sealed_leaves = sealing.merkle_root

    def slow_root(leaves):
        reached.set()
        go_on.wait(20)
        return sealed_leaves(leaves)

    def cast_meanwhile():
        try:
            assert reached.wait(20)
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            return cast_ballot(voter=voter, election=election, choices=["2"], request="meanwhile")
        finally:
            go_on.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "merkle_root", slow_root)
        patch.setattr(sealing, "SMALLEST_EPOCH", 1)
        results = at_once(partial(seal_finished_epochs, election), cast_meanwhile)
    assert not errors_in(results)
    assert own_ballot(voter=voter, election=election).choices == ["2"]


def test_a_refused_late_vote_leaves_nothing_on_the_roll(election, charlie, city) -> None:
    from datetime import date

    from participation.services.residences import confirm_residence

    confirm_residence(by=None, person=charlie, territory=city, born_on=date(1980, 1, 1))
    pass_deadline(election)
    with pytest.raises(errors.VotingClosed):
        cast_ballot(voter=charlie, election=election, choices=["1"], request="a")
    assert not RollEntry.objects.filter(voter=charlie).exists()


def test_two_freezes_at_once_make_one_key_that_opens_the_ballots(cycle, bob) -> None:
    prepared = cycle.envelopes.get().election
    results = at_once(
        *(
            partial(freeze_election, by=bob, election=Election.objects.get(pk=prepared.pk))
            for _ in range(3)
        )
    )
    assert [type(error) for error in errors_in(results)] == [errors.WrongState] * 2
    prepared.refresh_from_db()
    (voter,) = make_voters(prepared, 1)
    cast_ballot(voter=voter, election=prepared, choices=["1"], request="a")
    assert own_ballot(voter=voter, election=prepared).choices == ["1"]


def test_a_freeze_that_was_killed_before_its_commit_can_be_repeated(cycle, bob) -> None:
    prepared = cycle.envelopes.get().election

    class Killed(BaseException):
        """No handler of the code sees a kill: the transaction ends and the file stays."""

    with suppress(Killed), transaction.atomic():
        freeze_election(by=bob, election=prepared)
        raise Killed
    prepared.refresh_from_db()
    assert prepared.state == Election.State.SETUP
    freeze_election(by=bob, election=prepared)
    prepared.refresh_from_db()
    (voter,) = make_voters(prepared, 1)
    assert cast_ballot(voter=voter, election=prepared, choices=["1"], request="a").is_genuine(
        prepared.receipt_public_key
    )
