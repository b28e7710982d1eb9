"""A proposal's way from a citizen's words to the city's desk."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Envelope, Proposal
from participation.errors import Refused
from participation.services import Wording, create_dossier, follow, publish_dossier, record


class ProposalsClosed(Refused):
    message = _("Proposals are not taken now.")
    way_out = _("The dates of every phase stand at the top of the page of the budget.")


def are_taken(cycle: Cycle) -> bool:
    """Whether citizens may propose at this moment."""
    return cycle.dossier.phases.open_at(timezone.now()).filter(kind=phases.PROPOSALS).exists()


@transaction.atomic
def submit_proposal(
    *,
    by: User | None,
    cycle: Cycle,
    envelope: Envelope,
    wordings: list[Wording],
    cost: int,
    category: Category | None = None,
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> Proposal:
    """Publish a proposal at once, to be checked. Raises ProposalsClosed outside the phase."""
    # Numbers in a cycle have no gaps and no repeats: one submission at a time.
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if by is not None and not are_taken(cycle):
        raise ProposalsClosed
    number = (cycle.proposals.aggregate(last=Max("number"))["last"] or 0) + 1
    dossier = create_dossier(
        kind=phases.PROPOSAL,
        territory=envelope.territory,
        state=Proposal.State.SUBMITTED,
        path=f"budgeting/{cycle.slug}/proposals/{number}/",
        wordings=wordings,
    )
    publish_dossier(dossier=dossier)
    proposal = Proposal.objects.create(
        dossier=dossier,
        cycle=cycle,
        envelope=envelope,
        number=number,
        author=by,
        category=category,
        place=place,
        latitude=latitude,
        longitude=longitude,
        cost=cost,
    )
    if by is not None:
        follow(person=by, dossier=dossier)
    record(kind="budgeting.proposal_submitted", dossier=dossier, cost=cost)
    return proposal
