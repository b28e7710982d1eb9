"""Dates of phases: of a usual year, and of a year like the one before. Without Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

WEEK = 7
LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class PhaseDates:
    kind: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Span:
    """A phase of a usual year. `opens` and `closes` are month and day; `*_year` counts from the
    year of the works: -1 is the year before, in which people vote."""

    kind: str
    opens: tuple[int, int]
    closes: tuple[int, int]
    opens_year: int = -1
    closes_year: int = -1


def usual_dates(spans: Iterable[Span], year: int, zone: tzinfo) -> list[PhaseDates]:
    """The phases of a cycle whose works are in `year`, each from midnight to midnight."""

    def moment(day: tuple[int, int], offset: int) -> datetime:
        return datetime(year + offset, *day, tzinfo=zone)

    return [
        PhaseDates(
            span.kind, moment(span.opens, span.opens_year), moment(span.closes, span.closes_year)
        )
        for span in spans
    ]


def moved_by_years(
    dates: Iterable[PhaseDates], years: int, zone: tzinfo, *, by_calendar: frozenset[str]
) -> list[PhaseDates]:
    """The same phases some years later, with their hours of the day.

    All move by the same whole number of weeks, so that weekdays, lengths and order stay; only the
    kinds in `by_calendar` keep their days of the year, because nobody waits for their weekday.
    """
    given = list(dates)
    if not given:
        return []
    first = min(phase.opens_at for phase in given).astimezone(zone).date()
    weeks = timedelta(days=WEEK * round((_years_later(first, years) - first).days / WEEK))
    return [
        _by_calendar(phase, years, zone)
        if phase.kind in by_calendar
        else PhaseDates(
            phase.kind,
            _at(phase.opens_at.astimezone(zone), weeks),
            _at(phase.closes_at.astimezone(zone), weeks),
        )
        for phase in given
    ]


def _at(moment: datetime, by: timedelta) -> datetime:
    """The same hour of the clock, also where the clocks were changed in between."""
    return (moment.replace(tzinfo=None) + by).replace(tzinfo=moment.tzinfo)


def _by_calendar(phase: PhaseDates, years: int, zone: tzinfo) -> PhaseDates:
    opens, closes = phase.opens_at.astimezone(zone), phase.closes_at.astimezone(zone)
    begin = datetime.combine(_years_later(opens.date(), years), opens.time(), zone)
    end = datetime.combine(_years_later(closes.date(), years), closes.time(), zone)
    # A phase within 28 and 29 February would end as it begins.
    return PhaseDates(phase.kind, begin, max(end, begin + timedelta(days=1)))


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == LEAP_DAY:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
