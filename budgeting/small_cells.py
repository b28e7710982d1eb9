"""Small cells: which numbers of a table must be left out so that nobody can be found in it.

A number is unsafe when it speaks of a handful: fewer than `smallest` people did something, or
fewer than `smallest` of those who could did not. Leaving out only these does not help where the
totals are printed, for one gap in a line is the total less the rest. So further numbers are left
out (complementary suppression) until no gap follows from the printed ones.

A gap of a table with printed totals follows from them exactly if it is a bridge in the graph
whose nodes are the lines and whose edges are the gaps (D. Gusfield, "A graph theoretic approach
to statistical data security", SIAM J. Computing 17, 1988). A total that is left out itself is one
more gap: the totals are a row and a column of their own, of which only the grand total stays.
Two tables of the same people with the same rows (age by district, age by sex) are one such graph:
the total of a row joins its line in the one to its line in the other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

Cell = tuple[str, str]  # row, column
TOTAL = ""  # the row, and the column, of totals
ROW, COLUMN = "row", "column"


class Number(NamedTuple):
    """What is printed in the first table (0) or the second (1); totals of rows are the first's."""

    table: int
    row: str
    column: str


class Line(NamedTuple):
    """What the numbers of a line are added up in: a row or a column of a table."""

    table: int
    kind: str  # ROW or COLUMN
    label: str


Ends = tuple[Line, Line]


def is_unsafe(count: int, smallest: int, of: int | None = None) -> bool:
    """Whether `count` people, out of `of` where that is known, are too few to be printed.

    Nobody out of nobody says nothing of anyone. Raises ValueError for impossible numbers.
    """
    if count < 0 or (of is not None and count > of):
        raise ValueError(f"{count} of {of} people")
    if of is None:
        return 0 < count < smallest
    return of > 0 and min(count, of - count) < smallest


def gaps_in_list(
    counts: Mapping[str, int], smallest: int, of: Mapping[str, int] | None = None
) -> set[str]:
    """The labels to leave out of a list whose total is printed beside it.

    Afterwards no gap stands alone, and the gaps together hold at least `smallest` people,
    unless the whole list is left out.
    """
    gaps = {
        label
        for label, count in counts.items()
        if is_unsafe(count, smallest, None if of is None else of[label])
    }
    while gaps and (len(gaps) == 1 or sum(counts[label] for label in gaps) < smallest):
        printed = [label for label in counts if label not in gaps]
        if not printed:
            break
        gaps.add(min(printed, key=lambda label: (counts[label] == 0, counts[label])))
    return gaps


def gaps_in_table(
    counts: Mapping[Cell, int], smallest: int, of: Mapping[Cell, int] | None = None
) -> set[Cell]:
    """The cells to leave out of a table that is printed with its totals, (row, TOTAL) and
    (TOTAL, column) among them; the grand total is always printed.

    Afterwards no gap follows from what is printed. Raises ValueError unless every row has every
    column, and there are two of each: a single line is a list.
    """
    return gaps_in_tables([counts], smallest, None if of is None else [of])[0]


def gaps_in_tables(
    tables: Sequence[Mapping[Cell, int]],
    smallest: int,
    of: Sequence[Mapping[Cell, int]] | None = None,
) -> list[set[Cell]]:
    """As `gaps_in_table` for each of one or two tables of the same people by the same rows.

    Raises ValueError as it does, and where the rows or their totals differ.
    """
    _check(tables)
    numbers: dict[Number, int] = {}
    gaps: set[Number] = set()
    for table, counts in enumerate(tables):
        people = None if of is None else of[table]
        by_row, by_column = _totals(counts)
        of_row, of_column = _totals(people) if people is not None else (None, None)
        numbers |= {Number(table, *cell): count for cell, count in counts.items()}
        numbers |= {Number(0, row, TOTAL): total for row, total in by_row.items()}
        numbers |= {Number(table, TOTAL, column): total for column, total in by_column.items()}
        gaps |= {
            Number(table, *cell)
            for cell, count in counts.items()
            if is_unsafe(count, smallest, None if people is None else people[cell])
        }
        gaps |= {Number(0, row, TOTAL) for row in gaps_in_list(by_row, smallest, of_row)}
        gaps |= {
            Number(table, TOTAL, column) for column in gaps_in_list(by_column, smallest, of_column)
        }
    _close(gaps, numbers, {number: _ends(number, len(tables)) for number in numbers})
    return [
        {(gap.row, gap.column) for gap in gaps if gap.column == TOTAL or gap.table == table}
        for table in range(len(tables))
    ]


