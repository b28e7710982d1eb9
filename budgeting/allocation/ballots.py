"""Ballots as arrays: distinct ballots, how often each was cast, and the points they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from budgeting.allocation.money import common_scale, scaled, to_decimal

Integers: TypeAlias = NDArray[np.int64]
Indexes: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]

#: Ballot types of the Pabulib format (Faliszewski et al., IJCAI 2023).
BALLOT_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
APPROVAL_TYPES = ("approval", "choose-1")

#: Sums of points up to this are exact in doubles.
EXACT_LIMIT = 2**53


@dataclass(frozen=True)
class Ballots:
    """Distinct ballots in CSR shape: ballot i lists `projects[starts[i]:starts[i + 1]]`.

    `multiplicity[i]` voters cast ballot i. `points` runs parallel to `projects`, in
    units of 1/`points_scale`; None means approval: one point for each listed project.
    Empty ballots are rows of length zero: they count as voters.
    """

    starts: Integers
    projects: Indexes
    multiplicity: Integers
    points: Integers | None = None
    points_scale: int = 1

    @cached_property
    def voters(self) -> int:
        return int(self.multiplicity.sum())

    def rows(self) -> Indexes:
        """The ballot number of every entry of `projects`."""
        lengths = np.diff(self.starts)
        return np.repeat(np.arange(lengths.size, dtype=np.int32), lengths)

    def scores(self, number_of_projects: int) -> list[int]:
        """Votes, or sum of points, of every project: exact."""
        weight = np.repeat(self.multiplicity, np.diff(self.starts)).astype(np.float64)
        if self.points is not None:
            weight *= self.points
        sums = np.bincount(self.projects, weights=weight, minlength=number_of_projects)
        return [int(total) for total in sums]


def grouped(
    lengths: Integers,
    projects: Indexes,
    multiplicity: Integers,
    points: Integers | None = None,
    points_scale: int = 1,
) -> Ballots:
    """Put ballots in canonical order and merge equal ones.

    A project listed twice counts once (approval) or with the sum of its points.
    Equality is decided on the entries themselves; hashing only brings candidates
    together, so a collision can leave two equal ballots apart but never join
    different ones.
    """
    lengths, projects, points = _canonical(lengths, projects, points)
    _check_points(points, multiplicity)
    order, same = _neighbours(lengths, projects, points)
    leaders = order[~same]
    group = np.cumsum(~same) - 1
    counts = np.bincount(group, weights=multiplicity[order], minlength=leaders.size)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    kept = _entries(starts, lengths, leaders)
    return Ballots(
        starts=np.concatenate(([0], np.cumsum(lengths[leaders]))).astype(np.int64),
        projects=projects[kept],
        multiplicity=counts.astype(np.int64),
        points=None if points is None else points[kept],
        points_scale=points_scale,
    )


def _canonical(
    lengths: Integers, projects: Indexes, points: Integers | None
) -> tuple[Integers, Indexes, Integers | None]:
    """Entries of each ballot by rising project number, each project once."""
    if projects.size == 0:
        return lengths, projects, points
    width = int(projects.max()) + 1
    key = np.repeat(np.arange(lengths.size, dtype=np.int64) * width, lengths) + projects
    if np.all(key[1:] > key[:-1]):
        return lengths, projects, points
    order = np.argsort(key, kind="stable")
    key, projects = key[order], projects[order]
    first = np.concatenate(([True], key[1:] != key[:-1]))
    if points is not None:
        points = np.add.reduceat(points[order], np.flatnonzero(first))
    rows = key[first] // width
    return (
        np.bincount(rows, minlength=lengths.size).astype(np.int64),
        projects[first],
        points,
    )


def _check_points(points: Integers | None, multiplicity: Integers) -> None:
    if points is None or points.size == 0:
        return
    largest = max(abs(int(points.max())), abs(int(points.min())))
    if largest * int(multiplicity.sum()) >= EXACT_LIMIT:
        raise ValueError("points are too large to be added up exactly")


def _neighbours(
    lengths: Integers, projects: Indexes, points: Integers | None
) -> tuple[Integers, NDArray[np.bool_]]:
    """An order that puts equal ballots side by side, and which equal their predecessor."""
    width = int(projects.max()) + 1 if projects.size else 1
    table = np.random.default_rng(0x5EED).integers(0, 2**63, size=width, dtype=np.uint64)
    entry = table[projects]
    if points is not None:
        entry *= (2 * points + 1).astype(np.uint64)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(entry, dtype=np.uint64)))
    ends = np.cumsum(lengths)
    hashed = sums[ends] - sums[ends - lengths]
    order = np.argsort(hashed, kind="stable")
    ordered, sizes = hashed[order], lengths[order]
    same = np.zeros(order.size, dtype=np.bool_)
    same[1:] = (ordered[1:] == ordered[:-1]) & (sizes[1:] == sizes[:-1])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    suspects = np.flatnonzero(same)
    here = _entries(starts, lengths, order[suspects])
    there = _entries(starts, lengths, order[suspects - 1])
    differs = projects[here] != projects[there]
    if points is not None:
        differs |= points[here] != points[there]
    owner = np.repeat(suspects, lengths[order[suspects]])
    same[owner[differs]] = False
    return order, same


def _entries(starts: Integers, lengths: Integers, ballots: Integers) -> Integers:
    """Positions of all entries of the given ballots, ballot after ballot."""
    sizes = lengths[ballots]
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if ends.size else 0
    shift: Integers = np.repeat(starts[ballots] - (ends - sizes), sizes)
    return shift + np.arange(total, dtype=np.int64)


@dataclass(frozen=True)
class PositionPoints:
    """Points of the places of an ordinal ballot, best first.

    `table` gives them one by one, later places nothing. Without it they are Borda-like:
    where the ballot paper has `longest` places the first gets `longest` points, the next
    one less; without a declared maximum the ballot's own length takes its place. This is
    how the published `score` columns of ordinal files come about.
    """

    longest: int | None = None
    table: tuple[int, ...] = ()

    def of(self, length: int) -> list[int]:
        """Points of a ballot with `length` projects."""
        if self.table:
            return [*self.table[:length], *[0] * (length - len(self.table))]
        top = max(self.longest or length, length)
        return [top - place for place in range(length)]


BORDA = PositionPoints()


def gather_ballots(
    ballots: Iterable[Sequence[str] | Mapping[str, int | str | Decimal]],
    index: Mapping[str, int],
    ballot_type: str,
    multiplicity: Sequence[int] | None = None,
    positions: PositionPoints = BORDA,
) -> Ballots:
    """Ballots given in code as arrays. ValueError names an unknown project."""
    listed: list[int] = []
    lengths: list[int] = []
    amounts: list[Decimal] = []
    for ballot in ballots:
        ids = list(dict.fromkeys(ballot))
        unknown = next((project_id for project_id in ids if project_id not in index), None)
        if unknown is not None:
            raise ValueError(f"ballot lists unknown project {unknown!r}")
        listed.extend(index[project_id] for project_id in ids)
        lengths.append(len(ids))
        if isinstance(ballot, Mapping):
            amounts.extend(to_decimal(ballot[project_id]) for project_id in ids)
        elif ballot_type == "ordinal":
            amounts.extend(Decimal(p) for p in positions.of(len(ids)))
    if multiplicity is None:
        multiplicity = [1] * len(lengths)
    if len(multiplicity) != len(lengths) or any(count < 0 for count in multiplicity):
        raise ValueError("multiplicity must give one non-negative number per ballot")
    is_approval = ballot_type in APPROVAL_TYPES
    if not is_approval and len(amounts) != len(listed):
        raise ValueError(f"{ballot_type} ballots must give points for each listed project")
    scale = 1 if is_approval else common_scale(amounts)
    points = None if is_approval else np.array([scaled(a, scale) for a in amounts], dtype=np.int64)
    return grouped(
        np.array(lengths, dtype=np.int64),
        np.array(listed, dtype=np.int32),
        np.array(multiplicity, dtype=np.int64),
        points,
        scale,
    )
