"""An election to be counted: projects with costs, ballots grouped and held as arrays.

Money is kept in integers. An election has a `scale` (a power of ten): a cost of
`1234.5` currency units is held as `12345` with scale 10, so that every comparison
of money is a comparison of integers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from budgeting.allocation.ballots import (
    BALLOT_TYPES,
    Ballots,
    Floats,
    Indexes,
    PositionPoints,
    gather_ballots,
)
from budgeting.allocation.money import common_scale, scaled, to_decimal

#: A cost of 999,999,999 marks a project withdrawn after the ballots were printed.
WITHDRAWN_COST = 999_999_999


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the ballot; `cost` is in units of 1/scale of the currency."""

    id: str
    cost: int
    name: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class VoteTable:
    """The VOTES section as it was read: every column of every voter, word for word."""

    columns: tuple[str, ...]
    text: str

    def rows(self) -> list[list[str]]:
        """One list of cells a voter, filled up to the number of columns."""
        width = len(self.columns)
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=";")
        return [row + [""] * (width - len(row)) for row in reader if any(map(str.strip, row))]


@dataclass(frozen=True)
class Supporters:
    """The voters behind one project: distinct ballots, how many cast each, their points."""

    ballots: Indexes
    weight: Floats
    points: Floats | None

    def support(self) -> int:
        """Voters (or the sum of their points) behind the project."""
        total = self.weight if self.points is None else self.weight * self.points
        return int(total.sum())


