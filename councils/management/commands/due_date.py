"""`manage.py due_date 2026-03-16 10`: the last day of a term of working days, counted out."""

import json
import re
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from participation.file_command import OneLineCommand
from participation.workdays import Calendar, Count

LONGEST_TERM = 1000


class Command(OneLineCommand):
    help = "The date by which an answer is due, with every day that was skipped and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "received", metavar="DATE", help="the day of receipt, which is day zero"
        )
        parser.add_argument("days", metavar="DAYS", help="working days")
        parser.add_argument("--json", action="store_true", help="print every day as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            received = date.fromisoformat(options["received"])
        except ValueError:
            self.refuse(f"{options['received']!r} is not a date like 2026-03-16")
        days = options["days"]
        if not re.fullmatch("[0-9]{1,4}", days) or not 1 <= int(days) <= LONGEST_TERM:
            self.refuse(f"{days!r} is not a number of working days from 1 to {LONGEST_TERM}")
        if not 1991 <= received.year <= 2100:
            self.refuse("the calendar knows the years 1991 to 2100")
        calendar = Calendar()
        found = calendar.count(received, int(days))
        told = _as_json(found, calendar.version) if options["json"] else _as_text(found)
        self.stdout.write(told)


def _as_json(found: Count, version: str) -> str:
    told = {
        "received": found.received_on.isoformat(),
        "working_days": found.length,
        "due": found.due_on and found.due_on.isoformat(),
        "calendar": version,
        "days": [
            {
                "date": day.day.isoformat(),
                "number": day.number,
                "skipped": day.why.value or None,
                "name": day.name or None,
            }
            for day in found.days
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_text(found: Count) -> str:
    lines = [f"due {found.due_on} ({found.length} working days after {found.received_on})"]
    lines += [
        f"  {day.day} {day.day:%a}  {day.number or '-':>3}  {day.why} {day.name}".rstrip()
        for day in found.days
    ]
    return "\n".join(lines)
