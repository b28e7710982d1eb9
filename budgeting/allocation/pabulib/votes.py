"""The VOTES section: from text to distinct ballots, without touching a voter twice.

Most voters cast a ballot that somebody else cast too, and a ballot is a short piece
of text. So equal texts are counted first and only distinct ones are taken apart.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budgeting.allocation.ballots import (
    APPROVAL_TYPES,
    BORDA,
    Ballots,
    PositionPoints,
    grouped,
)
from budgeting.allocation.money import common_scale, parse_amount, scaled
from budgeting.allocation.pabulib.errors import PabulibError

#: The text of a ballot: listed ids, and points where the ballot type has them.
BallotText = tuple[str, str]


@dataclass(frozen=True)
class VoteFormat:
    """What the rest of the file says about its votes."""

    file: str
    ballot_type: str
    index: Mapping[str, int]
    positions: PositionPoints = BORDA
    default_score: Decimal = Decimal(0)


@dataclass(frozen=True)
class VoteColumns:
    """Header of the section and where the ballots stand in it (a column may be repeated)."""

    names: tuple[str, ...]
    votes: tuple[int, ...]
    points: tuple[int, ...]


def find_columns(header: Sequence[str], line: int, form: VoteFormat) -> VoteColumns:
    """Locate `vote` and `points`. PabulibError where a needed column is missing."""
    names = tuple(cell.strip() for cell in header)
    lowered = [name.lower() for name in names]
    votes = tuple(i for i, name in enumerate(lowered) if name == "vote")
    points = tuple(i for i, name in enumerate(lowered) if name == "points")
    if not votes:
        raise PabulibError(form.file, line, "VOTES has no column vote")
    if form.ballot_type in APPROVAL_TYPES:
        points = ()
    elif form.ballot_type != "ordinal" and not points:
        raise PabulibError(form.file, line, f"{form.ballot_type} votes have no column points")
    return VoteColumns(names, votes, points)


def read_votes(text: str, line: int, columns: VoteColumns, form: VoteFormat) -> tuple[Ballots, int]:
    """All ballots of the section, whose first data line is `line`; and how many there are."""
    texts = _plain_texts(text, columns)
    find_line: Callable[[BallotText], int]
    if texts is None:
        rows = _read_rows(text, line, columns, form)
        texts = [_ballot_text(cells, columns) for cells, _ in rows]

        def find_line(ballot: BallotText) -> int:
            return next(at for cells, at in rows if _ballot_text(cells, columns) == ballot)
    else:

        def find_line(ballot: BallotText) -> int:
            for number, row in enumerate(text.split("\n")):
                cells = row.split(";")
                if not _is_blank(row) and _ballot_text(cells, columns) == ballot:
                    return line + number
            return line

    distinct = Counter(texts)
    counts = np.fromiter(distinct.values(), dtype=np.int64, count=len(distinct))
    taken = _TakenApart(list(distinct), form, find_line)
    try:
        return taken.ballots(counts), len(texts)
    except ValueError as error:
        raise PabulibError(form.file, line, str(error)) from None


def _plain_texts(text: str, columns: VoteColumns) -> list[BallotText] | None:
    """Ballot texts of a section without quotes and with full rows; else None."""
    width = len(columns.names)
    if '"' in text or len(columns.votes) != 1 or len(columns.points) > 1:
        return None
    rows = [row for row in text.split("\n") if not _is_blank(row)]
    if any(row.count(";") != width - 1 for row in rows):
        return None
    vote = columns.votes[0]
    if not columns.points:
        return [(row.split(";", vote + 1)[vote], "") for row in rows]
    points = columns.points[0]
    split = [row.split(";", max(vote, points) + 1) for row in rows]
    return [(cells[vote], cells[points]) for cells in split]


def _is_blank(row: str) -> bool:
    """Nothing but separators, as spreadsheets leave below a table."""
    return not row.replace(";", "").strip()


def _read_rows(
    text: str, line: int, columns: VoteColumns, form: VoteFormat
) -> list[tuple[list[str], int]]:
    """Rows with quotes, missing or surplus cells. Missing trailing cells are empty."""
    width = len(columns.names)
    reader = csv.reader((row + "\n" for row in text.split("\n")), delimiter=";")
    rows: list[tuple[list[str], int]] = []
    at = line
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error as error:
            raise PabulibError(form.file, at, f"cannot read the row: {error}") from None
        if any(cell.strip() for cell in cells):
            if any(cell.strip() for cell in cells[width:]):
                message = f"{len(cells)} cells in a row of VOTES with {width} columns"
                raise PabulibError(form.file, at, message)
            rows.append((cells + [""] * (width - len(cells)), at))
        at = line + reader.line_num


def _ballot_text(cells: Sequence[str], columns: VoteColumns) -> BallotText:
    """Ids and points of one row; a repeated vote column adds what it has beyond the first."""
    votes = [cells[i].strip() for i in columns.votes if i < len(cells)]
    points = [cells[i].strip() for i in columns.points if i < len(cells)]
    if len(votes) == 1:
        return cells[columns.votes[0]], cells[columns.points[0]] if points else ""
    fresh = [i for i, vote in enumerate(votes) if vote and vote not in votes[:i]]
    if len(points) != len(votes):
        return ",".join(votes[i] for i in fresh), points[0] if points else ""
    return ",".join(votes[i] for i in fresh), ",".join(points[i] for i in fresh)


class _TakenApart:
    """Distinct ballot texts turned into arrays."""

    def __init__(
        self,
        texts: list[BallotText],
        form: VoteFormat,
        find_line: Callable[[BallotText], int],
    ) -> None:
        self.texts = texts
        self.form = form
        self.find_line = find_line

    def ballots(self, counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Ballots:
        lengths, listed = self._fast_lists() or self._careful_lists()
        sizes = np.array(lengths, dtype=np.int64)
        projects = np.array(listed, dtype=np.int32)
        if self.form.ballot_type in APPROVAL_TYPES:
            return grouped(sizes, projects, counts)
        amounts = self._points(lengths)
        if self.form.default_score:
            lengths, listed, amounts = self._with_default(lengths, listed, amounts)
            sizes, projects = np.array(lengths, np.int64), np.array(listed, np.int32)
        scale = common_scale(set(amounts))
        worth = {amount: scaled(amount, scale) for amount in set(amounts)}
        points = np.fromiter((worth[a] for a in amounts), dtype=np.int64, count=len(amounts))
        return grouped(sizes, projects, counts, points, scale)

    def _fast_lists(self) -> tuple[list[int], list[int]] | None:
        """Ids without blanks or gaps: one split for all ballots at once."""
        index = self.form.index
        votes = [vote for vote, _ in self.texts]
        joined = ",".join(filter(None, votes))
        try:
            listed = [index[name] for name in joined.split(",")] if joined else []
        except KeyError:
            return None
        return [vote.count(",") + 1 if vote else 0 for vote in votes], listed

    def _careful_lists(self) -> tuple[list[int], list[int]]:
        lengths: list[int] = []
        listed: list[int] = []
        for text in self.texts:
            names = [name.strip() for name in text[0].split(",")]
            names = [name for name in names if name]
            for name in names:
                if name not in self.form.index:
                    message = f"vote for unknown project {name!r}"
                    raise PabulibError(self.form.file, self.find_line(text), message)
            lengths.append(len(names))
            listed.extend(self.form.index[name] for name in names)
        return lengths, listed

    def _points(self, lengths: list[int]) -> list[Decimal]:
        """Points parallel to the listed ids; ordinal ballots without points by position."""
        known: dict[str, Decimal] = {}
        amounts: list[Decimal] = []
        for text, length in zip(self.texts, lengths, strict=True):
            given = [part for part in text[1].split(",") if part.strip()]
            if not given and length and self.form.ballot_type == "ordinal":
                amounts.extend(map(Decimal, self.form.positions.of(length)))
                continue
            if len(given) != length:
                message = f"{length} projects but {len(given)} points"
                raise PabulibError(self.form.file, self.find_line(text), message)
            for part in given:
                if part not in known:
                    known[part] = self._amount(part, text)
                amounts.append(known[part])
        return amounts

    def _amount(self, part: str, text: BallotText) -> Decimal:
        try:
            amount = parse_amount(part)
        except ValueError as error:
            line = self.find_line(text)
            raise PabulibError(self.form.file, line, f"points {error}") from None
        if amount < 0 and self.form.ballot_type != "scoring":
            line = self.find_line(text)
            raise PabulibError(self.form.file, line, f"points {part.strip()!r} are negative")
        return amount

    def _with_default(
        self, lengths: list[int], listed: list[int], amounts: list[Decimal]
    ) -> tuple[list[int], list[int], list[Decimal]]:
        """Scoring ballots give `default_score` to every project they do not list."""
        everyone = range(len(self.form.index))
        full_list: list[int] = []
        full_amounts: list[Decimal] = []
        position = 0
        for length in lengths:
            row = slice(position, position + length)
            given = dict(zip(listed[row], amounts[row], strict=True))
            full_list.extend(everyone)
            full_amounts.extend(given.get(p, self.form.default_score) for p in everyone)
            position += length
        return [len(everyone)] * len(lengths), full_list, full_amounts
