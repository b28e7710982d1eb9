"""Any order of votes, repeats, late repeats, epochs and paper: the last accepted choice counts."""

from collections import Counter

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from budgeting import errors
from budgeting.models import Ballot, Election, OpenedBallot, RollEntry
from budgeting.services import sealing
from budgeting.services.elections import advance_election, freeze_election
from budgeting.services.voting import cast_ballot, own_ballot
from tests.budgeting.ballot_box import make_voters
from tests.conftest import pass_deadline

VOTERS = st.integers(0, 3)
CHOICES = st.sampled_from([["1"], ["2"], ["1", "2"], ["3"], ["4"]])


class BallotBox(RuleBasedStateMachine):
    """The model is a dictionary: what each voter chose last. One election for each run."""

    make_election = None

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.election: Election = type(self).make_election()
        self.voters = make_voters(self.election, 4)
        self.sent: dict[int, list[tuple[str, list[str], str]]] = {n: [] for n in range(4)}
        self.last: dict[int, list[str]] = {}
        self.on_paper: set[int] = set()
        self.is_closed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _cast(self, voter: int, choices: list[str], request: str) -> str:
        return cast_ballot(
            voter=self.voters[voter], election=self.election, choices=choices, request=request
        ).commitment

    @rule(voter=VOTERS, choices=CHOICES)
    def vote(self, voter: int, choices: list[str]) -> None:
        request = f"form-{len(self.sent[voter])}"
        if self.is_closed or voter in self.on_paper:
            refusal = errors.VotingClosed if self.is_closed else errors.VotedOnPaper
            with pytest.raises(refusal):
                self._cast(voter, choices, request)
            return
        told = self._cast(voter, choices, request)
        self.sent[voter].append((request, choices, told))
        self.last[voter] = choices

    @precondition(lambda self: any(self.sent.values()) and not self.is_closed)
    @rule(data=st.data())
    def repeat_an_old_request(self, data: st.DataObject) -> None:
        """The last one again, or one that comes late on a bad network."""
        voter = data.draw(st.sampled_from([v for v, sent in self.sent.items() if sent]))
        request, choices, told = data.draw(st.sampled_from(self.sent[voter]))
        assert self._cast(voter, choices, request) == told

    @precondition(lambda self: not self.is_closed)
    @rule(voter=VOTERS)
    def hand_over_a_paper_ballot(self, voter: int) -> None:
        mark = (
            "UPDATE budgeting_rollentry SET channel = 'paper', casts = casts + 1"
            " WHERE election_id = %s AND voter_id = %s"
        )
        parameters = [self.election.pk, self.voters[voter].pk]
        with transaction.atomic(), connection.cursor() as cursor:
            if voter not in self.last:
                cursor.execute(mark, parameters)
                self.on_paper.add(voter)
                return
        with (
            pytest.raises(ProgrammingError, match="voted on the web"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(mark, parameters)

    @rule()
    def let_a_worker_pass(self) -> None:
        advance_election(self.election)
        self.election.refresh_from_db()

    @precondition(lambda self: not self.is_closed and len(self.last) > 2)
    @rule()
    def close(self) -> None:
        self.is_closed = True
        pass_deadline(self.election)

    @invariant()
    def each_voter_has_versions_without_gaps(self) -> None:
        versions = Counter(
            bytes(slot)
            for slot in Ballot.objects.filter(election=self.election).values_list("slot", flat=True)
        )
        assert sorted(versions.values()) == sorted(len(sent) for sent in self.sent.values() if sent)
        casts = RollEntry.objects.filter(election=self.election, channel="web")
        assert sum(casts.values_list("casts", flat=True)) == sum(versions.values())

    @invariant()
    def each_voter_sees_their_last_choice(self) -> None:
        if self.election.state == Election.State.FROZEN:
            for voter, choices in self.last.items():
                own = own_ballot(voter=self.voters[voter], election=self.election)
                assert own is not None
                assert own.choices == choices

    @invariant()
    def the_last_choices_are_what_is_opened(self) -> None:
        if self.election.state == Election.State.COUNTED:
            opened = OpenedBallot.objects.filter(leaf__election=self.election)
            told = {sent[-1][2]: self.last[v] for v, sent in self.sent.items() if sent}
            assert dict(opened.values_list("leaf__commitment", "choices")) == told
            assert self.election.leaves.count() == sum(len(s) for s in self.sent.values())


@pytest.mark.django_db
def test_the_last_accepted_choice_of_each_voter_counts(make_cycle, alice, bob, monkeypatch) -> None:
    monkeypatch.setattr(sealing, "SMALLEST_EPOCH", 2)
    cycle = make_cycle("machine-2027")
    prepared = cycle.envelopes.get().election
    BallotBox.make_election = lambda: freeze_election(
        by=bob, election=Election.objects.get(pk=prepared.pk)
    )
    run_state_machine_as_test(
        BallotBox,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
