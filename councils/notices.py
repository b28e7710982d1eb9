"""The kinds of event that this app tells people of."""

from django.utils.translation import gettext_lazy as _

from councils.hearing_notices import HEARING_KINDS
from councils.meeting_notices import MEETING_KINDS
from councils.recommendation_notices import RECOMMENDATION_KINDS
from councils.selection_notices import SELECTION_KINDS
from councils.work_notices import WORK_KINDS
from participation.event_kinds import FOLLOWED, EventKind, register

COUNCIL_KINDS = [
    EventKind("composition_breached", FOLLOWED, _("Civil society lacks its share of a council")),
    EventKind("composition_restored", FOLLOWED, _("Civil society has its share again")),
]
KINDS: list[EventKind] = [
    *COUNCIL_KINDS,
    *MEETING_KINDS,
    *HEARING_KINDS,
    *RECOMMENDATION_KINDS,
    *SELECTION_KINDS,
    *WORK_KINDS,
]


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
