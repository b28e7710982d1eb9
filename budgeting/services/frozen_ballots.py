"""What stands on a ballot from the freeze on."""

from django.utils.translation import gettext_lazy as _

from budgeting.models import Election, Proposal
from participation.errors import Refused


class BallotFrozen(Refused):
    message = _("The ballot is frozen: what stands on it cannot change any more.")


def is_frozen(proposal: Proposal) -> bool:
    """Asked under a lock on the election, which the freeze takes too."""
    election = Election.objects.select_for_update().filter(envelope=proposal.envelope_id).first()
    return election is not None and election.state != Election.State.SETUP
