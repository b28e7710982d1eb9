"""From a `.pb` file to an election."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from budgeting.allocation.ballots import BALLOT_TYPES
from budgeting.allocation.election import (
    Election,
    Project,
    VoteTable,
    read_conflicts,
    read_earmarked,
    read_positions,
)
from budgeting.allocation.money import common_scale, parse_amount, scaled
from budgeting.allocation.pabulib.errors import PabulibError
from budgeting.allocation.pabulib.sections import Row, Sections, normalise, split_sections
from budgeting.allocation.pabulib.votes import VoteFormat, find_columns, read_votes

Read = TypeVar("Read")


def read_pabulib(path: str | os.PathLike[str]) -> Election:
    """Read a `.pb` file. PabulibError: unreadable, not UTF-8, or not a countable election."""
    file = os.fspath(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise PabulibError(file, 0, error.strerror or "cannot be read") from None
    except ValueError as error:
        raise PabulibError(file, 0, str(error)) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PabulibError(file, line, "the text is not UTF-8") from None
    return parse_pabulib(text, file)


def parse_pabulib(text: str, name: str = "election.pb") -> Election:
    """Read the text of a `.pb` file; `name` stands for the file in error messages."""
    text = normalise(text)
    sections = split_sections(text, name)
    lines = _meta_rows(sections)
    metadata = tuple((key, value) for key, value, _ in lines)
    meta = {key: (value, line) for key, value, line in reversed(lines)}
    columns, rows = _project_rows(sections, name)
    budget = _budget(meta, name)
    costs = [_cost(row, columns, name) for row in rows]
    scale = common_scale([budget, *costs])
    projects = _projects(rows, columns, [scaled(cost, scale) for cost in costs], name)
    vote_columns, body, first_line = _vote_header(sections, name)
    form = _vote_format(meta, vote_columns, projects, name)
    found = find_columns(vote_columns, sections.votes_line, form)
    ballots, voters = read_votes(body, first_line, found, form)
    said = _Said(meta, name)
    return Election(
        name=name,
        budget=scaled(budget, scale),
        scale=scale,
        projects=projects,
        ballots=ballots,
        ballot_type=form.ballot_type,
        metadata=metadata,
        project_columns=columns,
        vote_table=VoteTable(found.names, body),
        warnings=_warnings(meta, len(projects), voters),
        meta_lines={key: line for key, (_, line) in meta.items()},
        conflicts=said.read("conflict_sets", lambda text: read_conflicts(text, form.index)),
        earmarked=said.read("earmarked", lambda text: read_earmarked(text, form.index)),
    )


@dataclass(frozen=True)
class _Said:
    """Values of the metadata that this platform adds to the format (docs/counting.md)."""

    meta: dict[str, tuple[str, int]]
    file: str

    def read(self, key: str, reader: Callable[[str], Read]) -> Read:
        value, line = self.meta.get(key, ("", 1))
        try:
            return reader(value)
        except ValueError as error:
            raise PabulibError(self.file, line, str(error)) from None


def _meta_rows(sections: Sections) -> list[tuple[str, str, int]]:
    """Key, value and line; a value with unquoted semicolons is kept whole."""
    rows = [
        (row.cells[0].strip(), ";".join(row.cells[1:]).strip(), row.line) for row in sections.meta
    ]
    return rows[1:] if rows and rows[0][:2] == ("key", "value") else rows


def _budget(meta: dict[str, tuple[str, int]], file: str) -> Decimal:
    if "budget" not in meta:
        raise PabulibError(file, 1, "META has no budget")
    value, line = meta["budget"]
    try:
        budget = parse_amount(value)
    except ValueError as error:
        raise PabulibError(file, line, f"budget {error}") from None
    if budget < 0:
        raise PabulibError(file, line, f"budget {value} is negative")
    return budget


def _project_rows(sections: Sections, file: str) -> tuple[tuple[str, ...], list[Row]]:
    """Column names and data rows, every row filled up to the number of columns."""
    if not sections.projects:
        raise PabulibError(file, max(sections.votes_line - 1, 1), "PROJECTS is empty")
    header, *rows = sections.projects
    columns = tuple(cell.strip().lower() for cell in header.cells)
    for needed in ("project_id", "cost"):
        if needed not in columns:
            raise PabulibError(file, header.line, f"PROJECTS has no column {needed}")
    if not rows:
        raise PabulibError(file, header.line, "PROJECTS lists no project")
    for row in rows:
        if any(cell.strip() for cell in row.cells[len(columns) :]):
            message = f"{len(row.cells)} cells in a row of PROJECTS with {len(columns)} columns"
            raise PabulibError(file, row.line, message)
        row.cells = (row.cells + [""] * len(columns))[: len(columns)]
    return columns, rows


def _cost(row: Row, columns: tuple[str, ...], file: str) -> Decimal:
    value = row.cells[columns.index("cost")]
    try:
        cost = parse_amount(value)
    except ValueError as error:
        raise PabulibError(file, row.line, f"cost {error}") from None
    if cost < 0:
        raise PabulibError(file, row.line, f"cost {value.strip()} is negative")
    return cost


def _projects(
    rows: list[Row], columns: tuple[str, ...], costs: list[int], file: str
) -> tuple[Project, ...]:
    where = columns.index("project_id")
    title = columns.index("name") if "name" in columns else None
    seen: dict[str, int] = {}
    projects = []
    for row, cost in zip(rows, costs, strict=True):
        project_id = row.cells[where].strip()
        if not project_id:
            raise PabulibError(file, row.line, "project_id is empty")
        if project_id in seen:
            message = f"project {project_id!r} is already on line {seen[project_id]}"
            raise PabulibError(file, row.line, message)
        seen[project_id] = row.line
        name = row.cells[title].strip() if title is not None else ""
        projects.append(Project(project_id, cost, name, tuple(row.cells)))
    return tuple(projects)


def _vote_header(sections: Sections, file: str) -> tuple[list[str], str, int]:
    """Column names, the text below them, and the number of its first line."""
    text, line = sections.votes_text, sections.votes_line
    while True:
        header, newline, text = text.partition("\n")
        if header.strip():
            return header.replace('"', "").split(";"), text, line + 1
        if not newline:
            raise PabulibError(file, line, "VOTES has no header")
        line += 1


def _vote_format(
    meta: dict[str, tuple[str, int]],
    columns: list[str],
    projects: tuple[Project, ...],
    file: str,
) -> VoteFormat:
    has_points = any(cell.strip().lower() == "points" for cell in columns)
    guess = "cumulative" if has_points else "approval"
    value, line = meta.get("vote_type", (guess, 1))
    ballot_type = value.strip().lower()
    if ballot_type not in BALLOT_TYPES:
        raise PabulibError(file, line, f"vote_type {value!r} is unknown")
    longest = _number(meta, "max_length", file) if ballot_type == "ordinal" else None
    places = int(longest) if longest is not None else None
    positions = _Said(meta, file).read(
        "position_points", lambda text: read_positions({"position_points": text}, places)
    )
    default = _number(meta, "default_score", file) if ballot_type == "scoring" else None
    return VoteFormat(
        file=file,
        ballot_type=ballot_type,
        index={project.id: number for number, project in enumerate(projects)},
        positions=positions,
        default_score=default or Decimal(0),
    )


def _number(meta: dict[str, tuple[str, int]], key: str, file: str) -> Decimal | None:
    """A number of the metadata, None where it is missing or empty."""
    value, line = meta.get(key, ("", 1))
    if not value:
        return None
    try:
        return parse_amount(value)
    except ValueError as error:
        raise PabulibError(file, line, f"{key} {error}") from None


def _warnings(meta: dict[str, tuple[str, int]], projects: int, voters: int) -> tuple[str, ...]:
    """Where the file's own counts differ from what it lists; the lists decide."""
    found = []
    for key, counted in (("num_projects", projects), ("num_votes", voters)):
        value = meta.get(key, (str(counted), 0))[0]
        if value != str(counted):
            found.append(f"{key} is {value}, the file lists {counted}")
    if "vote_type" not in meta:
        found.append("vote_type is missing and was taken from the columns of VOTES")
    return tuple(found)
