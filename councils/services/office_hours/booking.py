"""Coming to a talk: a time goes to whoever is first, and can be given back.

The row of the time is locked first; a unique key has the last word. Nothing of this is in the
public record: who goes to whom is nobody else's business.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from councils.models import Booking, Slot
from councils.services.office_hours import errors
from participation.services import follow, notify

State = Booking.State
REMIND_BEFORE = timedelta(hours=24)


@transaction.atomic
def book_talk(
    *,
    person: User | None,
    slot: Slot,
    topic: str,
    name: str = "",
    contact: str = "",
    at: datetime | None = None,
) -> Booking:
    """The time for this visitor; without an account a name and a contact are needed.

    Raises SlotTaken, SlotWithdrawn, TooLate, BookedAlready, CannotBeReached.
    """
    now = at or timezone.now()
    slot = _locked(slot)
    if slot.withdrawn_because:
        raise errors.SlotWithdrawn
    if slot.starts_at <= now:
        raise errors.TooLate
    if person is None and not (name.strip() and contact.strip()):
        raise errors.CannotBeReached
    booking = Booking(
        slot=slot,
        hours=slot.hours,
        person=person,
        name=name.strip(),
        contact=contact.strip(),
        topic=topic.strip(),
        code=get_random_string(24),
        booked_at=now,
    )
    _insert(booking)
    if person is not None:
        follow(person=person, dossier=slot.hours.council.dossier)
    return booking


def _insert(booking: Booking) -> None:
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError as error:
        if "booking_one_ahead_of_a_person" in str(error):
            raise errors.BookedAlready from error
        raise errors.SlotTaken from error


@transaction.atomic
def cancel_booking(*, booking: Booking) -> None:
    """The visitor does not come; the time is free for others. Raises TooLate, ClosedAlready."""
    slot = _locked(booking.slot)
    if slot.starts_at <= timezone.now():
        raise errors.TooLate
    changed = Booking.objects.filter(pk=booking.pk, state=State.BOOKED)
    if not changed.update(state=State.CANCELLED):
        raise errors.ClosedAlready


def cancel_for_the_member(slot: Slot, *, by: User | None, reason: str) -> None:
    """Under the lock of the time, as it is withdrawn: who has an account is told at once."""
    booking = slot.bookings.filter(state=State.BOOKED).select_related("person").first()
    if booking is None:
        return
    booking.state = State.CANCELLED
    booking.save(update_fields=["state"])
    if booking.person is not None:
        notify(
            kind="talk_withdrawn",
            recipients=[booking.person],
            dossier=slot.hours.council.dossier,
            actor=by,
            booking=booking.pk,
            reason=reason,
            path=slot.hours.path,
        )


def due_reminders(now: datetime) -> list[int]:
    """Talks that begin within a day and of whose visitor's account nobody was reminded yet."""
    soon = Booking.objects.expected().filter(
        person__isnull=False,
        reminded_at=None,
        slot__starts_at__range=(now, now + REMIND_BEFORE),
    )
    return list(soon.values_list("pk", flat=True))


@transaction.atomic
def remind_of(*, booking: int, now: datetime) -> bool:
    """Tell the visitor that it is tomorrow; once, whoever else is at it."""
    rows = Booking.objects.select_for_update(skip_locked=True, of=("self",))
    due = rows.filter(pk=booking, reminded_at=None, state=State.BOOKED, person__isnull=False)
    found = due.select_related("person", "hours__council__dossier").first()
    if found is None or found.person is None:
        return False
    found.reminded_at = now
    found.save(update_fields=["reminded_at"])
    council = found.hours.council
    notify(
        kind="talk_reminder",
        recipients=[found.person],
        dossier=council.dossier,
        booking=found.pk,
        path=f"councils/{council.slug}/office-hours/booking/{found.code}/",
    )
    return True


def _locked(slot: Slot) -> Slot:
    rows = Slot.objects.select_for_update(of=("self",))
    return rows.select_related("hours__council__dossier").get(pk=slot.pk)
