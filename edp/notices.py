"""The kinds of event that this app tells people of."""

from django.utils.translation import gettext_lazy as _

from edp.consultation_notices import CONSULTATION_KINDS
from edp.evidence_notices import EVIDENCE_KINDS
from edp.idea_notices import IDEA_KINDS
from edp.panel_notices import PANEL_KINDS
from edp.workshop_notices import WORKSHOP_KINDS
from participation.event_kinds import FOLLOWED, EventKind, register

KINDS: list[EventKind] = [
    EventKind("process_moved", FOLLOWED, _("A discovery process has moved to another stage")),
    *EVIDENCE_KINDS,
    *IDEA_KINDS,
    *WORKSHOP_KINDS,
    *CONSULTATION_KINDS,
    *PANEL_KINDS,
    EventKind("strategy_moved_on", FOLLOWED, _("A strategy has gone a step on")),
]


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
