"""Taraz on paper: two stations; one pile is read and closed, in the other two readings differ."""

from accounts.models import User
from accounts.multilingual import Told
from budgeting.ballots import BLANK, SPOILED, VALID, Reading
from budgeting.models import Cycle, PaperBatch, RegisterLine, Station
from budgeting.services.paper.batches import close_batch, key_paper, make_batch
from budgeting.services.paper.giving import give_ballots, person_at_station
from budgeting.services.paper.stations import StationDraft, appoint_officer, open_station

HOURS = Told(
    "дауыс беру күндері 9:00–19:00", "в дни голосования 9:00–19:00", "voting days 9:00–19:00"
)
STATIONS = (
    StationDraft(
        Told("Қалалық кітапхана", "Городская библиотека", "City library"),
        Told("Төле би даңғылы, 36", "проспект Толе би, 36", "36 Tole Bi Avenue"),
        HOURS,
    ),
    StationDraft(
        Told("Мәдениет үйі", "Дом культуры", "House of Culture"),
        Told("Қойгелді көшесі, 158", "улица Койгельды, 158", "158 Koigeldy Street"),
        HOURS,
    ),
)
OFFICERS = ("registrar", "reviewer", "business")
GIVEN = (8, 6)
READ = (
    Reading(VALID, ["1", "3"]),
    Reading(VALID, ["2"]),
    Reading(BLANK, []),
    Reading(VALID, ["3", "4"]),
    Reading(SPOILED, []),
)


def open_stations(*, people: dict[str, User], cycle: Cycle, residents: list[User]) -> None:
    """The last of the residents, who have not voted on the web, were given ballots."""
    waiting = iter(reversed(residents))
    piles: list[PaperBatch] = []
    for draft, given in zip(STATIONS, GIVEN, strict=True):
        station = open_station(by=people["organiser"], cycle=cycle, draft=draft)
        for name in OFFICERS:
            appoint_officer(by=people["organiser"], station=station, person=people[name])
        _give(station, people[OFFICERS[0]], [next(waiting) for _ in range(given)])
        piles.append(
            make_batch(
                by=people[OFFICERS[0]],
                station=station,
                election=cycle.envelopes.get().election,
                papers=len(READ),
            )
        )
    first, second = people[OFFICERS[0]], people[OFFICERS[1]]
    for pile in piles:
        _key(pile, first, list(READ))
    _key(piles[0], second, list(READ))
    close_batch(by=first, batch=piles[0])
    _key(piles[1], second, [READ[0], READ[3], READ[2]])


def _give(station: Station, officer: User, voters: list[User]) -> None:
    election = station.cycle.envelopes.get().election
    for line in RegisterLine.objects.filter(register__cycle=station.cycle, person__in=voters):
        person = person_at_station(by=officer, line=line)
        give_ballots(station=station, person=person, elections=[election])


def _key(pile: PaperBatch, keyer: User, readings: list[Reading]) -> None:
    for number, reading in enumerate(readings, start=1):
        key_paper(by=keyer, batch=pile, number=number, reading=reading)
