"""The life of an election: frozen, cast, closed, sealed, opened, counted, published."""

import pytest

from accounts.models import User
from budgeting import errors
from budgeting.allocation import count, parse_pabulib
from budgeting.ballots import chain_head, commitment, merkle_root
from budgeting.ballots.log import FIRST_HEAD, leaf_data
from budgeting.models import Election, RollEntry
from budgeting.services.counting import official_rule, sha256_of
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.voting import cast_ballot, own_ballot
from participation.models import JournalEntry
from participation.services import first_broken_entry
from tests.conftest import make_person, pass_deadline


@pytest.fixture
def voters(election: Election, city) -> list[User]:
    voters = [make_person(f"v{n}@example.org", f"V{n}") for n in range(5)]
    RollEntry.objects.bulk_create(RollEntry(election=election, voter=v) for v in voters)
    return voters


def test_a_vote_from_the_first_ballot_to_the_published_result(election, voters, bob) -> None:
    choices = [["1", "2"], ["1", "2"], ["1"], ["3"], ["4"]]
    receipts = [
        cast_ballot(voter=voter, election=election, choices=chosen, request=f"form-{voter.pk}")
        for voter, chosen in zip(voters, choices, strict=True)
    ]
    changed = cast_ballot(voter=voters[4], election=election, choices=["2"], request="again")
    assert changed.is_genuine(election.receipt_public_key)

    advance_election(pass_deadline(election))
    election.refresh_from_db()

    assert election.state == Election.State.COUNTED
    opened = {
        o.leaf.commitment: o
        for leaf in election.leaves.all()
        for o in [getattr(leaf, "opening", None)]
        if o
    }
    assert set(opened) == {r.commitment for r in [*receipts[:4], changed]}
    for chosen, receipt in zip([*choices[:4], ["2"]], [*receipts[:4], changed], strict=True):
        nonce = bytes.fromhex(receipt.nonce)
        assert commitment(election.pk, nonce, chosen) == receipt.commitment
        assert opened[receipt.commitment].choices == chosen

    tally = election.tallies.get(is_official=True)
    parsed = parse_pabulib(election.ballot_file.text)
    assert tally.input_sha256 == sha256_of(election.ballot_file.text)
    assert list(count(parsed, official_rule(election)).winners) == tally.result["winners"]
    assert [award.proposal.number for award in tally.awards.all()] == [
        int(project) for project in tally.result["winners"]
    ]
    publish_results(by=bob, election=election)
    assert first_broken_entry() is None


def test_the_public_log_can_be_recomputed_from_its_leaves(election, voters) -> None:
    for voter in voters:
        cast_ballot(voter=voter, election=election, choices=["1"], request="a")
    cast_ballot(voter=voters[0], election=election, choices=["2"], request="b")
    advance_election(pass_deadline(election))

    head = FIRST_HEAD
    for epoch in election.epochs.all():
        leaves = list(epoch.leaves.order_by("commitment").values_list("commitment", "supersedes"))
        root = merkle_root([leaf_data(*leaf) for leaf in leaves])
        head = chain_head(head, epoch.number, len(leaves), root)
        assert (epoch.root, epoch.head, epoch.size) == (root, head, len(leaves))
    assert election.leaves.count() == 6
    assert election.leaves.filter(supersedes__isnull=False).count() == 1


def test_a_frozen_election_publishes_its_rules_projects_and_key(election) -> None:
    data = JournalEntry.objects.get(kind="budgeting.election_frozen").data
    assert data["rules"] == election.rules
    assert [project["cost"] for project in data["projects"]] == [300, 400, 500, 200]
    assert data["key_fingerprint"] == election.key_fingerprint


def test_freezing_twice_is_refused(election, bob) -> None:
    with pytest.raises(errors.WrongState):
        freeze_election(by=bob, election=election)


def test_the_to_do_list_stops_the_freeze(make_cycle, bob) -> None:
    cycle = make_cycle(costs=(300,))
    with pytest.raises(errors.NotReady, match="two projects"):
        freeze_election(by=bob, election=cycle.envelopes.get().election)


def test_nobody_reads_a_ballot_by_its_voter_after_the_close(election, voters) -> None:
    cast_ballot(voter=voters[0], election=election, choices=["1"], request="a")
    assert own_ballot(voter=voters[0], election=election).choices == ["1"]
    advance_election(pass_deadline(election))
    election.refresh_from_db()
    assert own_ballot(voter=voters[0], election=election) is None


@pytest.mark.parametrize(
    ("choices", "error"),
    [
        ([], errors.EmptyBallot),
        (["1", "2", "3"], errors.BudgetExceeded),
        (["99"], errors.UnknownProject),
        (["1", "1"], errors.UnknownProject),
        ({"1": 2}, errors.BallotInvalid),
    ],
)
def test_a_ballot_against_the_rules_is_refused(election, voters, choices, error) -> None:
    with pytest.raises(error):
        cast_ballot(voter=voters[0], election=election, choices=choices, request="a")
    assert election.ballots.count() == 0


def test_the_same_form_sent_twice_is_one_ballot_with_one_receipt(election, voters) -> None:
    first = cast_ballot(voter=voters[0], election=election, choices=["1", "2"], request="a")
    again = cast_ballot(voter=voters[0], election=election, choices=["2", "1"], request="a")
    assert first == again
    assert election.ballots.count() == 1


def test_a_late_repeat_of_an_old_form_never_overrides_a_newer_choice(election, voters) -> None:
    cast_ballot(voter=voters[0], election=election, choices=["1"], request="a")
    cast_ballot(voter=voters[0], election=election, choices=["2"], request="b")
    cast_ballot(voter=voters[0], election=election, choices=["1"], request="a")
    assert own_ballot(voter=voters[0], election=election).choices == ["2"]


def test_who_is_not_a_resident_is_told_why_and_the_way_out(election, charlie) -> None:
    with pytest.raises(errors.ResidenceNotConfirmed) as refusal:
        cast_ballot(voter=charlie, election=election, choices=["1"], request="a")
    assert refusal.value.way_out


def test_nothing_is_cast_after_the_close(election, voters) -> None:
    pass_deadline(election)
    with pytest.raises(errors.VotingClosed):
        cast_ballot(voter=voters[0], election=election, choices=["1"], request="a")
