"""Mornings and nights, by the clock of whoever is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from participation.hours import hours, is_night, next_monday, next_morning

ALMATY = "Asia/Almaty"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ALMATY))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(at(22, 7, 59), at(22, 8)), (at(22, 8), at(23, 8)), (at(22, 23), at(23, 8))],
)
def test_the_next_morning(moment, expected) -> None:
    assert next_morning(moment, ALMATY) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(22, 12), at(23, 8)),  # a Sunday
        (at(23, 7), at(23, 8)),
        (at(23, 8), at(30, 8)),
        (at(25, 12), at(30, 8)),
    ],
)
def test_the_next_monday(moment, expected) -> None:
    assert next_monday(moment, ALMATY) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(at(22, 20, 59), False), (at(22, 21), True), (at(22, 7, 59), True), (at(22, 8), False)],
)
def test_a_night_lasts_from_nine_to_eight(moment, expected) -> None:
    assert is_night(moment, ALMATY) is expected


moments = st.datetimes(
    datetime(2020, 1, 1),
    datetime(2035, 1, 1),
    timezones=st.just(UTC),
)


@given(moment=moments, zone=st.sampled_from(settings.TIME_ZONES))
def test_hours_hold_everywhere(moment, zone) -> None:
    found = hours(moment, zone)
    assert moment < found.next_daily <= moment + timedelta(hours=25)
    assert found.next_daily <= found.next_weekly <= moment + timedelta(days=7, hours=2)
    assert moment <= found.next_waking <= moment + timedelta(hours=12)
    assert not is_night(found.next_waking, zone)
    local = found.next_weekly.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour) == (0, 8)
