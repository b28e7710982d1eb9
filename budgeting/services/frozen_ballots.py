"""What stands on a ballot from the freeze on."""

from django.utils.translation import gettext_lazy as _

from budgeting import phases
from budgeting.models import Election, Proposal, ShortlistEntry
from participation.errors import Refused


class BallotFrozen(Refused):
    message = _("The ballot is frozen: what stands on it cannot change any more.")


def is_frozen(proposal: Proposal) -> bool:
    """Asked under a lock on the election, which the freeze takes too."""
    election = Election.objects.select_for_update().filter(envelope=proposal.envelope_id).first()
    return election is not None and election.state != Election.State.SETUP


def take_rules_of_cycle(election: Election) -> None:
    """Give it the dates and rules of its cycle. The freeze saves them; a trial only shows them."""
    cycle = election.envelope.cycle
    voting = cycle.dossier.phases.get(kind=phases.VOTING)
    election.opens_at, election.closes_at = voting.opens_at, voting.closes_at
    election.rules = cycle.ruleset.data


def planned_shortlist(election: Election) -> list[ShortlistEntry]:
    """The projects that a freeze would put on the ballot now, in their order; not stored."""
    proposals = election.envelope.proposals.shortlisted().for_display().order_by("number")
    return [
        ShortlistEntry(
            election=election,
            proposal=proposal,
            project_id=str(proposal.number),
            position=position,
            cost=proposal.cost,
        )
        for position, proposal in enumerate(proposals, start=1)
    ]
