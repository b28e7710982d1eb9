"""Giving a ballot on paper: the mark on the roll comes first, then the paper (docs/locking.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import Cycle, Election, RegisterLine, RollEntry, Station
from budgeting.services.paper.errors import GivesToOneself, NotGiven, NothingToGive
from budgeting.services.proofs.lines import person_of_line
from budgeting.services.scopes import PLACES, place_of_voters
from budgeting.services.voting import enrol
from participation.models import Residence

GIVEN, VOTED, CLOSED = "given", "voted", "closed"


@dataclass(frozen=True)
class Ballot:
    """What an officer sees of one vote of one person; not how or when they voted."""

    election: Election
    is_recorded: bool


def ballots_for(*, line: RegisterLine, cycle: Cycle) -> list[Ballot]:
    """The open votes of the place where the line says that somebody lives."""
    places = RegisterLine.objects.filter(pk=line.pk).values_list(*PLACES).get()
    elections = [
        election
        for election in Election.objects.open_now()
        .filter(envelope__cycle=cycle)
        .select_related("envelope__territory", "envelope__cycle__dossier__territory")
        .order_by("envelope__number")
        if place_of_voters(election).pk in places
    ]
    roll = RollEntry.objects.filter(election__in=elections, voter=line.person_id, casts__gt=0)
    recorded = set(roll.values_list("election", flat=True)) if line.person_id else set()
    return [Ballot(election, election.pk in recorded) for election in elections]


def person_at_station(*, by: User, line: RegisterLine) -> User:
    """Whoever is tied to the line, or somebody without an account; the document was seen.

    An act of its own: it writes to the journal, which no mark on the roll may wait behind. Raises
    GivesToOneself.
    """
    if line.person_id == by.pk:
        raise GivesToOneself
    return person_of_line(line=line, method=Residence.Method.DESK)


@transaction.atomic
def give_ballots(*, station: Station, person: User, elections: Sequence[Election]) -> None:
    """Mark a vote on paper in each of these elections; all of them, or none.

    Raises NotEligible, NotGiven where a vote is recorded already, VotingClosed, NothingToGive.
    """
    if not elections:
        raise NothingToGive
    for election in _in_order(elections):
        if not Election.objects.open_now().filter(pk=election.pk).exists():
            raise errors.VotingClosed
        enrol(voter=person, election=election)
        _raise_refusal(_give(station, person, election))


def _in_order(elections: Iterable[Election]) -> list[Election]:
    """Two officers who give the same ballots wait for each other, never crosswise."""
    return sorted(elections, key=lambda election: election.pk)


def _give(station: Station, person: User, election: Election) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM budgeting_give_paper(%s, %s, %s)",
            [election.pk, station.pk, person.pk],
        )
        return str(cursor.fetchone()[0])


def _raise_refusal(outcome: str) -> None:
    if outcome == GIVEN:
        return
    if outcome == VOTED:
        raise NotGiven
    if outcome == CLOSED:
        raise errors.VotingClosed
    raise errors.NotEligible
