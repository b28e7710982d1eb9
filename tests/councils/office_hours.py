"""Office hours for tests: one day from now on, talks of twenty minutes."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from councils.models import Booking, Council, OfficeHours, Slot
from councils.services.office_hours import book_talk, open_office_hours
from tests.conftest import as_restore


def make_hours(council: Council, *, days_ahead: int = 3, **fields: Any) -> OfficeHours:
    """Three talks by the council's chair."""
    day = timezone.localdate() + timedelta(days=days_ahead)
    given: dict[str, Any] = {
        "by": None,
        "council": council,
        "member": council.mandates.get(office="chair"),
        "territory": council.dossier.territory,
        "place": "Mangilik El 8",
        "weekday": None,
        "first_on": day,
        "last_on": day,
        "begins": time(17),
        "ends": time(18),
        "slot_minutes": 20,
    }
    return open_office_hours(**{**given, **fields})


def make_booking(slot: Slot, **fields: Any) -> Booking:
    given = {"person": None, "name": "Asel", "contact": "+7 701 000 00 00", "topic": "Bus 12"}
    return book_talk(slot=slot, **{**given, **fields})


def let_pass(slot: Slot, days: int = 10) -> None:
    """Let the clock pass it: the time moves into the past."""
    with as_restore():
        Slot.objects.filter(pk=slot.pk).update(
            starts_at=slot.starts_at - timedelta(days=days),
            ends_at=slot.ends_at - timedelta(days=days),
        )
    slot.refresh_from_db()


MONDAY = date(2026, 3, 2)
