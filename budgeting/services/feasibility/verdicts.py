"""The city's verdict on a proposal."""

from django.db import transaction

from accounts.models import User
from budgeting.models import Proposal
from budgeting.services.feasibility.errors import ReasonsMissing
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from participation.services import change_state, notify_followers, record


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
    if is_frozen(proposal):
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