@dataclass(frozen=True)
class Election:
    """Projects, ballots and the money, ready to be counted.

    `budget` and all costs are integers in units of 1/`scale` of the currency.
    `metadata` keeps the file's META rows in their order, `meta_lines` where each key
    stands in the file; `vote_table` holds the raw votes. Of the projects of one of
    `conflicts` at most one is funded; an earmark of the rule is for those `earmarked`.
    """

    name: str
    budget: int
    scale: int
    projects: tuple[Project, ...]
    ballots: Ballots
    ballot_type: str
    metadata: tuple[tuple[str, str], ...] = ()
    project_columns: tuple[str, ...] = ()
    vote_table: VoteTable | None = None
    warnings: tuple[str, ...] = ()
    meta_lines: Mapping[str, int] = field(default_factory=dict)
    conflicts: tuple[frozenset[int], ...] = ()
    earmarked: frozenset[int] = frozenset()

    @cached_property
    def meta(self) -> dict[str, str]:
        """The metadata as a dictionary; of a repeated key the first row counts."""
        return dict(reversed(self.metadata))

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of every project id in `projects`."""
        return {project.id: number for number, project in enumerate(self.projects)}

    @cached_property
    def voters(self) -> int:
        """Ballots cast, empty ones included: the n of the B/n of Equal Shares."""
        return self.ballots.voters

    @cached_property
    def scores(self) -> list[int]:
        """Votes per project (points where ballots give points, in 1/points_scale)."""
        return self.ballots.scores(len(self.projects))

    @property
    def is_approval(self) -> bool:
        return self.ballots.points is None

    def project_field(self, column: str) -> list[str] | None:
        """One column of the PROJECTS section, or None if the file has no such column."""
        if column not in self.project_columns:
            return None
        position = self.project_columns.index(column)
        return [project.cells[position].strip() for project in self.projects]

    def selected_by_city(self, marks: Sequence[str] = ("1",)) -> list[str] | None:
        """Ids of the projects whose `selected` column carries one of `marks`."""
        verdicts = self.project_field("selected")
        if verdicts is None:
            return None
        return [p.id for p, mark in zip(self.projects, verdicts, strict=True) if mark in marks]

    @cached_property
    def supporters(self) -> tuple[Supporters, ...]:
        """For every project the ballots that give it a positive number of points."""
        ballots = self.ballots
        keep = None if ballots.points is None else ballots.points > 0
        listed = ballots.projects if keep is None else ballots.projects[keep]
        rows = ballots.rows() if keep is None else ballots.rows()[keep]
        narrow = listed.astype(np.uint16) if len(self.projects) < 65_536 else listed
        order = np.argsort(narrow, kind="stable")
        rows = rows[order]
        weight = ballots.multiplicity[rows].astype(np.float64)
        points = None
        if ballots.points is not None:
            points = ballots.points[keep][order].astype(np.float64)
        ends = np.cumsum(np.bincount(listed, minlength=len(self.projects)))
        found = []
        for start, end in zip(np.concatenate(([0], ends[:-1])), ends, strict=True):
            part = None if points is None else points[start:end]
            found.append(Supporters(rows[start:end], weight[start:end], part))
        return tuple(found)

    def is_withdrawn(self, number: int) -> bool:
        """The project carries the sentinel cost of a withdrawn one."""
        return self.projects[number].cost == WITHDRAWN_COST * self.scale

    @classmethod
    def build(
        cls,
        *,
        budget: int | str | Decimal,
        projects: Iterable[tuple[str, int | str | Decimal] | Mapping[str, object]],
        ballots: Iterable[Sequence[str] | Mapping[str, int | str | Decimal]],
        multiplicity: Sequence[int] | None = None,
        ballot_type: str = "approval",
        name: str = "election",
        metadata: Mapping[str, str] | None = None,
    ) -> Election:
        """An election from plain Python data.

        Projects are `(id, cost)` or mappings with `id`, `cost` and optionally `name`.
        Ballots are lists of ids (approval, choose-1, ordinal: best first) or mappings
        id → points (cumulative, scoring). `multiplicity` says how often each was cast.
        ValueError: unknown id or ballot type, an id twice, negative money. TypeError: floats.
        """
        if ballot_type not in BALLOT_TYPES:
            raise ValueError(f"unknown ballot type {ballot_type!r}")
        rows = [_project_row(project) for project in projects]
        money = to_decimal(budget)
        if money < 0 or any(cost < 0 for _, cost, _ in rows):
            raise ValueError("budget and costs must not be negative")
        scale = common_scale([money, *(cost for _, cost, _ in rows)])
        index = {project_id: number for number, (project_id, _, _) in enumerate(rows)}
        if len(index) != len(rows):
            raise ValueError("a project id occurs twice")
        meta = dict(metadata or {})
        length = int(meta["max_length"]) if "max_length" in meta else None
        return cls(
            name=name,
            budget=scaled(money, scale),
            scale=scale,
            conflicts=read_conflicts(meta.get("conflict_sets", ""), index),
            earmarked=read_earmarked(meta.get("earmarked", ""), index),
            projects=tuple(
                Project(project_id, scaled(cost, scale), title, (project_id, f"{cost:f}", title))
                for project_id, cost, title in rows
            ),
            ballots=gather_ballots(
                ballots, index, ballot_type, multiplicity, read_positions(meta, length)
            ),
            ballot_type=ballot_type,
            metadata=tuple(meta.items()),
            project_columns=("project_id", "cost", "name"),
        )


def read_conflicts(text: str, index: Mapping[str, int]) -> tuple[frozenset[int], ...]:
    """`conflict_sets` of the metadata: JSON, lists of ids. ValueError says what is wrong."""
    groups = _json_list(text, "conflict_sets")
    return tuple(frozenset(_numbers(group, index, "conflict_sets")) for group in groups)


def read_earmarked(text: str, index: Mapping[str, int]) -> frozenset[int]:
    """`earmarked` of the metadata: a JSON list of ids. ValueError says what is wrong."""
    return frozenset(_numbers(_json_list(text, "earmarked"), index, "earmarked"))


def read_positions(meta: Mapping[str, str], longest: int | None) -> PositionPoints:
    """How many points each place of an ordinal ballot gives: `position_points`, first to last."""
    text = meta.get("position_points", "").strip()
    if not text:
        return PositionPoints(longest)
    parts = text.split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise ValueError(f"position_points {text!r} is not a list of whole numbers")
    return PositionPoints(longest, tuple(int(part) for part in parts))


def _json_list(text: str, key: str) -> list[Any]:
    try:
        found = json.loads(text) if text.strip() else []
    except ValueError:
        found = None
    if isinstance(found, list):
        return found
    raise ValueError(f"{key} is not a JSON list")


def _numbers(ids: object, index: Mapping[str, int], key: str) -> list[int]:
    listed = ids if isinstance(ids, list) else [ids]
    unknown = next((name for name in listed if str(name) not in index), None)
    if unknown is not None:
        raise ValueError(f"{key} names unknown project {unknown!r}")
    return [index[str(name)] for name in listed]


def _project_row(
    project: tuple[str, int | str | Decimal] | Mapping[str, object],
) -> tuple[str, Decimal, str]:
    if isinstance(project, Mapping):
        cost = project["cost"]
        if not isinstance(cost, int | str | Decimal):
            raise TypeError(f"cost {cost!r} must be int, Decimal or str")
        return str(project["id"]), to_decimal(cost), str(project.get("name", ""))
    return project[0], to_decimal(project[1]), ""


__all__ = ["WITHDRAWN_COST", "Ballots", "Election", "Project", "Supporters", "VoteTable"]
