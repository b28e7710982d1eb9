"""Meetings as calendars read them (RFC 5545): one identity for good, a number for each change."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from edp.models import Workshop

_STATUS = {Workshop.State.CANCELLED: "CANCELLED"}


def calendar_of(workshops: Iterable[Workshop], name: str) -> bytes:
    """An iCalendar file with these meetings, those cancelled included, so that they disappear."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for workshop in workshops:
        calendar.add_component(_event(workshop))
    return bytes(calendar.to_ical())


def _event(workshop: Workshop) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{workshop.dossier.reference.lower()}@{host}")
    event.add("sequence", workshop.revision)
    event.add("dtstamp", workshop.changed_at)
    event.add("dtstart", workshop.starts_at)
    event.add("dtend", workshop.ends_at)
    event.add("summary", _title(workshop))
    event.add(
        "location", ", ".join(filter(None, (workshop.place, str(workshop.dossier.territory))))
    )
    event.add("description", workshop.dossier.summary)
    event.add("url", f"{settings.SITE_URL}{workshop.get_absolute_url()}")
    event.add("status", _STATUS.get(Workshop.State(workshop.state), "CONFIRMED"))
    return event


def _title(workshop: Workshop) -> str:
    title = workshop.dossier.title
    if workshop.state == Workshop.State.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    return title
