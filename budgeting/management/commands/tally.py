"""`manage.py tally FILE.pb`: recount a published election; needs no database."""

from typing import Any

from django.core.management.base import CommandParser

from budgeting.allocation.command import add_arguments, tally
from participation.file_command import OneLineCommand


class Command(OneLineCommand):
    """Thin: everything happens in `budgeting.allocation.command`."""

    help = "Count a .pb file under the rule it declares, or another one, and explain the result."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        problem = tally(options, self.stdout)  # type: ignore[arg-type]
        if problem is not None:
            self.refuse(problem)
