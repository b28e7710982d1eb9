"""Majority judgement on the grades of one project, exactly (Balinski, Laraki 2010).

The majority grade is the lower median of a project's grades. Equal projects are told apart
by taking one median grade away from each, as often as it takes. That visits the grades from
the middle outwards, below and above by turns, so two projects differ at the first distance
from the middle at which their lower or upper grades differ: a few steps over the numbers of
each grade, whatever the number of voters.

Where projects were graded by different numbers of voters, distances are shares of them, as
though both had been copied up to the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

Standing = tuple[int | Fraction, ...]


@dataclass(frozen=True)
class Difference:
    """What told two projects apart: after `removed` median grades were taken from each (None
    where the numbers of their voters differ), `first` stood against `second`."""

    first: int
    second: int
    removed: int | None


@dataclass(frozen=True)
class Profile:
    """How many voters gave a project each grade, the worst first. Widths are in half voters."""

    counts: tuple[int, ...]

    @cached_property
    def voters(self) -> int:
        return sum(self.counts)

    @property
    def support(self) -> int:
        """Voters who gave more than the worst grade."""
        return self.voters - self.counts[0]

    @cached_property
    def grade(self) -> int | None:
        """The majority grade: the lower median. None if nobody graded."""
        return self.lower(0) if self.voters else None

    @property
    def better(self) -> int:
        """Voters who gave more than the majority grade."""
        return sum(self.counts[self.grade + 1 :]) if self.grade is not None else 0

    @property
    def worse(self) -> int:
        return sum(self.counts[: self.grade]) if self.grade is not None else 0

    @cached_property
    def _ends(self) -> list[int]:
        """Up to where the voters with each grade or less reach, in half voters."""
        return [2 * total for total in accumulate(self.counts)]

    def lower(self, distance: int) -> int:
        """The grade just below the point `distance` under the middle."""
        return next(g for g, end in enumerate(self._ends) if end >= self.voters - distance)

    def upper(self, distance: int) -> int:
        """The grade just above the point `distance` over the middle."""
        return next(g for g, end in enumerate(self._ends) if end > self.voters + distance)

    @cached_property
    def changes(self) -> list[int]:
        """Distances from the middle at which the lower or the upper grade changes."""
        found = {abs(end - self.voters) for end in self._ends}
        return sorted(distance for distance in found if 0 < distance < self.voters)

    @cached_property
    def standing(self) -> Standing:
        """Larger stands higher; equal only if no removal tells the two apart.

        The two middle grades, then every change outwards: a fall of the lower grade is worse
        the sooner it comes, a rise of the upper one better; at the same distance the lower
        grade is looked at first.
        """
        if not self.voters:
            return ()
        lower, upper = self.lower(0), self.upper(0)
        standing: list[int | Fraction] = [lower, upper]
        for distance in self.changes:
            before, lower, upper = lower, self.lower(distance), self.upper(distance)
            where = Fraction(distance, self.voters)
            standing += [-1, where] if lower < before else [1, -where]
            standing += [lower, upper]
        return (*standing, 0)

    def difference(self, other: Profile) -> Difference | None:
        """Where repeated removal tells this project from the other; None if nowhere."""
        if not self.voters or not other.voters:
            return None
        first, second = self, other
        if self.voters != other.voters:
            first, second = self._copied(other.voters), other._copied(self.voters)
        for distance in [0, *sorted({*first.changes, *second.changes})]:
            pairs = (
                (first.lower(distance), second.lower(distance), distance),
                (first.upper(distance), second.upper(distance), distance + 1),
            )
            for mine, theirs, removed in pairs:
                if mine != theirs:
                    is_equal = self.voters == other.voters
                    return Difference(mine, theirs, removed if is_equal else None)
        return None

    def _copied(self, times: int) -> Profile:
        return Profile(tuple(count * times for count in self.counts))
