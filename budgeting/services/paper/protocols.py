"""The protocol of a station, and what the count of an election waits for."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Sum

from accounts.models import User
from accounts.multilingual import Told
from budgeting.models import (
    Election,
    OpenedBallot,
    PaperBatch,
    PaperCount,
    RollEntry,
    Station,
    StationProtocol,
)
from budgeting.services.paper.errors import (
    BatchesOpen,
    FewerThanAccepted,
    NothingGiven,
    NumbersDisagree,
    PapersDeclared,
    ReasonMissing,
    VoteNotOver,
)
from participation.services import record

NO_REASON = Told("", "")


@transaction.atomic
def declare_papers(
    *, by: User, station: Station, election: Election, in_box: int, reason: Told = NO_REASON
) -> StationProtocol:
    """The station's papers are complete; public from now on, and never changed.

    Raises VoteNotOver, NothingGiven, PapersDeclared, BatchesOpen, FewerThanAccepted, ReasonMissing.
    """
    election.refresh_from_db(fields=["state"])
    if election.state != Election.State.CLOSED:
        raise VoteNotOver
    of_both = {"station": station, "election": election}
    count = PaperCount.objects.select_for_update().filter(**of_both).first()
    if count is None:
        raise NothingGiven
    if StationProtocol.objects.filter(**of_both).exists():
        raise PapersDeclared
    batches = PaperBatch.objects.filter(**of_both)
    if batches.filter(valid=None).exists():
        raise BatchesOpen
    sums = batches.aggregate(valid=Sum("valid"), blank=Sum("blank"), spoiled=Sum("spoiled"))
    numbers = {name: total or 0 for name, total in sums.items()}
    accepted = sum(numbers.values())
    if in_box < accepted:
        raise FewerThanAccepted
    if not in_box == count.given == accepted and not reason.is_whole:
        raise ReasonMissing
    numbers |= {"given": count.given, "in_box": in_box}
    protocol = StationProtocol.objects.create(
        **of_both, **numbers, **reason.fields("reason"), declared_by=by
    )
    record(
        kind="budgeting.papers_declared",
        dossier=station.cycle.dossier,
        actor=by,
        station=station.number,
        election=election.pk,
        **numbers,
        reason_kk=protocol.reason_kk,
        reason_ru=protocol.reason_ru,
    )
    return protocol


def papers_are_complete(election: Election) -> bool:
    """Whether every station that gave ballots of this vote has declared its papers."""
    protocols = StationProtocol.objects.filter(station=OuterRef("station"), election=election)
    return not PaperCount.objects.filter(~Exists(protocols), election=election).exists()


def check_number_of_ballots(election: Election) -> None:
    """Ballots opened = people who voted on the web + valid papers. Raises NumbersDisagree."""
    if not PaperCount.objects.filter(election=election).exists():
        return
    papers = election.paper_batches.aggregate(sum=Sum("valid"))["sum"] or 0
    web = RollEntry.objects.filter(election=election, channel=RollEntry.Channel.WEB).count()
    opened = OpenedBallot.objects.filter(leaf__election=election).count()
    if opened != web + papers:
        raise NumbersDisagree(f"{opened} opened, {web} on the web, {papers} on paper")
