"""Working days: what is counted, what is skipped and why. Knows no Django.

The day of receipt is day zero. The calendar is that of the package `holidays` for Kazakhstan
(weekends, holidays, those moved from a weekend, transfers by order of the government, Eid as
estimated); an `Override` has the last word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from importlib.metadata import version
from itertools import count as numbers

import holidays

PACKAGE_VERSION = version("holidays")
ONE_DAY = timedelta(days=1)
_NOTE = re.compile(r" \((?P<note>[^)]*)\)$")


class Why(StrEnum):
    """Why a day is not like a plain working day; empty for one that is."""

    PLAIN = ""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OBSERVED = "observed"  # moved from a weekend
    ESTIMATED = "estimated"  # known only when the moon is seen
    TRANSFER = "transfer"  # exchanged for another day by order of the government
    ORDER = "order"  # an override, with its legal act
    PAUSE = "pause"  # the clock stood still


@dataclass(frozen=True)
class Override:
    """One day that is unlike what the calendar says; `reason` is the legal act."""

    day: date
    is_working: bool
    reason: str


@dataclass(frozen=True)
class Day:
    """`name` is a holiday in English, or the legal act of an override."""

    day: date
    is_working: bool
    why: Why = Why.PLAIN
    name: str = ""


@dataclass(frozen=True)
class Counted:
    """A day after receipt: its number, or None where it is skipped because of `why`."""

    day: date
    number: int | None
    why: Why = Why.PLAIN
    name: str = ""


@dataclass(frozen=True)
class Pause:
    """The clock stands still from `begin` to `end`, both included; `end` None: still."""

    begin: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Count:
    """A term counted out: `due_on` is its last day, None while the clock stands still."""

    received_on: date
    length: int
    due_on: date | None
    days: tuple[Counted, ...]

    @property
    def skipped(self) -> tuple[Counted, ...]:
        return tuple(counted for counted in self.days if counted.number is None)

    @property
    def used(self) -> int:
        """Working days that have been counted."""
        return sum(counted.number is not None for counted in self.days)


@dataclass(frozen=True)
class Calendar:
    """Kazakhstan's working days, five a week, with overrides."""

    overrides: tuple[Override, ...] = ()
    _official: holidays.HolidayBase = field(
        default_factory=lambda: holidays.country_holidays("KZ", language="en_US"),
        repr=False,
        compare=False,
    )

    @property
    def version(self) -> str:
        """Names what a date was counted with: the package's version and the overrides."""
        lines = sorted(f"{o.day} {o.is_working} {o.reason}" for o in self.overrides)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
        return f"holidays-{PACKAGE_VERSION}+{len(lines)}-{digest}"

    def day(self, day: date) -> Day:
        for override in self.overrides:
            if override.day == day:
                return Day(day, override.is_working, Why.ORDER, override.reason)
        if name := self._official.get(day):
            why, bare = _told(name)
            return Day(day, is_working=False, why=why, name=bare)
        if day.weekday() >= 5:
            is_exchanged = day in self._official.weekend_workdays
            why = Why.TRANSFER if is_exchanged else Why.WEEKEND
            return Day(day, is_working=is_exchanged, why=why)
        return Day(day, is_working=True)

    def is_working(self, day: date) -> bool:
        return self.day(day).is_working

    def count(self, received_on: date, length: int, pauses: Sequence[Pause] = ()) -> Count:
        """Count `length` working days after `received_on`. ValueError: length below one.

        The days of a pause, its first and its last included, are not counted: the day on which
        the clock starts again is a day zero too.
        """
        if length < 1:
            raise ValueError("a term has at least one working day")
        days: list[Counted] = []
        number = 0
        for day in _days_after(received_on):
            pause = next((pause for pause in pauses if pause.covers(day)), None)
            if pause is not None and pause.end is None:
                return Count(received_on, length, None, tuple(days))
            known = self.day(day)
            if pause is not None and known.is_working:
                days.append(Counted(day, None, Why.PAUSE))
            elif not known.is_working:
                days.append(Counted(day, None, known.why, known.name))
            else:
                number += 1
                days.append(Counted(day, number, known.why, known.name))
            if number == length:
                return Count(received_on, length, day, tuple(days))
        raise AssertionError("days do not end")

    def due_on(self, received_on: date, length: int) -> date:
        """The last day of a term of `length` working days; the day of receipt is day zero."""
        return self.count(received_on, length).days[-1].day

    def due_in_calendar_days(self, received_on: date, length: int) -> date:
        """The last day of a term in calendar days; a day off rolls forward to a working day."""
        day = received_on + length * ONE_DAY
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def shifted(self, day: date, steps: int) -> date:
        """The working day `steps` working days after `day`, or before it if negative."""
        direction = ONE_DAY if steps > 0 else -ONE_DAY
        left = abs(steps)
        while left:
            day += direction
            left -= self.is_working(day)
        return day

    def working_days(self, after: date, until: date) -> int:
        """Working days after one day up to and including another; 0 if it is not later."""
        return sum(self.is_working(day) for day in _days_between(after + ONE_DAY, until + ONE_DAY))

    def working_days_taken(
        self, received_on: date, until: date, pauses: Sequence[Pause] = ()
    ) -> int:
        """Working days used up to and including a day, those of pauses left out."""
        return sum(
            self.is_working(day) and not any(pause.covers(day) for pause in pauses)
            for day in _days_between(received_on + ONE_DAY, until + ONE_DAY)
        )

    def full_working_days_between(self, notice: date, hearing: date) -> int:
        """Working days strictly between a notice and what it gives notice of."""
        return sum(self.is_working(day) for day in _days_between(notice + ONE_DAY, hearing))

    def last_notice_on(self, hearing: date, length: int) -> date:
        """The last day on which a notice leaves `length` full working days before a hearing."""
        return self.shifted(hearing, -length) - ONE_DAY


def _told(name: str) -> tuple[Why, str]:
    """What the package says of a day off: why, and the bare name of the holiday."""
    first = name.split("; ")[0]
    note = _NOTE.search(first)
    bare = _NOTE.sub("", first)
    if note is None:
        return Why.HOLIDAY, bare
    if note["note"].startswith("substituted"):
        return Why.TRANSFER, ""
    return (Why.ESTIMATED if "estimated" in note["note"] else Why.OBSERVED), bare


def _days_after(day: date) -> Iterator[date]:
    return (day + step * ONE_DAY for step in numbers(1))


def _days_between(first: date, end: date) -> Iterable[date]:
    return (first + step * ONE_DAY for step in range(max((end - first).days, 0)))
