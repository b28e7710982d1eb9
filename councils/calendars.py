"""Meetings as calendars read them (RFC 5545): one identity for good, a number for each change."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from councils.models import Meeting

_STATUS: dict[str, str] = {
    Meeting.State.CANCELLED: "CANCELLED",
    Meeting.State.PLANNED: "TENTATIVE",
}


def calendar_of(meetings: Iterable[Meeting], name: str) -> bytes:
    """An iCalendar file with these meetings, those cancelled included, so that they disappear.

    Times stand in the site's zone, with a VTIMEZONE, so that a phone abroad shows both.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    # Of the zone's changes those of this century are enough.
    calendar.add_missing_timezones(first_date=date(2020, 1, 1), last_date=date(2040, 1, 1))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{meeting.dossier.reference.lower()}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("summary", _title(meeting))
    event.add("location", ", ".join(filter(None, (meeting.place, str(meeting.dossier.territory)))))
    event.add("description", meeting.reason or meeting.dossier.summary)
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    event.add("status", _STATUS.get(meeting.state, "CONFIRMED"))
    return event


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _title(meeting: Meeting) -> str:
    title = meeting.dossier.title
    if meeting.state == Meeting.State.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    return title
