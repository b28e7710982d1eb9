"""A proposal's way from a citizen's words to the ballot."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Election, Envelope, Proposal
from participation.errors import Refused
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)


class ProposalsClosed(Refused):
    message = _("Proposals are not taken now.")
    way_out = _("The dates of every phase stand at the top of the page of the budget.")


class BallotFrozen(Refused):
    message = _("The ballot is frozen: what stands on it cannot change any more.")


class ReasonsMissing(Refused):
    message = _("Give the reasons: they are published with the verdict.")


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


@transaction.atomic
def review_proposal(
    *,
    by: User | None,
    proposal: Proposal,
    state: str,
    reasons: str,
    cost: int | None = None,
    running_cost: int | None = None,
) -> Proposal:
    """Give the city's verdict with its public reasons; `state` is one of Proposal.State.

    Raises ReasonsMissing, and BallotFrozen once the vote on the envelope is frozen.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if _is_frozen(proposal):
        raise BallotFrozen
    if not reasons.strip():
        raise ReasonsMissing
    proposal.state, proposal.verdict = state, reasons
    if cost is not None:
        proposal.cost = cost
    proposal.running_cost = running_cost
    proposal.save(update_fields=["state", "verdict", "cost", "running_cost"])
    change_state(dossier=proposal.dossier, state=state)
    notify_followers(kind="proposal_reviewed", dossier=proposal.dossier, actor=by)
    record(
        kind="budgeting.proposal_reviewed",
        dossier=proposal.dossier,
        actor=by,
        state=state,
        reasons=reasons,
        cost=proposal.cost,
    )
    return proposal


@transaction.atomic
def translate_proposal(*, by: User, proposal: Proposal, wording: Wording) -> None:
    """Add or replace a translation: both official languages are needed before a vote.

    Raises BallotFrozen for a text that stands on a frozen ballot; a missing one may still come.
    """
    is_there = proposal.dossier.texts.filter(language=wording.language).exists()
    if is_there and _is_frozen(proposal):
        raise BallotFrozen
    write_text(dossier=proposal.dossier, wording=wording)
    record(
        kind="budgeting.proposal_translated",
        dossier=proposal.dossier,
        actor=by,
        language=wording.language,
    )


def _is_frozen(proposal: Proposal) -> bool:
    """Asked under a lock on the election, which the freeze takes too."""
    election = Election.objects.select_for_update().filter(envelope=proposal.envelope_id).first()
    return election is not None and election.state != Election.State.SETUP
