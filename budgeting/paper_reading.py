"""What pages show of votes on paper: how far a batch is, what a station still owes."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting.models import (
    Cycle,
    Election,
    PaperBatch,
    PaperCount,
    Station,
    StationOfficer,
    StationProtocol,
)
from budgeting.services.paper.batches import differing, readings_of


@dataclass(frozen=True)
class BatchState:
    """Numbers of papers; `differing` are those that a third look has to decide."""

    papers: int
    keyed_once: int
    keyed_twice: int
    differing: list[int]

    @property
    def is_ready(self) -> bool:
        return self.keyed_twice == self.papers and not self.differing


@sensitive_variables()
def state_of(batch: PaperBatch) -> BatchState:
    readings = readings_of(batch)
    twice = sum(len(looks) > 1 for looks in readings.values())
    return BatchState(batch.papers, len(readings) - twice, twice, differing(readings))


def next_paper(batch: PaperBatch, keyer: User) -> int | None:
    """The first paper that this person has not keyed and two have not."""
    looks: dict[int, set[int]] = {}
    for number, person in batch.entries.values_list("number", "keyer"):
        looks.setdefault(number, set()).add(person)
    for number in range(1, batch.papers + 1):
        people = looks.get(number, set())
        if len(people) < 2 and keyer.pk not in people:
            return number
    return None


@dataclass(frozen=True)
class StationVote:
    """One vote at one station."""

    election: Election
    given: int
    batches: list[PaperBatch]
    protocol: StationProtocol | None

    @property
    def papers(self) -> int:
        return sum(batch.papers for batch in self.batches)

    @property
    def open_batches(self) -> int:
        return sum(not batch.is_closed for batch in self.batches)

    @property
    def left(self) -> int:
        """Papers that no batch has stated yet."""
        return self.given - self.papers

    @property
    def may_be_declared(self) -> bool:
        is_over = self.election.state == Election.State.CLOSED
        return is_over and self.protocol is None and not self.open_batches


@dataclass(frozen=True)
class StationView:
    station: Station
    votes: list[StationVote]
    officers: list[StationOfficer]


def stations_of(cycle: Cycle) -> list[StationView]:
    """All stations with their votes, in a fixed number of queries."""
    return [_view(station) for station in _with_rows(cycle.stations.all())]


def station_view(station: Station) -> StationView:
    return _view(_with_rows(Station.objects.filter(pk=station.pk)).get())


def _with_rows(stations: QuerySet[Station]) -> QuerySet[Station]:
    return stations.prefetch_related(
        "counts__election__envelope", "batches", "protocols", "officers__person"
    )


def _view(station: Station) -> StationView:
    counts = sorted(station.counts.all(), key=lambda count: count.election.envelope.number)
    officers = [officer for officer in station.officers.all() if officer.ended_at is None]
    return StationView(station, [_vote(station, count) for count in counts], officers)


def _vote(station: Station, count: PaperCount) -> StationVote:
    protocols = (p for p in station.protocols.all() if p.election_id == count.election_id)
    batches = [b for b in station.batches.all() if b.election_id == count.election_id]
    return StationVote(count.election, count.given, batches, next(protocols, None))
