"""What people are told who registered for a hearing."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from councils.models import Meeting
from participation.event_kinds import OWN, EventKind
from participation.models import Event


def _hearings(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The hearings as they stand when the messages are written."""
    dossiers = [event.dossier_id for event in events]
    rows = Meeting.objects.filter(dossier__in=dossiers).for_display()
    by_dossier = {row.dossier_id: row for row in rows}
    return {event.pk: {"meeting": by_dossier.get(event.dossier_id or 0)} for event in events}


HEARING_KINDS = [
    EventKind(code, OWN, label, tells_area=False, contexts=_hearings)
    for code, label in (
        ("hearing_place_free", _("You have a place at a hearing")),
        ("hearing_moved", _("A hearing you come to is at another time or place")),
        ("hearing_cancelled", _("A hearing you come to will not be held")),
    )
]
