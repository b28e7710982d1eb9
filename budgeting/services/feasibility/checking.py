"""What a reviewer works with before the verdict: findings and an estimate of cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from budgeting.models import CheckAnswer, CheckItem, CostLine, Election, Proposal, Review
from budgeting.services.feasibility import errors
from budgeting.services.feasibility.assigning import CHECKED_STATES, locked
from budgeting.services.feasibility.authors import authors_of
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from participation.errors import Refused


@dataclass(frozen=True)
class Finding:
    """yes, no or none (does not apply), and why."""

    finding: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A whole number of units by a price in whole units of currency."""

    what: str
    quantity: int
    unit: str
    unit_price: int


def why_not_checked(proposal: Proposal) -> Refused | None:
    """For a page, which takes no lock: it has ended, or stands on a frozen ballot."""
    if proposal.state not in CHECKED_STATES:
        return errors.NotBeingChecked()
    elections = Election.objects.filter(envelope=proposal.envelope_id)
    is_over = elections.exclude(state=Election.State.SETUP).exists()
    return BallotFrozen() if is_over else None


@transaction.atomic
def review_in_hand(*, by: User | None, proposal: Proposal) -> Review:
    """The look that is going on, in the hands of who asks for it; the first one begins here.

    Raises NotBeingChecked, BallotFrozen, OwnProposal, AppealUnderWay, NotYours.
    """
    proposal = locked(proposal)
    if proposal.state not in CHECKED_STATES:
        raise errors.NotBeingChecked
    if is_frozen(proposal):
        raise BallotFrozen
    if by is not None and by in authors_of(proposal):
        raise errors.OwnProposal
    review = proposal.reviews.order_by("-look").first()
    if review is None:
        return Review.objects.create(proposal=proposal, reviewer=by)
    if review.look == Review.Look.FIRST and hasattr(proposal, "appeal"):
        raise errors.AppealUnderWay
    if review.reviewer is None:
        review.reviewer = by
        review.save(update_fields=["reviewer"])
    if by is not None and review.reviewer != by:
        raise errors.NotYours
    return review


@transaction.atomic
def save_checks(*, by: User, proposal: Proposal, findings: Mapping[CheckItem, Finding]) -> Review:
    """Keep the findings, to be published with the verdict; unanswered lines are simply not given.

    Raises NoExplained, and what review_in_hand raises.
    """
    review = review_in_hand(by=by, proposal=proposal)
    if any(f.finding == CheckAnswer.Finding.NO and not f.note.strip() for f in findings.values()):
        raise errors.NoExplained
    CheckAnswer.objects.filter(review=review).delete()
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(review=review, item=item, finding=found.finding, note=found.note.strip())
            for item, found in findings.items()
        ]
    )
    return review


@transaction.atomic
def save_estimate(
    *,
    by: User,
    proposal: Proposal,
    lines: Sequence[Line],
    source: str,
    running_cost: int | None,
) -> Review:
    """Keep the estimate, to be published with the verdict. Raises what review_in_hand raises."""
    review = review_in_hand(by=by, proposal=proposal)
    CostLine.objects.filter(review=review).delete()
    CostLine.objects.bulk_create(
        [
            CostLine(
                review=review,
                number=number,
                what=line.what,
                quantity=line.quantity,
                unit=line.unit,
                unit_price=line.unit_price,
            )
            for number, line in enumerate(lines, start=1)
        ]
    )
    review.cost_source, review.running_cost = source.strip(), running_cost
    review.save(update_fields=["cost_source", "running_cost"])
    return review


def estimated(review: Review) -> int | None:
    """What the lines of the estimate sum to; None without lines."""
    lines = list(review.cost_lines.all())
    return sum(line.amount for line in lines) if lines else None
