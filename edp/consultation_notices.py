"""What people are told of consultations."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.models import Consultation, VoteStatement
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def _consultations(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The consultations as they stand when the messages are written."""
    rows = Consultation.objects.for_display().in_bulk(
        {event.data["consultation"] for event in events}
    )
    return {event.pk: {"consultation": rows[event.data["consultation"]]} for event in events}


def _vote_statements(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    rows = VoteStatement.objects.in_bulk({event.data["statement"] for event in events})
    return {event.pk: {"statement": rows[event.data["statement"]]} for event in events}


CONSULTATION_KINDS = [
    EventKind(
        "consultation_opened", FOLLOWED, _("A consultation is open"), contexts=_consultations
    ),
    EventKind(
        "consultation_text",
        FOLLOWED,
        _("A text under consultation has changed"),
        contexts=_consultations,
    ),
    EventKind(
        "consultation_reported",
        FOLLOWED,
        _("The report of a consultation is published"),
        contexts=_consultations,
    ),
    EventKind(
        "vote_statement_decided",
        OWN,
        _("Your statement was decided on"),
        contexts=_vote_statements,
    ),
]
