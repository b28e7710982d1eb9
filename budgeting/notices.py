"""The kinds of event that this app tells people of."""

from django.utils.translation import gettext_lazy as _

from participation.event_kinds import EMAIL, OWN, EventKind, register


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
