"""Majority judgement: oracles by hand, and the repeated removal of medians written down."""

from __future__ import annotations

from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.allocation.grades import Profile

REJECT, POOR, GOOD, BEST = range(4)


def removed_one_by_one(counts: tuple[int, ...], copies: int = 1) -> list[int]:
    """The majority values by definition: take the lower median away until nothing is left."""
    grades = [grade for grade, count in enumerate(counts) for _ in range(count * copies)]
    values = []
    while grades:
        values.append(grades.pop((len(grades) - 1) // 2))
    return values


@pytest.mark.parametrize(
    ("counts", "grade"),
    [
        ((0, 0, 0, 1), BEST),  # one voter
        ((1, 0, 0, 1), REJECT),  # two voters: the lower of the two in the middle
        ((1, 0, 1, 1), GOOD),  # three: the one in the middle
        ((50, 0, 0, 50), REJECT),  # half and half
        ((49, 0, 0, 51), BEST),  # a majority for at least this grade
        ((0, 3, 0, 0), POOR),  # unanimous
    ],
)
def test_the_majority_grade_is_the_lower_median(counts: tuple[int, ...], grade: int) -> None:
    assert Profile(counts).grade == grade


def test_one_removal_tells_apart() -> None:
    """[0 2 2 2 3] and [1 1 2 3 3]: both Good; without it [0 2 2 3] and [1 1 3 3]: 2 beats 1."""
    first, second = Profile((1, 0, 3, 1)), Profile((0, 2, 1, 2))
    assert first.grade == second.grade == GOOD
    difference = first.difference(second)
    assert difference is not None
    assert (difference.first, difference.second, difference.removed) == (GOOD, POOR, 1)
    assert first.standing > second.standing


def test_three_removals_tell_apart() -> None:
    """[0 1 2 2 2 2 3] and [1 1 2 2 2 3 3].

    Removed: 2, then 2 from both, then 2 from the first and 3 from the second (two were gone
    before): the second stands higher.
    """
    first, second = Profile((1, 1, 4, 1)), Profile((0, 2, 3, 2))
    difference = first.difference(second)
    assert difference is not None
    assert (difference.first, difference.second, difference.removed) == (2, 3, 4)
    assert removed_one_by_one(first.counts)[:5] == [2, 2, 2, 1, 2]
    assert removed_one_by_one(second.counts)[:5] == [2, 2, 2, 1, 3]
    assert first.standing < second.standing


def test_only_the_last_removal_tells_apart() -> None:
    """[0 1 2 3] and [0 1 2 2]: after 1, 2 and 0 the best grade alone decides."""
    first, second = Profile((1, 1, 1, 1)), Profile((1, 1, 2, 0))
    difference = first.difference(second)
    assert difference is not None
    assert (difference.first, difference.second, difference.removed) == (3, 2, 3)
    assert first.standing > second.standing


def test_opponents_nearer_to_the_middle_weigh_more_than_supporters_farther_off() -> None:
    """10 voters, both Good: 4 below and 1 above against 3 below and 3 above."""
    divided, calm = Profile((4, 0, 5, 1)), Profile((0, 3, 4, 3))
    assert divided.standing < calm.standing


def test_equal_grades_are_a_tie_for_the_chain() -> None:
    assert Profile((1, 2, 3, 4)).difference(Profile((1, 2, 3, 4))) is None
    assert Profile((1, 2, 3, 4)).standing == Profile((1, 2, 3, 4)).standing


def test_electorates_of_different_size_count_in_shares() -> None:
    """Two of three Good is as high as 20,000 of 30,000, and lower than 20,001."""
    small, large = Profile((1, 0, 2, 0)), Profile((10_000, 0, 20_000, 0))
    assert small.standing == large.standing
    assert small.difference(large) is None
    more = Profile((9_999, 0, 20_001, 0))
    assert small.standing < more.standing
    difference = small.difference(more)
    assert difference is not None
    assert difference.removed is None
    assert (difference.first, difference.second) == (REJECT, GOOD)


def test_nobody_graded_stands_below_the_worst() -> None:
    assert Profile((0, 0, 0, 0)).grade is None
    assert Profile((0, 0, 0, 0)).standing < Profile((9, 0, 0, 0)).standing


profiles = st.lists(st.integers(0, 6), min_size=4, max_size=4).map(tuple).filter(sum)


@given(profiles, profiles)
def test_the_order_is_that_of_repeated_removal(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    size = lcm(sum(first), sum(second))
    mine = removed_one_by_one(first, size // sum(first))
    theirs = removed_one_by_one(second, size // sum(second))
    a, b = Profile(first), Profile(second)
    assert (a.standing > b.standing) == (mine > theirs)
    assert (a.standing == b.standing) == (mine == theirs)
    assert a.grade == removed_one_by_one(first)[0]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=14), st.data())
def test_the_number_of_removals_is_told(grades: list[int], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.integers(0, 3), min_size=len(grades), max_size=len(grades)))
    a, b = (Profile(tuple(g.count(n) for n in range(4))) for g in (grades, others))
    mine, theirs = removed_one_by_one(a.counts), removed_one_by_one(b.counts)
    difference = a.difference(b)
    if difference is None:
        assert mine == theirs
        return
    assert difference.removed is not None
    assert mine[: difference.removed] == theirs[: difference.removed]
    assert (mine[difference.removed], theirs[difference.removed]) == (
        difference.first,
        difference.second,
    )
