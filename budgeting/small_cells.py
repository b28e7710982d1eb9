"""Small cells: which numbers of a table must be left out so that nobody can be found in it.

A number is unsafe when it speaks of a handful: fewer than `smallest` people did something, or
fewer than `smallest` of those who could did not. Leaving out only these does not help where the
totals are printed, for one gap in a line is the total less the rest. So further numbers are left
out (complementary suppression) until no gap follows from the printed ones.

A gap of a table with printed totals follows from them exactly if it is a bridge in the graph
whose nodes are the lines and whose edges are the gaps (D. Gusfield, "A graph theoretic approach
to statistical data security", SIAM J. Computing 17, 1988). A total that is left out itself is one
more gap: the totals are a row and a column of their own, of which only the grand total stays.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

Cell = tuple[str, str]  # row, column
TOTAL = ""  # the row, and the column, of totals


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
    rows, columns = {row for row, _ in counts}, {column for _, column in counts}
    if min(len(rows), len(columns)) < 2 or len(counts) != len(rows) * len(columns):
        raise ValueError("a table needs two whole rows and two whole columns")
    gaps = {
        cell
        for cell, count in counts.items()
        if is_unsafe(count, smallest, None if of is None else of[cell])
    }
    by_row, by_column = _totals(counts)
    of_row, of_column = _totals(of) if of is not None else (None, None)
    gaps |= {(row, TOTAL) for row in gaps_in_list(by_row, smallest, of_row)}
    gaps |= {(TOTAL, column) for column in gaps_in_list(by_column, smallest, of_column)}
    whole = {
        **counts,
        **{(row, TOTAL): total for row, total in by_row.items()},
        **{(TOTAL, column): total for column, total in by_column.items()},
    }
    while bridges := bridges_of(gaps):
        row, column = min(bridges)
        rings = [
            {(row, beside), (below, column), (below, beside)}
            for below in sorted({*rows, TOTAL} - {row})
            for beside in sorted({*columns, TOTAL} - {column})
        ]
        closing = [ring for ring in rings if (TOTAL, TOTAL) not in ring]
        gaps |= min(closing, key=lambda ring: sum(whole[cell] for cell in ring - gaps))
    return gaps


def _totals(counts: Mapping[Cell, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The sums of the rows and of the columns."""
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for (row, column), count in counts.items():
        by_row[row] += count
        by_column[column] += count
    return dict(by_row), dict(by_column)


def bridges_of(gaps: Collection[Cell]) -> set[Cell]:
    """The gaps that follow from the totals: edges of the graph of lines that lie on no ring."""
    neighbours: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row, column in gaps:
        neighbours["row", row].add(("column", column))
        neighbours["column", column].add(("row", row))
    return {gap for gap in gaps if not _is_on_a_ring(gap, neighbours)}


def _is_on_a_ring(
    gap: Cell, neighbours: Mapping[tuple[str, str], Iterable[tuple[str, str]]]
) -> bool:
    """Whether the gap's two lines are joined by another way. Tables are small: O(gaps) each."""
    start, goal = ("row", gap[0]), ("column", gap[1])
    seen, ahead = {start}, [line for line in neighbours[start] if line != goal]
    while ahead:
        line = ahead.pop()
        if line == goal:
            return True
        if line not in seen:
            seen.add(line)
            ahead += neighbours[line]
    return False
