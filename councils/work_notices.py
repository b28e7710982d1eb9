"""What people are told of office hours, expenses and reports."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from councils.models import Booking, OfficeHours
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def _hours(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The office hours as they stand when the messages are written."""
    keys = {event.pk: event.data.get("hours", 0) for event in events}
    rows = OfficeHours.objects.for_display().in_bulk(list(keys.values()))
    return {event: {"hours": rows.get(key)} for event, key in keys.items()}


def _talks(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    keys = {event.pk: event.data.get("booking", 0) for event in events}
    rows = Booking.objects.for_display().in_bulk(list(keys.values()))
    return {event: {"booking": rows.get(key)} for event, key in keys.items()}


WORK_KINDS = [
    EventKind("office_hours_opened", FOLLOWED, _("A member of a council holds office hours"),
              tells_area=False, contexts=_hours),
    EventKind("talk_reminder", OWN, _("Your talk with a member of a council is tomorrow"),
              tells_area=False, contexts=_talks),
    EventKind("talk_withdrawn", OWN, _("A member of a council withdrew the time of your talk"),
              tells_area=False, contexts=_talks),
    EventKind("talk_noted", OWN, _("What came of your talk with a member of a council"),
              tells_area=False),
    EventKind("claim_decided", OWN, _("Your claim of expenses was decided"), tells_area=False),
    EventKind("annual_report_published", FOLLOWED, _("A council published its annual report")),
]  # fmt: skip
