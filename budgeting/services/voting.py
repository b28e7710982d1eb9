"""Casting a ballot: the one way in. Touches neither broker nor cache (docs/ballots.md)."""

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting import errors
from budgeting.ballots import (
    Choices,
    ElectionKey,
    OpenBallot,
    Receipt,
    SealedBallot,
    canonical,
)
from budgeting.keys import read_key
from budgeting.models import Ballot, Election, RollEntry
from budgeting.services.eligibility import check_eligible
from budgeting.voting_rules import VotingRules
from participation.services import notify

_CLOSED, _NOT_ON_ROLL, _ON_PAPER, _FINAL = "closed", "not_on_roll", "voted_on_paper", "final"


@sensitive_variables()
def cast_ballot(*, voter: User, election: Election, choices: Choices, request: str) -> Receipt:
    """Store a ballot, or replace the voter's earlier one, and return its signed receipt.

    `request` names the form that was sent: the same form sent twice is one ballot and gives the
    same receipt. Raises BallotInvalid, NotEligible, VotingClosed, ElectionKeyMissing.
    """
    rules = VotingRules.from_data(election.rules)
    costs = dict(election.shortlist.values_list("project_id", "cost"))
    checked = rules.checked(choices, costs=costs, amount=election.envelope.amount)
    key = read_key(election.pk, election.key_fingerprint)
    room = len(canonical(rules.fullest(costs)))
    sealed = key.seal(voter=voter.pk, request=request, choices=checked, room=room)
    with transaction.atomic():
        enrol(voter=voter, election=election)
        outcome = _store(voter, election, sealed)
        if outcome == "stored":
            cycle = election.envelope.cycle
            path = f"{cycle.dossier.path}ballot/{election.envelope.number}/receipt/"
            notify(kind="ballot_cast", recipients=[voter], dossier=cycle.dossier, path=path)
        _raise_refusal(outcome)
    return Receipt.issue(key, commitment=sealed.commitment, nonce=sealed.nonce)


def enrol(*, voter: User, election: Election) -> None:
    """Put an eligible person on the roll, once. Raises NotEligible."""
    if not RollEntry.objects.filter(election=election, voter=voter).exists():
        check_eligible(voter=voter, election=election)
        RollEntry.objects.bulk_create(
            [RollEntry(election=election, voter=voter)], ignore_conflicts=True
        )


def _store(voter: User, election: Election, sealed: SealedBallot) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM budgeting_cast_ballot(%s, %s, %s, %s, %s)",
            [election.pk, voter.pk, sealed.slot, sealed.idempotency, sealed.body],
        )
        return str(cursor.fetchone()[0])


def _raise_refusal(outcome: str) -> None:
    if outcome == _CLOSED:
        raise errors.VotingClosed
    if outcome == _ON_PAPER:
        raise errors.VotedOnPaper
    if outcome == _FINAL:
        raise errors.BallotFinal
    if outcome == _NOT_ON_ROLL:
        raise errors.NotEligible


def has_voted(*, voter: User, election: Election) -> bool:
    return RollEntry.objects.filter(election=election, voter=voter, casts__gt=0).exists()


def own_ballot(*, voter: User, election: Election) -> OpenBallot | None:
    """The voter's current ballot while the vote is open: to show it, to change it, as receipt.

    After the close the answer is None: nobody reads a ballot by its voter any more.
    """
    if election.state != Election.State.FROZEN:
        return None
    key = read_key(election.pk, election.key_fingerprint)
    return _latest(key, voter.pk)


def _latest(key: ElectionKey, voter: int) -> OpenBallot | None:
    slot = key.slot(voter)
    stored = Ballot.objects.filter(election_id=key.election, slot=slot).order_by("-version")
    ballot = stored.first()
    return key.open(slot=slot, body=bytes(ballot.body)) if ballot else None


def own_receipt(*, voter: User, election: Election) -> Receipt | None:
    ballot = own_ballot(voter=voter, election=election)
    if ballot is None:
        return None
    key = read_key(election.pk, election.key_fingerprint)
    return Receipt.issue(key, commitment=ballot.commitment, nonce=ballot.nonce)
