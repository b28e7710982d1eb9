"""What people are told of meetings: those who follow a council, and its members."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from councils.models import Meeting
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def _meetings(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The meetings as they stand when the messages are written."""
    keys = {event.data.get("meeting") for event in events}
    rows = Meeting.objects.for_display().in_bulk([key for key in keys if key])
    return {event.pk: {"meeting": rows.get(event.data.get("meeting", 0))} for event in events}


MEETING_KINDS = [
    EventKind("meeting_announced", FOLLOWED, _("A meeting of a council"), contexts=_meetings),
    EventKind(
        "meeting_moved",
        FOLLOWED,
        _("A meeting of a council is at another time or place"),
        tells_area=False,
        contexts=_meetings,
    ),
    EventKind(
        "meeting_cancelled",
        FOLLOWED,
        _("A meeting of a council is cancelled"),
        tells_area=False,
        contexts=_meetings,
    ),
    EventKind(
        "minutes_published",
        FOLLOWED,
        _("Minutes of a council are published"),
        tells_area=False,
        contexts=_meetings,
    ),
    EventKind(
        "vote_opened",
        OWN,
        _("A vote is open in a meeting in which you sit"),
        tells_area=False,
        contexts=_meetings,
    ),
]
