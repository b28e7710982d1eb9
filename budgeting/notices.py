"""The kinds of event that this app tells people of."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from budgeting.models import Proposal
from participation.event_kinds import EMAIL, FOLLOWED, OWN, EventKind, register
from participation.models import Event


def register_kinds() -> None:
    register(
        # By e-mail alone: it is there to warn of somebody else's hand, and is forgotten after
        # the close, so that no row tells when a person voted.
        EventKind(
            "ballot_cast",
            OWN,
            _("A ballot was cast in your name"),
            is_legal=True,
            channels=(EMAIL,),
        )
    )
    register(
        EventKind(
            "proposal_reviewed",
            FOLLOWED,
            _("The city has checked a proposal"),
            tells_area=False,
            contexts=_proposals,
        )
    )
    register(EventKind("results_published", FOLLOWED, _("The results of a vote are published")))


def _proposals(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The proposals as they stand when the messages are written."""
    rows = Proposal.objects.filter(dossier__in=[event.dossier_id for event in events])
    by_dossier: dict[int | None, Proposal] = {row.dossier_id: row for row in rows}
    return {event.pk: {"proposal": by_dossier.get(event.dossier_id)} for event in events}
