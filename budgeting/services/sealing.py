"""From sealed ballots to the public log, and to opened ballots after the close."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Case, OuterRef, Subquery, When

from budgeting.ballots import ElectionKey, chain_head, merkle_root
from budgeting.ballots.log import FIRST_HEAD, leaf_data
from budgeting.keys import read_key
from budgeting.models import Ballot, Election, Epoch, Leaf, OpenedBallot
from participation.services import record

# A published epoch hides its voters among at least so many.
SMALLEST_EPOCH = 100


def seal_finished_epochs(election: Election, *, is_final: bool = False) -> None:
    """Begin a new epoch if this one has enough ballots (any, at the close); seal those that ended.

    Safe to repeat and to kill: an epoch that ended without being sealed is sealed next time.
    """
    waiting = Ballot.objects.filter(election=election, epoch=election.epoch).count()
    if waiting >= (1 if is_final else SMALLEST_EPOCH):
        with connection.cursor() as cursor:
            # Names the epoch that was counted: where another worker ended it, nothing happens.
            cursor.execute("SELECT budgeting_next_epoch(%s, %s)", [election.pk, election.epoch])
        election.refresh_from_db(fields=["epoch"])
    key = read_key(election.pk, election.key_fingerprint)
    for number in range(election.epochs.count(), election.epoch):
        _seal_epoch(election, key, number)


@transaction.atomic
def _seal_epoch(election: Election, key: ElectionKey, number: int) -> None:
    # Not the stronger lock, which the foreign key of every ballot being cast would wait for.
    Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    if election.epochs.filter(number=number).exists():
        return
    pairs = sorted(_commitments(election, key, number))
    previous = election.epochs.filter(number=number - 1).values_list("head", flat=True).first()
    root = merkle_root([leaf_data(commitment, old) for commitment, old in pairs])
    epoch = Epoch.objects.create(
        election=election,
        number=number,
        size=len(pairs),
        root=root,
        previous_head=previous or FIRST_HEAD,
        head=chain_head(previous or FIRST_HEAD, number, len(pairs), root),
    )
    # Sorted by commitment, so that the order of arrival cannot be read from the log.
    Leaf.objects.bulk_create(
        [
            Leaf(election=election, epoch=epoch, commitment=commitment, supersedes=old or None)
            for commitment, old in pairs
        ],
        batch_size=5000,
    )
    record(
        kind="budgeting.epoch_sealed",
        dossier=election.envelope.cycle.dossier,
        election=election.pk,
        epoch=number,
        ballots=len(pairs),
        head=epoch.head,
    )


def _commitments(election: Election, key: ElectionKey, number: int) -> Iterator[tuple[str, str]]:
    replaced = Ballot.objects.filter(
        election=election, slot=OuterRef("slot"), version=OuterRef("version") - 1
    )
    # Asked for those that replaced one alone: of most voters nothing is looked for.
    old_body = Case(When(version__gt=1, then=Subquery(replaced.values("body"))))
    ballots = Ballot.objects.filter(election=election, epoch=number).values_list(
        "slot", "body", old_body
    )
    for slot, body, replaced_body in ballots.iterator(chunk_size=5000):
        old = (
            key.open(slot=bytes(slot), body=bytes(replaced_body)).commitment
            if replaced_body
            else ""
        )
        yield key.open(slot=bytes(slot), body=bytes(body)).commitment, old


@transaction.atomic
def open_final_ballots(election: Election) -> int:
    """After the close: nonce and choices of each voter's last ballot, in order of commitment.

    Replaced ballots stay in the log and are never opened. Returns the number of opened ballots.
    """
    Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    opened = OpenedBallot.objects.filter(leaf__election=election)
    if opened.exists():
        return opened.count()
    key = read_key(election.pk, election.key_fingerprint)
    leaves = dict(election.leaves.values_list("commitment", "pk"))
    final = Ballot.objects.filter(election=election).order_by("slot", "-version").distinct("slot")
    ballots = sorted(
        (
            key.open(slot=bytes(ballot.slot), body=bytes(ballot.body))
            for ballot in final.iterator(chunk_size=5000)
        ),
        key=lambda ballot: ballot.commitment,
    )
    OpenedBallot.objects.bulk_create(
        [
            OpenedBallot(
                leaf_id=leaves[ballot.commitment],
                nonce=ballot.nonce.hex(),
                choices=ballot.choices,
            )
            for ballot in ballots
        ],
        batch_size=5000,
    )
    return len(ballots)
