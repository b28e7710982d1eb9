"""Where every proposal of a cycle stands: each in exactly one place, none in no place.

Pure: facts in, an account out. Its lines always sum to the number that was submitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """In the order of the way; the first four are still with the city."""

    WAITING = "waiting"  # no department has it yet
    CHECKING = "checking"
    OVERDUE = "overdue"  # being checked, after the department's last day
    APPEALED = "appealed"  # its second look is not finished
    AGREEING = "agreeing"  # feasible with changes, and its author may still object
    OBJECTED = "objected"  # feasible with changes that its author does not want
    FEASIBLE = "feasible"
    ON_BALLOT = "on_ballot"
    NOT_FEASIBLE = "not_feasible"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    BELOW_THRESHOLD = "below_threshold"


UNDECIDED = (Place.WAITING, Place.CHECKING, Place.OVERDUE)
_BY_STATE = {
    "shortlisted": Place.ON_BALLOT,
    "withdrawn": Place.WITHDRAWN,
    "merged": Place.MERGED,
    "below_threshold": Place.BELOW_THRESHOLD,
}


@dataclass(frozen=True)
class Facts:
    """What is known of a proposal. `agrees` is None while its author has said nothing, `may_object`
    whether there is time left to."""

    state: str
    is_assigned: bool = False
    is_overdue: bool = False
    is_appealed: bool = False
    is_changed: bool = False
    agrees: bool | None = None
    may_object: bool = False


def place_of(facts: Facts) -> Place:
    """ValueError: a state that has no place, so that nothing is left out in silence."""
    if facts.state in _BY_STATE:
        return _BY_STATE[facts.state]
    if facts.state == "submitted":
        if facts.is_overdue:
            return Place.OVERDUE
        return Place.CHECKING if facts.is_assigned else Place.WAITING
    if facts.state not in ("feasible", "not_feasible"):
        raise ValueError(f"no place for a proposal that is {facts.state}")
    if facts.is_appealed:
        return Place.APPEALED
    if facts.state == "not_feasible":
        return Place.NOT_FEASIBLE
    return _place_of_feasible(facts)


def _place_of_feasible(facts: Facts) -> Place:
    """Who says nothing in time goes on with the changes."""
    if facts.is_changed and facts.agrees is False:
        return Place.OBJECTED
    if facts.is_changed and facts.agrees is None and facts.may_object:
        return Place.AGREEING
    return Place.FEASIBLE


@dataclass(frozen=True)
class Account:
    """How many proposals stand where."""

    numbers: Mapping[Place, int]

    @property
    def submitted(self) -> int:
        return sum(self.numbers.values())

    @property
    def checked(self) -> int:
        """Those of which the city has said something, or nothing remains to be said."""
        return self.submitted - sum(self.numbers.get(place, 0) for place in UNDECIDED)

    @property
    def overdue(self) -> int:
        return self.numbers.get(Place.OVERDUE, 0)


def account_of(counts: Mapping[Facts, int]) -> Account:
    """From how many proposals share the same facts."""
    numbers: Counter[Place] = Counter()
    for facts, number in counts.items():
        numbers[place_of(facts)] += number
    return Account({place: numbers[place] for place in Place if numbers[place]})
