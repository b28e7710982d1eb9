"""Days of a council's term: when it ends, and when the next council must begin to be formed."""

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a month that has fewer days."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The same day of a later year; the 29th of February becomes the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def formation_begins(ends_on: date, months: int) -> date:
    """By when the next council must begin to be formed; `ends_on` is the first day after the term.

    Article 9 of the law counts from the last day of the term.
    """
    return months_before(ends_on - timedelta(days=1), months)
