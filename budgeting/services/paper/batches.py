"""Papers out of a box: a batch says how many, each is keyed twice, a third look decides.

What was keyed is sealed with the key of the election: no page and no row tells it.
"""

from django.db import connection, transaction
from django.db.models import Max, Sum
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting import errors
from budgeting.ballots import BLANK, SPOILED, VALID, ElectionKey, PaperPlace, Reading, canonical
from budgeting.keys import read_key
from budgeting.models import Election, PaperBatch, PaperCount, PaperEntry, Station, StationProtocol
from budgeting.services.paper.errors import (
    BatchClosed,
    BatchNotReady,
    DecidedByAnother,
    KeyedByYou,
    MorePapersThanGiven,
    PapersDeclared,
    PapersKeyedBeyond,
    PaperUnknown,
)
from budgeting.voting_rules import VotingRules
from participation.services import record

Readings = dict[int, list[Reading]]
"""What was read on each paper of a batch, the first look first."""


@transaction.atomic
def make_batch(*, by: User, station: Station, election: Election, papers: int) -> PaperBatch:
    """A pile of papers, shuffled and then numbered. Raises MorePapersThanGiven, PapersDeclared."""
    Station.objects.select_for_update(no_key=True).get(pk=station.pk)  # numbers without gaps
    _check_room(station, election, papers)
    last = station.batches.aggregate(last=Max("number"))["last"] or 0
    batch = PaperBatch.objects.create(
        station=station, election=election, number=last + 1, papers=papers, made_by=by
    )
    _record("budgeting.paper_batch_made", by, batch, papers=papers)
    return batch


@transaction.atomic
def correct_batch(*, by: User, batch: PaperBatch, papers: int) -> None:
    """The pile was miscounted. Raises as `make_batch`, PapersKeyedBeyond, BatchClosed."""
    batch = _locked(batch)
    _check_room(batch.station, batch.election, papers, beside=batch)
    highest = batch.entries.aggregate(highest=Max("number"))["highest"] or 0
    if papers < highest:
        raise PapersKeyedBeyond
    batch.papers = papers
    batch.save(update_fields=["papers"])
    _record("budgeting.paper_batch_corrected", by, batch, papers=papers)


def _check_room(
    station: Station, election: Election, papers: int, beside: PaperBatch | None = None
) -> None:
    of_both = {"station": station, "election": election}
    # The lock that giving, batches and the protocol of a station take.
    count = PaperCount.objects.select_for_update().filter(**of_both).first()
    if StationProtocol.objects.filter(**of_both).exists():
        raise PapersDeclared
    others = PaperBatch.objects.filter(**of_both)
    if beside is not None:
        others = others.exclude(pk=beside.pk)
    stated = others.aggregate(sum=Sum("papers"))["sum"] or 0
    if count is None or stated + papers > count.given:
        raise MorePapersThanGiven


@transaction.atomic
@sensitive_variables()
def key_paper(*, by: User, batch: PaperBatch, number: int, reading: Reading) -> PaperEntry:
    """The first look at a paper, or the second by somebody else.

    Raises BallotInvalid, BatchClosed, PaperUnknown, KeyedByYou.
    """
    batch = _locked(batch)
    looks = list(batch.entries.filter(number=number))
    if any(entry.keyer_id == by.pk for entry in looks):
        raise KeyedByYou
    if not 1 <= number <= batch.papers or len(looks) > 1:
        raise PaperUnknown
    return _enter(by, batch, PaperPlace(batch.pk, number, len(looks) + 1), reading)


@transaction.atomic
@sensitive_variables()
def decide_paper(
    *,
    by: User,
    batch: PaperBatch,
    number: int,
    reading: Reading,
    reason: str,
    is_joint: bool = False,
) -> PaperEntry:
    """The third look, which holds: somebody else's, or that of both keyers together.

    Blind like the others. Raises BallotInvalid, BatchClosed, PaperUnknown, DecidedByAnother.
    """
    batch = _locked(batch)
    if number not in differing(readings_of(batch)):
        raise PaperUnknown
    has_keyed = batch.entries.filter(number=number, keyer=by).exists()
    if has_keyed and not is_joint:
        raise DecidedByAnother
    place = PaperPlace(batch.pk, number, PaperEntry.DECIDING)
    entry = _enter(by, batch, place, reading, is_joint=is_joint, reason=reason)
    _record("budgeting.paper_decided", by, batch, paper=number, is_joint=is_joint, reason=reason)
    return entry


