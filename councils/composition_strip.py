"""The composition of a whole term as a strip: where the days stand, and how high the members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from councils.composition import Interval

WIDTH, HEIGHT = 720, 120  # of the drawing, in its own units
TOP, FOOT = 8, 96  # between which members are stacked
LABEL = 60  # how wide a year's label is on a phone
MARK = 8  # how high the mark of an unlawful time is


@dataclass(frozen=True)
class Column:
    """One time without changes: civil society below, the state above it."""

    x: float
    width: float
    civil_y: float
    civil_height: float
    state_y: float
    state_height: float
    is_lawful: bool


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Strip:
    columns: list[Column]
    years: list[Tick]
    today: float | None
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = FOOT
    mark: int = MARK


def strip_of(intervals: Sequence[Interval], seats: int, day: date) -> Strip | None:
    """Drawn as wide as the days are; `seats` is as high as it can be. None without a term."""
    if not intervals:
        return None
    begins, ends = intervals[0].since, intervals[-1].until
    most = max(seats, *(interval.members for interval in intervals), 1)

    def x(at: date) -> float:
        return round(WIDTH * (at - begins).days / (ends - begins).days, 1)

    def tall(members: int) -> float:
        return round((FOOT - TOP) * members / most, 1)

    columns = []
    for interval in intervals:
        civil, state = tall(interval.civil), tall(interval.state)
        left = x(interval.since)
        columns.append(
            Column(
                left,
                round(x(interval.until) - left, 1),
                round(FOOT - civil, 1),
                civil,
                round(FOOT - civil - state, 1),
                state,
                interval.is_lawful,
            )
        )
    years = [date(year, 1, 1) for year in range(begins.year + 1, ends.year + 1)]
    return Strip(
        columns,
        # A label that would be cut off at the right edge is left out.
        [Tick(x(new), str(new.year)) for new in years if new < ends and x(new) < WIDTH - LABEL],
        x(day) if begins <= day < ends else None,
    )
