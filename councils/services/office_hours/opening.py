"""Opening office hours with all their times, and taking a time back."""

from datetime import date, time
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from councils.models import Council, Mandate, OfficeHours, Slot
from councils.office_slots import days_of, times_of
from councils.services.numbering import next_number
from councils.services.office_hours import errors
from councils.services.office_hours.booking import cancel_for_the_member
from participation.models import Territory
from participation.services import notify_followers, record
from participation.services.answers import current_calendar

MOST_SLOTS = 400


@transaction.atomic
def open_office_hours(
    *,
    by: User | None,
    council: Council,
    member: Mandate,
    territory: Territory,
    place: str,
    weekday: int | None,
    first_on: date,
    last_on: date,
    begins: time,
    ends: time,
    slot_minutes: int,
) -> OfficeHours:
    """Make every time of these hours public and tell those who follow the council.

    Raises NotSitting, NoTimes, TooManyTimes, ElsewhereAlready.
    """
    _require_sitting(council, member, first_on, last_on)
    hours = OfficeHours.objects.create(
        council=council,
        number=next_number(council, council.office_hours),
        member=member,
        territory=territory,
        place=place,
        weekday=weekday,
        first_on=first_on,
        last_on=last_on if weekday is not None else first_on,
        begins=begins,
        ends=ends,
        slot_minutes=slot_minutes,
    )
    slots = _slots(hours)
    try:
        with transaction.atomic():
            Slot.objects.bulk_create(slots)
    except IntegrityError as error:
        raise errors.ElsewhereAlready from error
    record(
        kind="councils.office_hours_opened",
        dossier=council.dossier,
        actor=by,
        number=hours.number,
        slots=len(slots),
    )
    notify_followers(
        kind="office_hours_opened",
        dossier=council.dossier,
        actor=by,
        hours=hours.pk,
        path=hours.path,
    )
    return hours


def _require_sitting(council: Council, member: Mandate, first_on: date, last_on: date) -> None:
    sits = member.council_id == council.pk and member.since <= first_on
    if not sits or (member.until is not None and member.until <= last_on):
        raise errors.NotSitting


def _slots(hours: OfficeHours) -> list[Slot]:
    calendar = current_calendar()
    days = days_of(hours.first_on, hours.last_on, hours.weekday, calendar.is_working)
    times = (
        time for day in days for time in times_of(day, hours.begins, hours.ends, hours.slot_minutes)
    )
    slots = [
        Slot(
            hours=hours,
            member=hours.member,
            starts_at=timezone.make_aware(start),
            ends_at=timezone.make_aware(end),
        )
        for start, end in islice(times, MOST_SLOTS + 1)
    ]
    if not slots:
        raise errors.NoTimes
    if len(slots) > MOST_SLOTS:
        raise errors.TooManyTimes
    return slots


@transaction.atomic
def withdraw_slot(*, by: User | None, slot: Slot, reason: str) -> None:
    """Take a time back; whoever booked it is told why. Raises TooLate, ReasonsMissing."""
    if not reason.strip():
        raise errors.ReasonsMissing
    slot = (
        Slot.objects.select_for_update(of=("self",))
        .select_related("hours__council__dossier")
        .get(pk=slot.pk)
    )
    if slot.starts_at <= timezone.now() or slot.withdrawn_because:
        raise errors.TooLate
    # The booking first: its trigger refuses one that stands on a withdrawn time.
    cancel_for_the_member(slot, by=by, reason=reason.strip())
    slot.withdrawn_because = reason.strip()
    slot.sequence += 1
    slot.save(update_fields=["withdrawn_because", "sequence"])
    record(
        kind="councils.slot_withdrawn",
        dossier=slot.hours.council.dossier,
        actor=by,
        number=slot.hours.number,
        starts_at=slot.starts_at.isoformat(),
        reason=slot.withdrawn_because,
    )
