"""Is a notice of a hearing early enough? Counted in full working days; knows no Django.

Neither the day of the notice nor that of the hearing counts: both are only partly left to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from participation.workdays import ONE_DAY, Calendar


@dataclass(frozen=True)
class NoticeTerm:
    """`between` full working days, where `needed` are asked for.

    `last_notice_on` is the last day for a notice of this hearing, `first_hearing_on` the first
    day on which this notice allows one.
    """

    notice_on: date
    hearing_on: date
    between: int
    needed: int
    last_notice_on: date
    first_hearing_on: date

    @property
    def is_in_time(self) -> bool:
        return self.between >= self.needed


def term_of(notice_on: date, hearing_on: date, needed: int, calendar: Calendar) -> NoticeTerm:
    """Raises ValueError where no working day at all is asked for."""
    if needed < 1:
        raise ValueError("a notice leaves at least one full working day")
    return NoticeTerm(
        notice_on=notice_on,
        hearing_on=hearing_on,
        between=calendar.full_working_days_between(notice_on, hearing_on),
        needed=needed,
        last_notice_on=calendar.last_notice_on(hearing_on, needed),
        first_hearing_on=first_hearing_on(notice_on, needed, calendar),
    )


def first_hearing_on(notice_on: date, needed: int, calendar: Calendar) -> date:
    """The first working day with `needed` full working days before it; offices are open on it."""
    day = calendar.due_on(notice_on, needed) + ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return day
