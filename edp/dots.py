"""Dots on themes: the raw count, and a count in which every helix weighs the same.

Where most people in a room come from business, the raw count is what business wants. The balanced
one takes, in each helix, the part of its dots that a theme got, and then the mean of these parts.
Both are published. Pure and exact: counts in, fractions out; rounding is for display.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

UNKNOWN = ""  # counts in the raw sum alone


@dataclass(frozen=True)
class DotResult:
    """`raw` dots of each theme, in their order; `balanced` parts of one, that add up to one."""

    raw: tuple[int, ...]
    balanced: tuple[Fraction, ...]
    by_helix: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        return sum(self.raw)


def count_dots(by_helix: Mapping[str, Sequence[int]], themes: int) -> DotResult:
    """`by_helix` holds the dots of each helix on each theme; a helix without dots weighs nothing.

    Raises ValueError for a row that is not as long as there are themes, or a negative number.
    """
    rows = {helix: tuple(row) for helix, row in by_helix.items()}
    for helix, row in rows.items():
        if len(row) != themes or min(row, default=0) < 0:
            raise ValueError(f"the dots of {helix or 'nobody known'} are not one count a theme")
    raw = tuple(sum(row[n] for row in rows.values()) for n in range(themes))
    weighing = [row for helix, row in rows.items() if helix != UNKNOWN and any(row)]
    balanced = tuple(
        sum((Fraction(row[n], sum(row)) for row in weighing), Fraction(0)) / max(1, len(weighing))
        for n in range(themes)
    )
    return DotResult(raw, balanced, rows)


def share_out(people: int, dots: Mapping[int, int]) -> list[dict[int, int]]:
    """A tally on paper as ballots: {theme: dots} of each of so many people, dealt out in turn.

    Nobody gets more than the mean of a theme, or of all, rounded up: where the tally keeps to the
    rules, every ballot does. Raises ValueError for dots of nobody, or a negative number.
    """
    if min([people, *dots.values()]) < 0 or (people == 0 and any(dots.values())):
        raise ValueError("these dots are nobody's")
    dealt = [theme for theme, number in dots.items() for _ in range(number)]
    return [dict(Counter(dealt[place::people])) for place in range(people)]


def leader(shares: Sequence[Fraction | int]) -> int | None:
    """The place of the greatest; None where two share it, or where there is nothing."""
    best = max(shares, default=0)
    places = [place for place, share in enumerate(shares) if share == best]
    return places[0] if best and len(places) == 1 else None
