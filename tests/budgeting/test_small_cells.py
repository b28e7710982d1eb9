"""Small cells: hand-made tables, and an attacker who solves for the gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.small_cells import (
    TOTAL,
    Cell,
    bridges_of,
    gaps_in_list,
    gaps_in_table,
    gaps_in_tables,
    is_unsafe,
)

DISTRICTS = {"Центр": 120, "Карасу": 60, "Байтерек": 3, "Аса": 44}


@pytest.mark.parametrize(
    ("count", "of", "unsafe"),
    [
        (0, None, False),  # nobody: nothing is said of anyone who took part
        (1, None, True),
        (4, None, True),
        (5, None, False),
        (0, 0, False),  # nobody lives there
        (0, 40, True),  # not one of forty came: it is known of each of them
        (38, 40, True),  # and so it is, but for two
        (36, 40, True),
        (35, 40, False),
        (20, 40, False),
    ],
)
def test_a_handful_is_unsafe(count: int, of: int | None, unsafe: bool) -> None:
    assert is_unsafe(count, 5, of) is unsafe


@pytest.mark.parametrize(("count", "of"), [(-1, None), (6, 5)])
def test_impossible_numbers_are_refused(count: int, of: int | None) -> None:
    with pytest.raises(ValueError, match="people"):
        is_unsafe(count, 5, of)


def test_one_gap_takes_the_next_smallest_with_it() -> None:
    # Байтерек alone would be 227 - 120 - 60 - 44 = 3.
    assert gaps_in_list(DISTRICTS, 5) == {"Байтерек", "Аса"}


def test_gaps_that_hold_too_few_together_take_another() -> None:
    # Two gaps with one person each: the total says that there are two, in two places.
    assert gaps_in_list({"web": 200, "paper": 1, "desk": 1, "letter": 30}, 5) == {
        "paper",
        "desk",
        "letter",
    }


def test_nothing_is_left_out_of_a_safe_list() -> None:
    assert gaps_in_list({"web": 200, "paper": 50, "desk": 0}, 5) == set()


def test_a_list_with_nothing_to_hide_behind_is_left_out_whole() -> None:
    assert gaps_in_list({"web": 2}, 5) == {"web"}


def test_an_empty_place_hides_nobody() -> None:
    # Байтерек behind a printed nought would be no gap at all.
    assert gaps_in_list({"Центр": 90, "Байтерек": 3, "Жаңа": 0}, 5) == {"Центр", "Байтерек"}


def table(rows: list[list[int]]) -> dict[Cell, int]:
    return {(f"r{i}", f"c{j}"): count for i, row in enumerate(rows) for j, count in enumerate(row)}


def test_a_gap_in_a_table_needs_three_more() -> None:
    # By hand: the 2 at r0 c0 follows from its row unless another gap is in the row, from its
    # column unless one is there, and those two from the other lines unless their corner goes too.
    counts = table([[2, 30, 40], [20, 31, 41], [50, 60, 70]])
    ring = {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert gaps_in_table(counts, 5) == ring


@pytest.mark.parametrize("rows", [[[1, 2, 3]], [[1], [2]], []])
def test_a_single_line_is_no_table(rows: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="two whole rows"):
        gaps_in_table(table(rows), 5)


def test_a_total_left_out_is_not_printed_by_its_line() -> None:
    # The row r0 has two people, so its total goes, and r1's with it. Were all of r0's cells
    # printed, their sum would be that total.
    gaps = gaps_in_table(table([[0, 2], [30, 40], [50, 60]]), 5)
    assert {("r0", TOTAL), ("r0", "c1")} < gaps
    assert not followed_by_algebra(gaps)


def test_four_gaps_in_a_ring_are_enough() -> None:
    ring = {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert bridges_of(ring) == set()


def test_two_rings_joined_by_one_gap_give_that_gap_away() -> None:
    # Every line has two gaps or more, and yet r1 c2 follows: Gusfield's bridge.
    first = {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    second = {("r2", "c2"), ("r2", "c3"), ("r3", "c2"), ("r3", "c3")}
    assert bridges_of(first | second | {("r1", "c2")}) == {("r1", "c2")}


def test_a_total_left_out_goes_from_both_tables() -> None:
    # By hand: the first row has four people, so its total goes, and a second one with it, the
    # smallest: 60 of r1. Then each table needs two gaps in both rows, or it adds them up itself.
    first = table([[2, 2], [30, 30], [50, 60]])
    second = table([[2, 2], [20, 40], [80, 30]])
    by_first, by_second = gaps_in_tables([first, second], 5)
    totals = {("r0", TOTAL), ("r1", TOTAL)}
    ring = {("r0", "c0"), ("r0", "c1")}
    assert totals <= by_first & by_second
    assert ring <= by_first & by_second
    assert not followed_in_both(by_first, by_second)


def test_tables_of_other_people_are_refused() -> None:
    with pytest.raises(ValueError, match="of the same people"):
        gaps_in_tables([table([[9, 9], [9, 9]]), table([[9, 9], [9, 8]])], 5)


def test_an_empty_cell_is_the_last_to_hide_another() -> None:
    # The 2 could go with the nought beside it, and would be the row's total itself.
    gaps = gaps_in_table(table([[2, 0, 40], [20, 0, 41], [50, 60, 70]]), 5)
    assert gaps == {("r0", "c0"), ("r0", "c2"), ("r1", "c0"), ("r1", "c2")}


def solved(equations: list[dict[object, int]]) -> set[object]:
    """The unknowns whose value the equations fix."""
    order = sorted({unknown for equation in equations for unknown in equation}, key=repr)
    matrix = np.array([[one.get(unknown, 0) for unknown in order] for one in equations])
    if not order:
        return set()
    rank = np.linalg.matrix_rank(matrix)
    units = np.eye(len(order))
    return {
        unknown
        for place, unknown in enumerate(order)
        if np.linalg.matrix_rank(np.vstack([matrix, units[place]])) == rank
    }


def followed_in_both(first: set[Cell], second: set[Cell]) -> set[object]:
    """What follows from two tables with the same totals of rows: one unknown for each of those."""
    equations: list[dict[object, int]] = []
    for name, gaps in (("first", first), ("second", second)):
        named = {cell: cell if cell[1] == TOTAL else (name, *cell) for cell in gaps}
        for row in {row for row, _ in gaps}:
            signs = {cell: -1 if cell[1] == TOTAL else 1 for cell in gaps if cell[0] == row}
            equations.append({named[cell]: sign for cell, sign in signs.items()})
        for column in {column for _, column in gaps}:
            signs = {cell: -1 if cell[0] == TOTAL else 1 for cell in gaps if cell[1] == column}
            equations.append({named[cell]: sign for cell, sign in signs.items()})
    return solved(equations)


PAIRS = st.lists(st.tuples(*[st.integers(0, 25)] * 4, st.integers(0, 50)), min_size=2, max_size=4)


@given(PAIRS)
def test_nothing_can_be_solved_from_two_tables_together(
    lines: list[tuple[int, int, int, int, int]],
) -> None:
    # The second table deals the same people of a row out into two columns.
    first = table([[a, b, c + d] for a, b, c, d, _ in lines])
    halves = [(sum(line[:4]), min(sum(line[:4]), line[4])) for line in lines]
    second = table([[cut, whole - cut] for whole, cut in halves])
    by_first, by_second = gaps_in_tables([first, second], 5)
    for counts, gaps in ((first, by_first), (second, by_second)):
        assert all(not is_unsafe(count, 5) for cell, count in counts.items() if cell not in gaps)
    assert not followed_in_both(by_first, by_second)


def followed_by_algebra(gaps: set[Cell]) -> set[Cell]:
    """The gaps whose value the equations of the lines fix: solved, not walked.

    In each line the cells less their total are nought; what is printed goes to the other side.
    """
    order = sorted(gaps)
    lines = sorted({("row", row) for row, _ in gaps} | {("column", column) for _, column in gaps})
    equations = np.zeros((len(lines), len(order)))
    for place, (row, column) in enumerate(order):
        equations[lines.index(("row", row)), place] = -1 if column == TOTAL else 1
        equations[lines.index(("column", column)), place] = -1 if row == TOTAL else 1
    rank = np.linalg.matrix_rank(equations) if order else 0
    fixed = set()
    for place, cell in enumerate(order):
        unit = np.zeros(len(order))
        unit[place] = 1
        if np.linalg.matrix_rank(np.vstack([equations, unit])) == rank:
            fixed.add(cell)
    return fixed


LINES = st.tuples(st.sampled_from(["a", "b", "c", TOTAL]), st.sampled_from(["x", "y", "z", TOTAL]))
CELLS = st.sets(LINES.filter(lambda cell: cell != (TOTAL, TOTAL)), max_size=14)


@given(CELLS)
def test_bridges_are_what_algebra_can_solve(gaps: set[Cell]) -> None:
    assert bridges_of(gaps) == followed_by_algebra(gaps)


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=4))
def test_no_handful_is_printed_and_none_can_be_solved(rows: list[list[int]]) -> None:
    counts = table(rows)
    gaps = gaps_in_table(counts, 5)
    assert all(not is_unsafe(count, 5) for cell, count in counts.items() if cell not in gaps)
    assert not followed_by_algebra(gaps)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=6))
def test_a_list_keeps_its_handfuls_to_itself(counts: dict[str, int]) -> None:
    gaps = gaps_in_list(counts, 5)
    assert all(not is_unsafe(count, 5) for label, count in counts.items() if label not in gaps)
    if gaps and gaps != set(counts):
        assert len(gaps) > 1
        assert sum(counts[label] for label in gaps) >= 5
