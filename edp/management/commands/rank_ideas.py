"""`manage.py rank_ideas FILE.json`: ideas by their weighted scores, and how firm the order is."""

from pathlib import Path
from typing import Any

from edp.reports import ranking_report
from participation.file_command import FileCommand, plain, read_text, table


class Command(FileCommand):
    help = "Weighted scores with missing values, the ranking, and what would change it."
    reads = "FILE.json"

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        return ranking_report(read_text(file))

    def told(self, found: dict[str, Any]) -> str:
        names = ["idea", "place", "score", "percent", "coverage", "assessors", "publishable"]
        rows = [[row[name] for name in names] for row in found["ranking"]]
        notes = [f"alpha {plain(found['alpha'])} ({found['alpha_reading']})"]
        if found["deciding_assessors"]:
            notes.append(f"first place depends on {', '.join(found['deciding_assessors'])}")
        return "\n".join([table(names, rows), *notes])