@sensitive_variables()
def _enter(
    by: User,
    batch: PaperBatch,
    place: PaperPlace,
    reading: Reading,
    *,
    is_joint: bool = False,
    reason: str = "",
) -> PaperEntry:
    election = batch.election
    rules = VotingRules.from_data(election.rules)
    costs = dict(election.shortlist.values_list("project_id", "cost"))
    checked = Reading(reading.outcome, [])
    if reading.outcome == VALID:
        amount = election.envelope.amount
        checked = Reading(VALID, rules.checked(reading.choices, costs=costs, amount=amount))
    key = read_key(election.pk, election.key_fingerprint)
    return PaperEntry.objects.create(
        batch=batch,
        number=place.number,
        look=place.look,
        keyer=by,
        body=checked.sealed(key, place, room=len(canonical(rules.fullest(costs)))),
        is_joint=is_joint,
        reason=reason,
    )


def _locked(batch: PaperBatch) -> PaperBatch:
    """Raises BatchClosed."""
    rows = PaperBatch.objects.select_for_update(no_key=True, of=("self",))
    batch = rows.select_related("station__cycle__dossier", "election__envelope").get(pk=batch.pk)
    if batch.is_closed:
        raise BatchClosed
    return batch


@sensitive_variables()
def readings_of(batch: PaperBatch) -> Readings:
    """Opened for the comparison alone: callers tell that looks differ, never what they say."""
    readings: Readings = {}
    entries = list(batch.entries.all())
    if not entries:
        return readings
    key = read_key(batch.election_id, batch.election.key_fingerprint)
    for entry in entries:
        place = PaperPlace(batch.pk, entry.number, entry.look)
        readings.setdefault(entry.number, []).append(Reading.opened(key, place, bytes(entry.body)))
    return readings


def differing(readings: Readings) -> list[int]:
    """Papers on which two people read two things and nobody has decided."""
    return [
        number
        for number, looks in sorted(readings.items())
        if len(looks) == 2 and looks[0] != looks[1]
    ]


@transaction.atomic
@sensitive_variables()
def close_batch(*, by: User, batch: PaperBatch) -> PaperBatch:
    """Put the valid papers among the sealed ballots, in an order that tells nothing.

    Raises BatchNotReady, BatchClosed.
    """
    batch = _locked(batch)
    readings = readings_of(batch)
    is_whole = all(len(readings.get(n, ())) > 1 for n in range(1, batch.papers + 1))
    if not is_whole or differing(readings):
        raise BatchNotReady
    final = {number: looks[-1] for number, looks in readings.items()}
    outcomes = [reading.outcome for reading in final.values()]
    _accept(by, batch, final, outcomes.count(BLANK), outcomes.count(SPOILED))
    batch.refresh_from_db()
    _record(
        "budgeting.paper_batch_closed",
        by,
        batch,
        papers=batch.papers,
        valid=batch.valid,
        blank=batch.blank,
        spoiled=batch.spoiled,
        decided=batch.entries.filter(look=PaperEntry.DECIDING).count(),
    )
    return batch


@sensitive_variables()
def _accept(
    by: User, batch: PaperBatch, final: dict[int, Reading], blank: int, spoiled: int
) -> None:
    election = batch.election
    key: ElectionKey = read_key(election.pk, election.key_fingerprint)
    rules = VotingRules.from_data(election.rules)
    room = len(canonical(rules.fullest(election.shortlist.values_list("project_id", flat=True))))
    sealed = [
        key.seal_paper(batch=batch.pk, number=number, choices=reading.choices, room=room)
        for number, reading in final.items()
        if reading.outcome == VALID
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM budgeting_accept_batch("
            "%s, %s, %s::bytea[], %s::bytea[], %s::bytea[], %s, %s)",
            [
                batch.pk,
                by.pk,
                [ballot.slot for ballot in sealed],
                [ballot.idempotency for ballot in sealed],
                [ballot.body for ballot in sealed],
                blank,
                spoiled,
            ],
        )
        (outcome,) = cursor.fetchone()
    if outcome == "closed":
        raise errors.WrongState
    if outcome != "accepted":
        raise BatchNotReady


def _record(kind: str, by: User, batch: PaperBatch, **details: object) -> None:
    record(
        kind=kind,
        dossier=batch.station.cycle.dossier,
        actor=by,
        station=batch.station.number,
        election=batch.election_id,
        batch=batch.number,
        **details,
    )
