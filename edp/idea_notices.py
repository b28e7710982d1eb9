"""What people are told of ideas, and what those messages know beside the idea itself."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.models import Idea
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def ideas_of(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The ideas as they stand when the messages are written."""
    rows = Idea.objects.filter(dossier__in=[event.dossier_id for event in events])
    by_dossier: dict[int | None, Idea] = {row.dossier_id: row for row in rows}
    return {event.pk: {"idea": by_dossier.get(event.dossier_id)} for event in events}


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
    EventKind("need_matched", OWN, _("A need and an offer fit together")),
]
