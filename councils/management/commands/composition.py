"""`manage.py composition FILE.csv`: two thirds on every date, or a breach."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from councils.composition import breaches, composition, last_day
from councils.files import read_history
from participation.file_command import FileCommand, read_text, table


class Command(FileCommand):
    help = "Members, civil society's share and breaches of the two thirds, by date."
    reads = "FILE.csv"

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="since", metavar="DATE", help="first day of the term")
        parser.add_argument("--until", metavar="DATE", help="first day after the term")

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        seats = read_history(read_text(file))
        since = _day(options["since"]) or min(seat.since for seat in seats)
        until = _day(options["until"]) or last_day(seats)
        if until <= since:
            raise ValueError(f"the term ends on {until}, before it begins on {since}")
        intervals = composition(seats, since, until)
        found = breaches(intervals)
        return {
            "intervals": [
                {
                    "from": interval.since.isoformat(),
                    "until": interval.until.isoformat(),
                    "members": interval.members,
                    "civil": interval.civil,
                    "state": interval.state,
                    "share": interval.share,
                    "lawful": interval.is_lawful,
                }
                for interval in intervals
            ],
            "breaches": [
                {"from": a.isoformat(), "until": b.isoformat(), "days": (b - a).days}
                for a, b in found
            ],
            "days_in_breach": sum((b - a).days for a, b in found),
        }

    def told(self, found: dict[str, Any]) -> str:
        names = ["from", "until", "members", "civil", "state", "share", "lawful"]
        rows = [[row[name] for name in names] for row in found["intervals"]]
        return f"{table(names, rows)}\ndays in breach: {found['days_in_breach']}"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a date like 2026-03-16") from None
