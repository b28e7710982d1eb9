"""From an election to the text of a `.pb` file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, Protocol

from budgeting.allocation.ballots import Ballots
from budgeting.allocation.election import Election
from budgeting.allocation.money import plain


class _Writer(Protocol):
    def writerow(self, row: Iterable[Any], /) -> Any: ...
    def writerows(self, rows: Iterable[Iterable[Any]], /) -> Any: ...


def write_pabulib(election: Election) -> str:
    """The election in Pabulib format: all metadata, all columns, one row a voter.

    Reading what was written gives the same data. An election that was not read from a
    file gets voter numbers 1, 2, … in the order of its grouped ballots.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    _section(writer, out, "META", ("key", "value"), _metadata(election))
    cells = (project.cells for project in election.projects)
    _section(writer, out, "PROJECTS", election.project_columns, cells)
    if election.vote_table is not None:
        columns: tuple[str, ...] = election.vote_table.columns
        rows: Iterable[Iterable[str]] = election.vote_table.rows()
    else:
        columns, rows = _votes(election)
    _section(writer, out, "VOTES", columns, rows)
    return out.getvalue()


def _section(
    writer: _Writer,
    out: io.StringIO,
    title: str,
    columns: Iterable[str],
    rows: Iterable[Iterable[str]],
) -> None:
    out.write(title + "\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _metadata(election: Election) -> list[tuple[str, str]]:
    """The file's own rows, with what the format demands added where it is missing."""
    rows = list(election.metadata)
    present = {key for key, _ in rows}
    needed = {
        "description": election.name,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.voters),
        "budget": plain(election.budget, election.scale),
        "vote_type": election.ballot_type,
        "rule": "unknown",
    }
    if election.vote_table is not None:
        needed = {"vote_type": election.ballot_type}
    return rows + [(key, value) for key, value in needed.items() if key not in present]


def _votes(election: Election) -> tuple[tuple[str, ...], list[list[str]]]:
    """Columns and rows of the ballots themselves."""
    ballots = election.ballots
    has_points = ballots.points is not None
    columns = ("voter_id", "vote", "points") if has_points else ("voter_id", "vote")
    rows: list[list[str]] = []
    for number, count in enumerate(ballots.multiplicity.tolist()):
        cells = _ballot(election, ballots, number)
        rows.extend([str(len(rows) + voter + 1), *cells] for voter in range(count))
    return columns, rows


def _ballot(election: Election, ballots: Ballots, number: int) -> list[str]:
    """Ids (best first where there are points) and points of one distinct ballot."""
    span = slice(int(ballots.starts[number]), int(ballots.starts[number + 1]))
    listed = ballots.projects[span].tolist()
    if ballots.points is None:
        return [",".join(election.projects[p].id for p in listed)]
    points = ballots.points[span].tolist()
    order = sorted(range(len(listed)), key=lambda entry: -points[entry])
    return [
        ",".join(election.projects[listed[entry]].id for entry in order),
        ",".join(plain(points[entry], ballots.points_scale) for entry in order),
    ]
