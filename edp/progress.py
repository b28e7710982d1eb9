"""How far an indicator has come, in words; colours only repeat them.

Pure and exact. Without a target there is no progress, only a value. Nothing is overdue before the
day on which a first result is expected: outcomes take time (O:3685-3689).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Promise:
    baseline: Decimal | None
    baseline_year: int | None
    target: Decimal | None
    target_year: int | None
    first_result_on: date | None
    reports_per_year: int = 1


def share(promise: Promise, value: Decimal) -> Fraction | None:
    """Of the way from baseline (else zero) to target; above 1 beyond it, below 0 the wrong way."""
    if promise.target is None:
        return None
    start = Fraction(promise.baseline or 0)
    way = Fraction(promise.target) - start
    return (Fraction(value) - start) / way if way else None


def expected(promise: Promise, on: date) -> Fraction | None:
    """The share that an even pace would have reached by that day."""
    if promise.baseline_year is None or promise.target_year is None:
        return None
    begins, ends = date(promise.baseline_year, 12, 31), date(promise.target_year, 12, 31)
    if ends <= begins:
        return None
    return min(max(Fraction((on - begins).days, (ends - begins).days), Fraction(0)), Fraction(1))


def due_on(promise: Promise, last_measured_on: date | None) -> date | None:
    """By when the next value must be there; None where nothing says so."""
    if last_measured_on is None or (
        promise.first_result_on is not None and last_measured_on < promise.first_result_on
    ):
        return promise.first_result_on
    if promise.reports_per_year < 1 or _is_settled(promise, last_measured_on):
        return None
    return last_measured_on + timedelta(days=-(-DAYS_A_YEAR // promise.reports_per_year))


def _is_settled(promise: Promise, last_measured_on: date) -> bool:
    """Whether the value at the end of the target's year, or one after it, is there."""
    year = promise.target_year
    return year is not None and last_measured_on >= date(year, 12, 31)


def is_overdue(promise: Promise, last_measured_on: date | None, today: date) -> bool:
    due = due_on(promise, last_measured_on)
    return due is not None and today > due


def word(promise: Promise, value: Decimal | None, measured_on: date | None, today: date) -> str:
    """One of overdue, waiting, measured, reached, on_track, behind, backwards."""
    if is_overdue(promise, measured_on, today):
        return "overdue"
    if value is None or measured_on is None:
        return "waiting"
    reached = share(promise, value)
    if reached is None:
        return "measured"
    if reached >= 1:
        return "reached"
    if reached < 0:
        return "backwards"
    pace = expected(promise, measured_on)
    return "on_track" if pace is None or reached >= pace else "behind"
