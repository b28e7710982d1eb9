"""What pages show of office hours, in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from councils.models import Booking, Council, FeedbackNote, OfficeHours, Slot
from councils.models.office_hours import BookingQuerySet

NOTES_SHOWN = 20
SLOTS_SHOWN = 120


@dataclass(frozen=True)
class Listed:
    """Hours with the next free time, and how many are free; None where all are given away."""

    hours: OfficeHours
    next_free: Slot | None
    free: int


@dataclass(frozen=True)
class FreeDay:
    day: date
    slots: list[Slot]


def listed_hours(council: Council, now: datetime) -> list[Listed]:
    """Those that still have a time ahead, whether or not it is free; the soonest first."""
    ahead = Slot.objects.ahead(now).filter(hours__council=council)
    hours = list(
        council.office_hours.filter(pk__in=ahead.values("hours")).select_related(
            "member", "territory"
        )
    )
    by_hours: dict[int, list[Slot]] = {one.pk: [] for one in hours}
    for slot in Slot.objects.free(now).filter(hours__in=hours):
        by_hours[slot.hours_id].append(slot)
    rows = [Listed(one, next(iter(by_hours[one.pk]), None), len(by_hours[one.pk])) for one in hours]
    return sorted(rows, key=lambda row: (row.next_free is None, _soonest(row, now)))


def _soonest(row: Listed, now: datetime) -> datetime:
    return row.next_free.starts_at if row.next_free else now


def free_days(hours: OfficeHours, now: datetime) -> list[FreeDay]:
    """The times that can be had, by local day."""
    free = Slot.objects.free(now).filter(hours=hours)[:SLOTS_SHOWN]
    by_day = groupby(free, key=lambda slot: timezone.localtime(slot.starts_at).date())
    return [FreeDay(day, list(slots)) for day, slots in by_day]


def published_notes(council: Council) -> QuerySet[FeedbackNote]:
    notes = FeedbackNote.objects.public().filter(booking__hours__council=council)
    return notes.select_related("booking__hours__member", "docket__dossier").prefetch_related(
        "docket__dossier__texts"
    )[:NOTES_SHOWN]


def bookings_for(person: User | None, council: Council, sees_all: bool) -> BookingQuerySet:
    """Whose visitors this person may know: a member their own, the secretary everybody's."""
    bookings = Booking.objects.filter(hours__council=council)
    if not sees_all:
        bookings = bookings.filter(hours__member__person=person)
    return bookings.for_display().select_related("note__docket__dossier")
