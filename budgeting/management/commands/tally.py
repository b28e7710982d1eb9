"""`manage.py tally FILE.pb`: recount a published election; needs no database."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from budgeting.allocation.command import EXIT_BAD_INPUT, add_arguments, tally


class Command(BaseCommand):
    """Thin: everything happens in `budgeting.allocation.command`."""

    help = "Count a .pb file under the rule it declares, or another one, and explain the result."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # A wrong option is one line too, like a wrong file.
        parser.error = self._refuse  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        problem = tally(options, self.stdout)  # type: ignore[arg-type]
        if problem is not None:
            self._refuse(problem)

    def _refuse(self, message: str) -> None:
        self.stderr.write(" ".join(message.split()), style_func=str)
        sys.exit(EXIT_BAD_INPUT)
