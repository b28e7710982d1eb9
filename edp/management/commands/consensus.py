"""`manage.py consensus FILE.csv`: statements that all helices agree on, first."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from edp.reports import consensus_report
from participation.file_command import FileCommand, read_text, table


class Command(FileCommand):
    help = "Helix-informed consensus of statements, from counts by helix or from single votes."
    reads = "FILE.csv"

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--min-votes", type=int, default=5, help="of each helix (5)")

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        return consensus_report(read_text(file), min_votes=options["min_votes"])

    def told(self, found: dict[str, Any]) -> str:
        names = ["statement", "gic", "geometric_mean", "weakest", "agreement", "eligible"]
        return table(names, [[row[name] for name in names] for row in found["statements"]])
