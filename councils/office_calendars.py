"""Office hours as calendars read them (RFC 5545): the days of a member, the talk of a visitor."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from councils.models import Booking, OfficeHours, Slot


def calendar_of_hours(hours: OfficeHours) -> bytes:
    """A talk each; one that was withdrawn is there as cancelled, so that it disappears."""
    title = _("Office hours: %(name)s") % {"name": hours.member.name}
    events = (
        _event(
            f"slot-{slot.pk}",
            slot,
            hours,
            title=title,
            changed_at=hours.changed_at,
            is_cancelled=bool(slot.withdrawn_because),
        )
        for slot in hours.slots.all()
    )
    return _calendar(title, events)


def calendar_of_talk(booking: Booking) -> bytes:
    """For the visitor alone: its identity cannot be guessed from that of the hours."""
    title = _("Talk with %(name)s") % {"name": booking.hours.member.name}
    is_cancelled = booking.state == Booking.State.CANCELLED
    event = _event(
        f"talk-{booking.code.lower()}",
        booking.slot,
        booking.hours,
        title=title,
        changed_at=booking.booked_at,
        is_cancelled=is_cancelled,
        sequence=booking.slot.sequence + is_cancelled,
    )
    return _calendar(title, [event])


def _calendar(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(
    identity: str,
    slot: Slot,
    hours: OfficeHours,
    *,
    title: str,
    changed_at: datetime,
    is_cancelled: bool,
    sequence: int | None = None,
) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{identity}@{host}")
    event.add("sequence", slot.sequence if sequence is None else sequence)
    event.add("dtstamp", changed_at)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", title)
    event.add("location", f"{hours.place}, {hours.territory}")
    event.add("url", f"{settings.SITE_URL}{hours.get_absolute_url()}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event
