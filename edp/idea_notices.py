"""What people are told of ideas, and what those messages know beside the idea itself."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.models import Idea, NeedMatch
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def ideas_of(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The ideas as they stand when the messages are written."""
    rows = Idea.objects.filter(dossier__in=[event.dossier_id for event in events])
    by_dossier: dict[int | None, Idea] = {row.dossier_id: row for row in rows}
    return {event.pk: {"idea": by_dossier.get(event.dossier_id)} for event in events}


def matches_of(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The words as they stand then: a message keeps none of what was erased meanwhile."""
    keys = {event.pk: event.data.get("match") for event in events}
    rows = NeedMatch.objects.select_related("need", "offer").in_bulk(
        [key for key in keys.values() if key]
    )
    return {event: {"match": rows.get(key)} for event, key in keys.items()}


IDEA_KINDS = [
    EventKind(
        "idea_submitted",
        FOLLOWED,
        _("A new idea was submitted"),
        tells_area=False,
        contexts=ideas_of,
    ),
    EventKind(
        "idea_decided", FOLLOWED, _("An idea was decided on"), tells_area=False, contexts=ideas_of
    ),
    EventKind("idea_pledged", OWN, _("Somebody pledges to take part in my idea")),
    EventKind(
        "need_matched",
        OWN,
        _("A need and an offer fit together"),
        tells_area=False,
        contexts=matches_of,
    ),
]
