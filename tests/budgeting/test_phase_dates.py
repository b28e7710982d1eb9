"""Dates of a usual year, and of a year like the one before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting import phases
from budgeting.phase_dates import PhaseDates, moved_by_years, usual_dates
from budgeting.presets import TEMPLATES, Template, preset_of, template_of

ALMATY = ZoneInfo("Asia/Almaty")
BY_CALENDAR = frozenset({"works"})


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ALMATY)  # type: ignore[misc, arg-type]


def test_a_vote_keeps_its_weekdays_hours_and_length() -> None:
    # Saturday 12 September 2026 to Sunday 27 September: a year later Saturday is the 11th.
    vote = PhaseDates("voting", at(2026, 9, 12, 9), at(2026, 9, 27, 18))
    (moved,) = moved_by_years([vote], 1, ALMATY, by_calendar=BY_CALENDAR)
    assert (moved.opens_at, moved.closes_at) == (at(2027, 9, 11, 9), at(2027, 9, 26, 18))
    assert moved.opens_at.weekday() == vote.opens_at.weekday()


def test_over_a_leap_year_the_nearest_weekday_is_taken() -> None:
    vote = PhaseDates("voting", at(2027, 9, 11), at(2027, 9, 20))
    (moved,) = moved_by_years([vote], 1, ALMATY, by_calendar=BY_CALENDAR)
    assert moved.opens_at == at(2028, 9, 9)


def test_works_keep_their_days_of_the_year() -> None:
    works = PhaseDates("works", at(2027, 1, 1), at(2028, 1, 1))
    (moved,) = moved_by_years([works], 1, ALMATY, by_calendar=BY_CALENDAR)
    assert (moved.opens_at, moved.closes_at) == (at(2028, 1, 1), at(2029, 1, 1))


def test_a_phase_on_the_leap_day_does_not_end_before_it_begins() -> None:
    works = PhaseDates("works", at(2028, 2, 28), at(2028, 2, 29))
    (moved,) = moved_by_years([works], 1, ALMATY, by_calendar=BY_CALENDAR)
    assert moved.closes_at > moved.opens_at


def test_the_time_of_the_site_counts_whatever_the_zone_of_the_row() -> None:
    vote = PhaseDates("voting", at(2026, 9, 12).astimezone(UTC), at(2026, 9, 27).astimezone(UTC))
    (moved,) = moved_by_years([vote], 1, ALMATY, by_calendar=BY_CALENDAR)
    assert moved.opens_at == at(2027, 9, 11)


def test_nothing_moves_to_nothing() -> None:
    assert moved_by_years([], 1, ALMATY, by_calendar=BY_CALENDAR) == []


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)),
    st.lists(st.integers(1, 400 * 24), min_size=3, max_size=3),
    st.integers(-1, 9),
)
def test_order_and_lengths_stay(begin: datetime, hours: list[int], years: int) -> None:
    moment, dates = begin.replace(tzinfo=ALMATY), []
    for kind, length in zip(("proposals", "feasibility", "voting"), hours, strict=True):
        end = moment + timedelta(hours=length)
        dates.append(PhaseDates(kind, moment, end))
        moment = end
    moved = moved_by_years(dates, years, ALMATY, by_calendar=BY_CALENDAR)
    for before, after in zip(dates, moved, strict=True):
        assert after.closes_at - after.opens_at == before.closes_at - before.opens_at
        assert after.opens_at.weekday() == before.opens_at.weekday()
    assert [phase.opens_at for phase in moved[1:]] == [phase.closes_at for phase in moved[:-1]]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_template_is_a_whole_year_by_rules_that_exist(template: Template) -> None:
    dates = {date.kind: date for date in usual_dates(template.spans, 2030, ALMATY)}
    assert list(dates) == list(phases.ORDER)
    assert all(date.closes_at > date.opens_at for date in dates.values())
    assert dates["proposals"].closes_at <= dates["voting"].opens_at
    assert dates["voting"].closes_at <= dates["results"].opens_at
    assert dates["works"].opens_at.year == 2030
    assert preset_of(template.rules) is not None
    assert template_of(template.key) is template
    assert template.envelope.is_whole
