"""`manage.py delphi FILE.csv`: each round of each statement, and whether to ask again."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from edp.delphi import Parameters
from edp.reports import delphi_report
from participation.file_command import FileCommand, read_text, table


class Command(FileCommand):
    help = "Quartiles, agreement, change between rounds, consensus, and why a study stops."
    reads = "FILE.csv"

    def add_options(self, parser: CommandParser) -> None:
        usual = Parameters()
        parser.add_argument("--low", type=int, default=usual.low, help="lowest rating (1)")
        parser.add_argument("--high", type=int, default=usual.high, help="highest rating (9)")
        parser.add_argument("--agree-from", type=int, default=usual.agree_from, help="(7)")
        parser.add_argument("--max-spread", type=int, default=int(usual.max_spread), help="(2)")
        parser.add_argument("--max-rounds", type=int, default=usual.max_rounds, help="(3)")
        parser.add_argument("--min-panel", type=int, default=usual.min_panel, help="(8)")

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        if not options["low"] < options["agree_from"] <= options["high"]:
            raise ValueError("the scale needs low < agree-from ≤ high")
        parameters = Parameters(
            low=options["low"],
            high=options["high"],
            agree_from=options["agree_from"],
            max_spread=Fraction(options["max_spread"]),
            max_rounds=options["max_rounds"],
            min_panel=options["min_panel"],
        )
        return delphi_report(read_text(file), parameters)

    def told(self, found: dict[str, Any]) -> str:
        names = ["round", "n", "q1", "median", "q3", "iqr", "agreement", "change", "stable",
                 "consensus", "polarised"]  # fmt: skip
        told = []
        for study in found["statements"]:
            rows = [[row[name] for name in names] for row in study["rounds"]]
            told += [study["statement"], table(names, rows), f"stop: {study['stop'] or 'no'}"]
        return "\n".join(told)
