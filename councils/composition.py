"""Who sat on a council on every day, and whether civil society had two thirds of the seats.

A law's share is a property of every date and no condition of saving: nobody can refuse a
resignation. Whole numbers only, since 14 of 21 is two thirds and 0.6667 is more than that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

CIVIL, STATE = "civil", "state"
SIDES = (CIVIL, STATE)
TWO_THIRDS = Fraction(2, 3)


@dataclass(frozen=True)
class Seat:
    """A member from one day on; `until` is the first day without them, None while they sit."""

    member: str
    side: str
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Interval:
    """Days on which nothing changed: from `since` up to but without `until`."""

    since: date
    until: date
    civil: int
    state: int
    is_lawful: bool

    @property
    def members(self) -> int:
        return self.civil + self.state

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.civil, self.members) if self.members else None

    @property
    def days(self) -> int:
        return (self.until - self.since).days


def is_lawful(civil: int, members: int, share: Fraction = TWO_THIRDS) -> bool:
    """Equality is enough; a council without members breaks nothing."""
    return civil * share.denominator >= members * share.numerator


def most_state_members(members: int, share: Fraction = TWO_THIRDS) -> int:
    """How many seats of a council of this size officials may hold."""
    return int(members * (1 - share))


def least_civil_members(members: int, share: Fraction = TWO_THIRDS) -> int:
    """How many of a council of this size civil society must have."""
    return -(-members * share.numerator // share.denominator)


def composition(
    seats: Sequence[Seat], since: date, until: date, share: Fraction = TWO_THIRDS
) -> list[Interval]:
    """The council day by day from `since` up to `until`, as few intervals as there are changes."""
    days = {since, until}
    for seat in seats:
        days.update(day for day in (seat.since, seat.until) if day and since < day < until)
    bounds = sorted(days)
    found: list[Interval] = []
    for first, end in pairwise(bounds):
        sitting = [seat.side for seat in seats if seat.covers(first)]
        civil, state = sitting.count(CIVIL), sitting.count(STATE)
        if found and (found[-1].civil, found[-1].state) == (civil, state):
            first = found.pop().since
        found.append(Interval(first, end, civil, state, is_lawful(civil, civil + state, share)))
    return found


def breaches(intervals: Iterable[Interval]) -> list[tuple[date, date]]:
    """(since, until) of unlawful days, neighbours put together."""
    found: list[tuple[date, date]] = []
    for interval in intervals:
        if interval.is_lawful:
            continue
        since = found.pop()[0] if found and found[-1][1] == interval.since else interval.since
        found.append((since, interval.until))
    return found


def is_refused(seats: Sequence[Seat], new: Seat, until: date, share: Fraction = TWO_THIRDS) -> bool:
    """Whether an appointment must be refused: it makes a day unlawful, or less lawful than it is.

    Looks from the new member's first day to `until`, the end of the term.
    """
    end = min(new.until or until, until)
    if end <= new.since:
        return False
    after = composition([*seats, new], new.since, end, share)
    return new.side == STATE and any(not interval.is_lawful for interval in after)


def problems(seats: Sequence[Seat]) -> list[str]:
    """What no history can hold: a seat that ends before it starts, a member on two seats."""
    found = [
        f"{seat.member} leaves on {seat.until}, before coming on {seat.since}"
        for seat in seats
        if seat.until is not None and seat.until <= seat.since
    ]
    by_member: dict[str, list[Seat]] = {}
    for seat in sorted(seats, key=lambda seat: seat.since):
        by_member.setdefault(seat.member, []).append(seat)
    for member, held in by_member.items():
        for earlier, later in pairwise(held):
            if earlier.until is None or later.since < earlier.until:
                found.append(f"{member} holds two seats on {later.since}")
    return found


def last_day(seats: Sequence[Seat]) -> date:
    """The day after the last change that is known."""
    days = [day for seat in seats for day in (seat.since, seat.until) if day]
    return max(days) + timedelta(days=1)
