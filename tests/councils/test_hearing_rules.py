"""Notice terms to the day, and the order of speakers: pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.notice import first_hearing_on, term_of
from councils.speaking import Waiting, clock, turns
from participation.workdays import Calendar, Override

CALENDAR = Calendar()
NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("hearing", "notice", "between"),
    [("03-17", "02-27", 10), ("03-17", "03-02", 9), ("03-17", "03-03", 8), ("04-06", "03-17", 10),
     ("04-06", "03-18", 9), ("04-08", "03-19", 10), ("04-29", "04-14", 10)],
)  # fmt: skip
def test_full_working_days_strictly_between(hearing: str, notice: str, between: int) -> None:
    term = term_of(d(notice), d(hearing), 10, CALENDAR)
    assert term.between == between
    assert term.is_in_time == (between >= 10)


@pytest.mark.parametrize(
    ("hearing", "last"),
    [("03-17", "03-01"), ("04-06", "03-17"), ("04-08", "03-19"), ("04-29", "04-14")],
)
def test_the_last_day_of_a_notice(hearing: str, last: str) -> None:
    """Of the first hearing it is a Sunday: Friday 27 February is the last working day."""
    assert term_of(d("02-02"), d(hearing), 10, CALENDAR).last_notice_on == d(last)


def test_a_late_notice_says_when_the_hearing_may_be() -> None:
    term = term_of(d("03-02"), d("03-17"), 10, CALENDAR)
    assert term.first_hearing_on == d("03-18")
    assert term_of(d("03-02"), term.first_hearing_on, 10, CALENDAR).is_in_time


def test_a_day_off_by_order_moves_the_date() -> None:
    order = Calendar((Override(d("03-10"), is_working=False, reason="№ 1"),))
    assert term_of(d("02-27"), d("03-17"), 10, order).between == 9
    with pytest.raises(ValueError, match="at least one"):
        term_of(d("02-27"), d("03-17"), 0, CALENDAR)


@given(st.dates(date(2025, 1, 1), date(2027, 6, 1)), st.integers(1, 30))
def test_first_and_last_day_fit_together(notice: date, needed: int) -> None:
    first = first_hearing_on(notice, needed, CALENDAR)
    assert CALENDAR.is_working(first)
    assert CALENDAR.full_working_days_between(notice, first) >= needed
    before = first - timedelta(days=1)
    while not CALENDAR.is_working(before):
        before -= timedelta(days=1)
    assert CALENDAR.full_working_days_between(notice, before) < needed
    last = CALENDAR.last_notice_on(first, needed)
    assert notice <= last < first


def waiting(key: int, *, spoken: bool = False, seconds: int = 0, minute: int = 0) -> Waiting:
    return Waiting(key, spoken, seconds, NOON + timedelta(minutes=minute))


def test_who_has_not_spoken_comes_first_then_who_spoke_least() -> None:
    people = [
        waiting(1, spoken=True, seconds=180, minute=0),
        waiting(2, spoken=True, seconds=60, minute=9),
        waiting(3, minute=8),
        waiting(4, minute=5),
        waiting(5, spoken=True, minute=1),
    ]
    assert [one.key for one in turns(people)] == [4, 3, 5, 2, 1]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 900), st.integers(0, 90)), max_size=15))
def test_nobody_speaks_again_before_somebody_new(rows: list[tuple[bool, int, int]]) -> None:
    people = [
        waiting(key, spoken=spoken, seconds=seconds, minute=minute)
        for key, (spoken, seconds, minute) in enumerate(rows)
    ]
    order = turns(people)
    assert sorted(one.key for one in order) == [one.key for one in people]
    spoken = [one.has_spoken for one in order]
    assert spoken == sorted(spoken)
    assert turns(reversed(people)) == order


def test_a_clock_runs_below_zero() -> None:
    assert [clock(180), clock(7), clock(0), clock(-72)] == ["3:00", "0:07", "0:00", "−1:12"]
