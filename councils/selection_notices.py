"""What people are told of selections and draws."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from councils.models import Candidacy
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Dossier, Event


def _opened(event: Event) -> dict[str, Any]:
    """What was opened, of which the followers of its council are told."""
    path = event.data.get("path", "")
    return {"opened": Dossier.objects.with_texts().filter(path=path).first()}


def _decided(event: Event) -> dict[str, Any]:
    states = dict(Candidacy.State.choices)
    return {"outcome": states.get(event.data.get("state", ""), "")}


SELECTION_KINDS = [
    EventKind("selection_opened", FOLLOWED, _("A council looks for members"), context=_opened),
    EventKind(
        "pool_opened", FOLLOWED, _("A council looks for volunteers for a panel"), context=_opened
    ),
    EventKind(
        "candidacy_decided",
        OWN,
        _("Your candidacy for a council"),
        tells_area=False,
        context=_decided,
    ),
    EventKind("seat_drawn", OWN, _("You were drawn for a panel"), tells_area=False),
]
