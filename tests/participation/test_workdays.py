"""Working days of Kazakhstan, against dates that were counted by hand."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import participation
from participation.workdays import Calendar, Counted, Override, Pause, Why

KZ = Calendar()
DATA = Path(participation.__file__).parent / "data"
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
LENGTHS = st.integers(1, 60)
NAMES = ["New Year's Day", "Test"]


def d(text: str) -> date:
    return date.fromisoformat(text if text.count("-") == 2 else f"2026-{text}")


TABLE = {
    "2026-03-06": ("03-16", "03-26", "04-02", "04-09"),
    "2026-03-10": ("03-17", "03-27", "04-03", "04-10"),
    "2026-03-13": ("03-20", "04-01", "04-08", "04-15"),
    "2026-03-16": ("03-26", "04-02", "04-09", "04-16"),
    "2026-03-20": ("04-01", "04-08", "04-15", "04-22"),
    "2026-03-21": ("04-01", "04-08", "04-15", "04-22"),
    "2026-03-23": ("04-01", "04-08", "04-15", "04-22"),
    "2026-04-24": ("05-04", "05-13", "05-20", "05-28"),
    "2026-08-21": ("08-28", "09-04", "09-11", "09-18"),
    "2026-10-19": ("10-27", "11-03", "11-10", "11-17"),
    "2026-12-11": ("12-21", "12-28", "2027-01-06", "2027-01-14"),
    "2027-03-05": ("2027-03-16", "2027-03-26", "2027-04-02", "2027-04-09"),
}


@pytest.mark.parametrize(("received", "due"), TABLE.items(), ids=TABLE)
def test_terms_of_five_to_twenty_days(received: str, due: tuple[str, ...]) -> None:
    counted = tuple(KZ.due_on(d(received), n) for n in (5, 10, 15, 20))
    assert counted == tuple(map(d, due))


def test_years_and_months_have_as_many_working_days_as_the_order_says() -> None:
    assert KZ.working_days(d("2025-12-31"), d("2026-12-31")) == 247
    assert KZ.working_days(d("2026-12-31"), d("2027-12-31")) == 247
    assert KZ.working_days(d("02-28"), d("03-31")) == 18


def test_the_calendar_equals_the_list_that_was_checked_by_hand() -> None:
    text = (DATA / "kz_holidays_2025_2027.csv").read_text("utf-8")
    listed = {d(row["date"]): row["kind"] for row in csv.DictReader(text.splitlines())}
    days = [d("2025-01-01") + timedelta(days=n) for n in range(3 * 365)]
    assert days[-1] == d("2027-12-31")
    special = {day: KZ.day(day).why for day in days}
    found = {day: str(why) for day, why in special.items() if why and why != Why.WEEKEND}
    assert found.pop(d("2025-01-05")) == "transfer"  # a Sunday on which one worked
    assert KZ.is_working(d("2025-01-05"))
    assert found == listed


def test_days_that_other_libraries_get_wrong() -> None:
    assert KZ.is_working(d("08-31"))
    assert not KZ.is_working(d("2027-03-15"))
    assert KZ.is_working(d("2027-08-30"))
    assert not KZ.is_working(d("10-26"))
    assert not KZ.is_working(d("2024-05-08"))
    assert KZ.is_working(d("2024-05-04"))  # a Saturday, exchanged for the 8th of May


def test_calendar_days_roll_forward() -> None:
    assert KZ.due_in_calendar_days(d("02-20"), 30) == d("03-26")
    assert KZ.due_in_calendar_days(d("03-02"), 2) == d("03-04")


# --- Pauses and overrides -----------------------------------------------------------------------

SENT = d("05-15")


def test_the_feast_of_sacrifice_is_skipped() -> None:
    count = KZ.count(SENT, 10)
    assert count.due_on == d("06-01")
    assert [c for c in count.skipped if c.why != Why.WEEKEND] == [
        Counted(d("05-27"), None, Why.ESTIMATED, "Eid al-Adha")
    ]
    assert count.used == 10


def test_a_pause_keeps_the_days_that_were_left() -> None:
    paused = KZ.count(SENT, 10, [Pause(d("05-26"))])
    assert (paused.due_on, paused.used) == (None, 6)
    resumed = KZ.count(SENT, 10, [Pause(d("05-26"), d("06-03"))])
    assert resumed.due_on == d("06-09")
    stood_still = [c.day for c in resumed.skipped if c.why == Why.PAUSE]
    assert stood_still == [d(day) for day in ("05-26", "05-28", "05-29", "06-01", "06-02", "06-03")]


def test_a_day_declared_off_later_moves_the_date() -> None:
    act = Override(d("05-29"), False, "Order No. 1")
    moved = Calendar((act,)).count(SENT, 10)
    assert moved.due_on == d("06-02")
    assert Counted(d("05-29"), None, Why.ORDER, "Order No. 1") in moved.skipped


def test_a_holiday_declared_a_working_day_is_counted() -> None:
    act = Override(d("05-27"), True, "Order No. 2")
    assert Calendar((act,)).due_on(SENT, 10) == d("05-29")


def test_the_version_names_the_overrides_whatever_their_order() -> None:
    one, two = Override(d("05-29"), False, "a"), Override(d("05-30"), True, "b")
    assert Calendar((one, two)).version == Calendar((two, one)).version
    versions = {KZ.version, Calendar((one,)).version, Calendar((one, two)).version}
    assert len(versions) == 3


def test_a_term_has_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="at least one"):
        KZ.count(SENT, 0)


# --- Notice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "hearing", "full"),
    [("02-27", "03-17", 10), ("03-02", "03-17", 9), ("03-03", "03-17", 8),
     ("03-17", "04-06", 10), ("03-18", "04-06", 9)],
)  # fmt: skip
def test_full_working_days_before_a_hearing(notice: str, hearing: str, full: int) -> None:
    assert KZ.full_working_days_between(d(notice), d(hearing)) == full


@pytest.mark.parametrize(
    ("hearing", "last"), [("04-06", "03-17"), ("04-08", "03-19"), ("04-29", "04-14")]
)
def test_last_day_of_notice(hearing: str, last: str) -> None:
    assert KZ.last_notice_on(d(hearing), 10) == d(last)


def test_reminders_and_escalations_of_a_term() -> None:
    due = d("06-01")
    steps = {step: KZ.shifted(due, step) for step in (-3, 5, 10, 20)}
    assert steps == {-3: d("05-26"), 5: d("06-08"), 10: d("06-15"), 20: d("06-29")}
    assert KZ.working_days(due, d("07-02")) == 23
    assert KZ.shifted(due, 0) == due


# --- Properties ---------------------------------------------------------------------------------

OVERRIDES = st.lists(
    st.builds(Override, DAYS, st.booleans(), st.sampled_from(NAMES)),
    max_size=8,
    unique_by=lambda override: override.day,
).map(tuple)


@given(DAYS, LENGTHS, OVERRIDES)
def test_a_due_date_is_a_working_day_that_can_be_recomputed(day, length, overrides) -> None:
    calendar = Calendar(overrides)
    count = calendar.count(day, length)
    assert calendar.is_working(count.due_on)
    assert count == calendar.count(day, length)
    assert [c.number for c in count.days if c.number] == list(range(1, length + 1))
    assert len(count.days) == (count.due_on - day).days
    assert all(c.why for c in count.skipped)


@given(DAYS, LENGTHS)
def test_counting_the_days_is_the_inverse(day, length) -> None:
    due = KZ.due_on(day, length)
    assert KZ.working_days(day, due) == length
    assert KZ.shifted(day, length) == due
    back = KZ.shifted(due, -length)
    assert back <= day
    assert KZ.working_days(back, due) == length


@given(DAYS, DAYS, LENGTHS)
def test_later_receipt_and_longer_terms_are_never_due_earlier(one, other, length) -> None:
    first, second = sorted((one, other))
    assert KZ.due_on(first, length) <= KZ.due_on(second, length)
    assert KZ.due_on(first, length) < KZ.due_on(first, length + 1)


@given(DAYS, LENGTHS, st.integers(1, 30), st.integers(0, 30))
def test_a_pause_costs_as_many_working_days_as_it_lasts(day, length, after, lasts) -> None:
    begin = day + timedelta(days=after)
    pause = Pause(begin, begin + timedelta(days=lasts))
    plain, paused = KZ.due_on(day, length), KZ.count(day, length, [pause]).due_on
    if plain < begin:
        assert paused == plain
    else:
        stood = KZ.working_days(begin - timedelta(days=1), pause.end)
        assert paused == KZ.shifted(plain, stood)


@given(DAYS, st.integers(1, 30))
def test_the_last_notice_is_the_last(hearing, length) -> None:
    last = KZ.last_notice_on(hearing, length)
    assert KZ.full_working_days_between(last, hearing) == length
    assert KZ.full_working_days_between(last + timedelta(days=1), hearing) == length - 1


@given(DAYS, st.integers(0, 90))
def test_calendar_days_end_on_a_working_day_and_never_early(day, length) -> None:
    due = KZ.due_in_calendar_days(day, length)
    assert KZ.is_working(due)
    end = day + timedelta(days=length)
    assert due >= end
    assert KZ.working_days(end - timedelta(days=1), due) == 1
