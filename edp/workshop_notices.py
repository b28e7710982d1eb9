"""What people are told of meetings: those who follow a process, who come, who were there."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.models import Workshop
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def _workshops(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The meetings as they stand when the messages are written."""
    keys = [event.data.get("workshop") for event in events]
    dossiers = [event.dossier_id for event in events]
    rows = Workshop.objects.for_display()
    by_key = rows.in_bulk([key for key in keys if key])
    by_dossier = {row.dossier_id: row for row in rows.filter(dossier__in=dossiers)}
    return {
        event.pk: {
            "workshop": by_key.get(event.data.get("workshop", 0))
            or by_dossier.get(event.dossier_id or 0)
        }
        for event in events
    }


WORKSHOP_KINDS = [
    EventKind("workshop_announced", FOLLOWED, _("A meeting was announced"), contexts=_workshops),
    EventKind(
        "workshop_reported",
        FOLLOWED,
        _("What came of a meeting"),
        tells_area=False,
        contexts=_workshops,
    ),
    *(
        EventKind(code, OWN, label, tells_area=False, contexts=_workshops)
        for code, label in (
            ("workshop_invitation", _("You are invited to a meeting")),
            ("workshop_changed", _("A meeting you come to is at another time or place")),
            ("workshop_cancelled", _("A meeting you come to was cancelled")),
            ("workshop_place_free", _("You have a place at a meeting")),
            ("workshop_reminder", _("A meeting you come to is tomorrow")),
        )
    ),
]
