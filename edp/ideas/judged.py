"""What the published evaluation says of ideas: the latest report, as it was published."""

from dataclasses import dataclass
from fractions import Fraction

from edp.models import DiscoveryProcess


@dataclass(frozen=True)
class Judged:
    """`percent` is of the best possible score; None where too few assessed the idea to say.

    `place` is among the `ranked` ideas of the report; equal scores share one.
    """

    version: int
    percent: Fraction | None
    assessors: int
    place: int | None = None
    ranked: int = 0


def judgements_of(process: DiscoveryProcess) -> dict[str, Judged]:
    """By the reference of each idea's dossier; nothing before a report is published. One query."""
    report = process.evaluations.order_by("-version").first()
    rows = report.data["results"].get("ranking", []) if report else []
    ranked = sum(row["place"] is not None for row in rows)
    return {
        row["idea"]: Judged(
            version=report.version,
            percent=Fraction(str(row["percent"])) if row["place"] is not None else None,
            assessors=row["assessors"],
            place=row["place"],
            ranked=ranked,
        )
        for row in rows
        if report
    }
