"""What the published evaluation says of ideas: the latest report, as it was published."""

from dataclasses import dataclass
from fractions import Fraction

from edp.models import DiscoveryProcess


@dataclass(frozen=True)
class Judged:
    """`percent` of the best possible score; None where too few assessed the idea to say."""

    version: int
    percent: Fraction | None
    assessors: int


def judgements_of(process: DiscoveryProcess) -> dict[str, Judged]:
    """By the reference of each idea's dossier; nothing before a report is published. One query."""
    report = process.evaluations.order_by("-version").first()
    rows = report.data["results"].get("ranking", []) if report else []
    return {
        row["idea"]: Judged(
            version=report.version,
            percent=Fraction(str(row["percent"])) if row["percent"] is not None else None,
            assessors=row["assessors"],
        )
        for row in rows
        if report
    }
