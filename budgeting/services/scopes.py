"""On which envelopes of a cycle a person votes: those of home, all, or home and one more."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import Cycle, Election, FreeChoice
from budgeting.voting_rules import ALL, HOME, ONE_FREE
from participation.models import Residence, Territory

# From a place up to its country.
PLACES = ["territory" + "__parent" * steps for steps in range(6)]


@dataclass(frozen=True)
class Reach:
    """Where somebody votes in a cycle: the places they live in, small and large, and the
    election that they chose beside those of home."""

    places: frozenset[int]
    chosen: int | None = None

    def votes_in(self, election: Election) -> bool:
        if place_of_voters(election).pk in self.places:
            return True
        return scope_of(election) == ONE_FREE and self.chosen == election.pk

    def may_choose(self, election: Election) -> bool:
        """Lives in the cycle's place and not in the envelope's, and has chosen nothing yet."""
        lives_in_cycle = election.envelope.cycle.dossier.territory_id in self.places
        is_free = lives_in_cycle and election.envelope.territory_id not in self.places
        return scope_of(election) == ONE_FREE and is_free and self.chosen is None


def reach_of(voter: User, cycle: Cycle) -> Reach | None:
    """None for somebody whose residence is not confirmed. Two queries."""
    row = Residence.objects.filter(person=voter, valid_to=None).values_list(*PLACES).first()
    if row is None:
        return None
    choice = FreeChoice.objects.filter(cycle=cycle, voter=voter).first()
    places = frozenset(place for place in row if place is not None)
    return Reach(places, choice.election_id if choice else None)


def scope_of(election: Election) -> str:
    return str(election.rules.get("envelopes", HOME))


def place_of_voters(election: Election) -> Territory:
    """Whose residents are on the roll from the freeze on."""
    if scope_of(election) == ALL:
        return election.envelope.cycle.dossier.territory
    return election.envelope.territory


@transaction.atomic
def choose_envelope(*, voter: User, election: Election) -> None:
    """Vote on this envelope beside those of home; once in a cycle, for good.

    An act of its own, never part of a cast: what it writes must not share a transaction with a
    ballot. Raises NoFreeChoice, VotingClosed.
    """
    cycle = election.envelope.cycle
    reach = reach_of(voter, cycle)
    if reach is None or not reach.may_choose(election):
        raise errors.NoFreeChoice
    if not Election.objects.open_now().filter(pk=election.pk).exists():
        raise errors.VotingClosed
    _, is_first = FreeChoice.objects.get_or_create(
        cycle=cycle, voter=voter, defaults={"election": election}
    )
    if not is_first:
        raise errors.NoFreeChoice
