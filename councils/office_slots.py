"""The times of office hours: every talk that fits between two times of a day. Knows no Django."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

Times = tuple[datetime, datetime]
A_DAY = timedelta(days=1)


def days_of(
    first: date, last: date, weekday: int | None, is_working: Callable[[date], bool]
) -> Iterator[date]:
    """The single first day, or every such weekday (Monday is 0) up to the last that is not off.

    A single day is taken as it is: somebody chose it.
    """
    if weekday is None:
        yield first
        return
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        # Weekly hours on a weekend are meant; only holidays on a weekday are skipped.
        if weekday >= 5 or is_working(day):
            yield day
        day += 7 * A_DAY


def times_of(day: date, begins: time, ends: time, minutes: int) -> Iterator[Times]:
    """Talks of so many minutes one after the other; a last one that does not fit is left out.

    Local times without a zone. Raises ValueError for talks without length.
    """
    if minutes <= 0:
        raise ValueError("a talk has a length")
    start, end = datetime.combine(day, begins), datetime.combine(day, ends)
    length = timedelta(minutes=minutes)
    while start + length <= end:
        yield start, start + length
        start += length
