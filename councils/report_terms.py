"""When an annual report is due, and how late it is. Knows no Django."""

from datetime import date, timedelta


def due_on(year: int, months: int) -> date:
    """The last day of the `months`-th month after the end of the year: 3 of 2025 is 31 March 2026.

    Raises ValueError for fewer months than one.
    """
    if months < 1:
        raise ValueError("a report is due after its year")
    years, month = divmod(months, 12)
    return date(year + 1 + years, month + 1, 1) - timedelta(days=1)


def days_late(due: date, given: date) -> int:
    """Calendar days after the due day; 0 on that day and before it."""
    return max(0, (given - due).days)
