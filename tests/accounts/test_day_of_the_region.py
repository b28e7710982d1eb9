"""The database's guards go by the day of the region, as pages do, at every hour."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

pytestmark = pytest.mark.django_db


def today(zone: str | None = None) -> object:
    with connection.cursor() as cursor:
        if zone is not None:
            cursor.execute("SELECT set_config('kenes.time_zone', %s, true)", [zone])
        cursor.execute("SELECT accounts_today(), current_setting('kenes.time_zone')")
        day, told = cursor.fetchone()
    assert told == (settings.TIME_ZONE if zone is None else zone)
    return day


def test_it_is_the_day_of_pages() -> None:
    assert today() == timezone.localdate()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_it_follows_the_zone(zone: str) -> None:
    """25 hours lie between the two: one of them is always on another day than UTC."""
    with timezone.override(zone):
        assert today(zone) == timezone.localdate()


def test_no_guard_goes_by_the_day_of_the_session() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = 'public' AND p.prosrc ILIKE '%current_date%'"
        )
        assert cursor.fetchall() == []
