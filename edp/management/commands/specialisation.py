"""`manage.py specialisation FILE.csv --region CODE`: what a region does more of than others."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from edp.datasets import INDICATORS, read_dataset
from edp.reports import specialisation_report
from participation.file_command import FileCommand, read_text, table


class Command(FileCommand):
    help = "Location quotients, growth, shift-share and signals of a region's activities."
    reads = "FILE.csv"

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE")
        parser.add_argument("--nation", default="KZ", metavar="CODE", help="the whole (KZ)")
        parser.add_argument("--indicator", choices=INDICATORS, default="employment")
        parser.add_argument("--from", dest="first", type=int, metavar="YEAR", help="first year")
        parser.add_argument("--to", dest="last", type=int, metavar="YEAR", help="last year")

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        return specialisation_report(
            read_dataset(read_text(file), nation=options["nation"]),
            region=options["region"],
            nation=options["nation"],
            indicator=options["indicator"],
            first=options["first"],
            last=options["last"],
        )

    def told(self, found: dict[str, Any]) -> str:
        header = ["activity", "value", "share", "lq", "before", "growth", "nation", "signal"]
        names = ["activity", "value", "share", "lq", "lq_before", "growth", "national_growth",
                 "signal"]  # fmt: skip
        rows = [[row[name] for name in names] for row in found["rows"]]
        return "\n".join([table(header, rows), *found["warnings"]])
