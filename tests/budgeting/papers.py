"""What the tests of votes on paper share: a station with officers, ballots given, papers keyed."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.multilingual import Told
from budgeting.ballots import BLANK, SPOILED, VALID, Reading
from budgeting.models import Cycle, Election, PaperBatch, Station
from budgeting.services.elections import advance_election
from budgeting.services.paper.batches import close_batch, key_paper, make_batch
from budgeting.services.paper.giving import give_ballots, person_at_station
from budgeting.services.paper.stations import StationDraft, appoint_officer, open_station
from tests.budgeting.registers import line_number
from tests.conftest import make_person, pass_deadline

DRAFT = StationDraft(
    name=Told("Кітапхана", "Библиотека", "Library"),
    address=Told("Абай к-сі, 1", "ул. Абая, 1", "1 Abay Street"),
    hours=Told("күн сайын 9:00–19:00", "ежедневно 9:00–19:00", "daily 9:00–19:00"),
)
EMPTY, TORN = Reading(BLANK, []), Reading(SPOILED, [])


def paper(*choices: str) -> Reading:
    return Reading(VALID, list(choices))


@dataclass
class Desk:
    """A station where three people serve."""

    station: Station
    officers: list[User]

    @property
    def cycle(self) -> Cycle:
        return self.station.cycle

    @property
    def election(self) -> Election:
        return Election.objects.get(envelope__cycle=self.cycle)

    def give(self, *numbers: int) -> list[User]:
        """Ballots to the people of these lines of the register."""
        people = []
        for number in numbers:
            person = person_at_station(by=self.officers[0], line=line_number(self.cycle, number))
            give_ballots(station=self.station, person=person, elections=[self.election])
            people.append(person)
        return people

    def pile(self, papers: int) -> PaperBatch:
        return make_batch(
            by=self.officers[0], station=self.station, election=self.election, papers=papers
        )

    def key(self, batch: PaperBatch, *piles: Sequence[Reading]) -> None:
        """The first officer keys the first pile, the second the second."""
        for officer, readings in zip(self.officers, piles, strict=False):
            for number, reading in enumerate(readings, start=1):
                key_paper(by=officer, batch=batch, number=number, reading=reading)

    def closed_pile(self, readings: Sequence[Reading]) -> PaperBatch:
        """A batch on which both agree."""
        batch = self.pile(len(readings))
        self.key(batch, readings, readings)
        return close_batch(by=self.officers[0], batch=batch)

    def end_the_vote(self) -> Election:
        election = pass_deadline(self.election)
        advance_election(election)
        election.refresh_from_db()
        return election


def open_desk(cycle: Cycle, by: User, draft: StationDraft = DRAFT) -> Desk:
    station = open_station(by=by, cycle=cycle, draft=draft)
    officers = [
        make_person(f"officer{station.number}{name}@example.org", f"Officer {name}", language="en")
        for name in "abc"
    ]
    for officer in officers:
        appoint_officer(by=by, station=station, person=officer)
    return Desk(station, officers)
