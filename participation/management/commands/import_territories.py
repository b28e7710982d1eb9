"""manage.py import_territories FILE.csv: places from the official KATO classifier."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participation.services.territories import ClassifierInvalid, import_territories


class Command(BaseCommand):
    help = "Adds and updates places from the KATO classifier, saved as CSV (docs/territories.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        try:
            report = import_territories(content=content, dry_run=options["dry_run"])
        except ClassifierInvalid as error:
            for problem in error.problems:
                self.stderr.write(f"{path}:{problem.line}: {problem.message}")
            self.stderr.write(f"{len(error.problems)} problems; nothing was written.")
            sys.exit(2)
        for kind, count in sorted(report.kinds.items()):
            self.stdout.write(f"{count:>7} {kind}")
        self.stdout.write(
            f"{report.created} new, {report.updated} changed, {report.unchanged} as before; "
            f"{report.not_in_file} known places of these regions are not in the file."
        )
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