def _check(tables: Sequence[Mapping[Cell, int]]) -> None:
    for counts in tables:
        rows, columns = {row for row, _ in counts}, {column for _, column in counts}
        if min(len(rows), len(columns)) < 2 or len(counts) != len(rows) * len(columns):
            raise ValueError("a table needs two whole rows and two whole columns")
    if len(tables) > 2 or any(_totals(one)[0] != _totals(tables[0])[0] for one in tables):
        raise ValueError("two tables at most, of the same people by the same rows")


def _ends(number: Number, tables: int) -> Ends:
    """The two lines in which a number stands."""
    if number.column == TOTAL and tables == 2:
        return Line(0, ROW, number.row), Line(1, ROW, number.row)
    return Line(number.table, ROW, number.row), Line(number.table, COLUMN, number.column)


def _close(gaps: set[Number], numbers: Mapping[Number, int], ends: Mapping[Number, Ends]) -> None:
    """Leave out more, as few people as possible each time, until no gap follows."""
    while bridges := _bridges({gap: ends[gap] for gap in gaps}):
        bridge = min(bridges)
        gaps |= _cheapest_ring(bridge, gaps, numbers, ends)


def _cheapest_ring(
    bridge: Number,
    gaps: Collection[Number],
    numbers: Mapping[Number, int],
    ends: Mapping[Number, Ends],
) -> set[Number]:
    """The way from one end of a gap to the other that leaves out the fewest people more.

    An empty cell hides nobody, so that it comes last.
    """
    beside: dict[Line, list[tuple[Number, Line]]] = defaultdict(list)
    for number, (one, other) in ends.items():
        beside[one].append((number, other))
        beside[other].append((number, one))
    everybody = sum(numbers.values())
    start, goal = ends[bridge]
    ahead: list[tuple[int, list[Number], Line]] = [(0, [], start)]
    seen: set[Line] = set()
    while ahead:
        price, way, line = heappop(ahead)
        if line == goal:
            return set(way)
        if line in seen:
            continue
        seen.add(line)
        for number, beyond in beside[line]:
            if number != bridge and beyond not in seen:
                more = 0 if number in gaps else numbers[number] or everybody
                heappush(ahead, (price + more, [*way, number], beyond))
    raise AssertionError("whole tables have a ring through every number")


def _totals(counts: Mapping[Cell, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The sums of the rows and of the columns."""
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for (row, column), count in counts.items():
        by_row[row] += count
        by_column[column] += count
    return dict(by_row), dict(by_column)


def bridges_of(gaps: Collection[Cell]) -> set[Cell]:
    """The gaps of one table that follow from its totals: edges that lie on no ring."""
    found = _bridges({Number(0, *gap): _ends(Number(0, *gap), 1) for gap in gaps})
    return {(number.row, number.column) for number in found}


def _bridges(gaps: Mapping[Number, Ends]) -> set[Number]:
    neighbours: dict[Line, set[Line]] = defaultdict(set)
    for one, other in gaps.values():
        neighbours[one].add(other)
        neighbours[other].add(one)
    return {gap for gap, ends in gaps.items() if not _is_on_a_ring(ends, neighbours)}


def _is_on_a_ring(ends: Ends, neighbours: Mapping[Line, Iterable[Line]]) -> bool:
    """Whether the gap's two lines are joined by another way. Tables are small: O(gaps) each."""
    start, goal = ends
    seen, ahead = {start}, [line for line in neighbours[start] if line != goal]
    while ahead:
        line = ahead.pop()
        if line == goal:
            return True
        if line not in seen:
            seen.add(line)
            ahead += neighbours[line]
    return False
