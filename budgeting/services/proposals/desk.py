"""What staff enter: proposals that came on paper, and what things usually cost."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import (
    Category,
    Cycle,
    Election,
    Envelope,
    PaperProposal,
    Proposal,
    UnitCost,
)
from budgeting.services.frozen_ballots import BallotFrozen
from budgeting.services.proposals.errors import ProposalsClosed, ReceiptTaken
from budgeting.services.proposals.submitting import Project, submit_proposal
from participation.services import Wording, record


@dataclass(frozen=True)
class Paper:
    """Who handed a sheet in, and when; the name is never published."""

    receipt: str
    handed_in_by: str
    handed_in_on: date
    contact: str = ""


@transaction.atomic
def enter_paper_proposal(
    *,
    by: User,
    cycle: Cycle,
    envelope: Envelope,
    wording: Wording,
    project: Project,
    paper: Paper,
) -> Proposal:
    """Publish what came on paper in the phase; it is nobody's own account's, so not the staff's.

    What was handed in in time may be entered later, until the freeze. Raises ReceiptTaken,
    BallotFrozen, and ProposalsClosed for a day outside the phase.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if not _is_in_time(cycle, paper.handed_in_on):
        raise ProposalsClosed
    if Election.objects.filter(envelope=envelope).exclude(state=Election.State.SETUP).exists():
        raise BallotFrozen
    if PaperProposal.objects.filter(receipt=paper.receipt).exists():
        raise ReceiptTaken
    proposal = submit_proposal(
        by=None,
        cycle=cycle,
        envelope=envelope,
        wordings=[wording],
        cost=project.cost,
        category=project.category,
        place=project.place,
        district=project.district,
        latitude=project.latitude,
        longitude=project.longitude,
    )
    PaperProposal.objects.create(
        proposal=proposal,
        receipt=paper.receipt,
        handed_in_by=paper.handed_in_by,
        contact=paper.contact,
        handed_in_on=paper.handed_in_on,
        entered_by=by,
    )
    record(
        kind="budgeting.paper_proposal_entered",
        dossier=proposal.dossier,
        actor=by,
        receipt=paper.receipt,
    )
    return proposal


def _is_in_time(cycle: Cycle, day: date) -> bool:
    phase = cycle.dossier.phases.filter(kind=phases.PROPOSALS).first()
    if phase is None or phase.opens_at > timezone.now():
        return False
    return timezone.localdate(phase.opens_at) <= day <= timezone.localdate(phase.closes_at)


@dataclass(frozen=True)
class CostRange:
    category: Category
    name_kk: str
    name_ru: str
    name_en: str
    lowest: int
    highest: int
    source: str


@transaction.atomic
def save_unit_cost(*, by: User, cycle: Cycle, values: CostRange, row: UnitCost | None) -> UnitCost:
    """Add a row to the table of usual costs, or write one anew."""
    row = row or UnitCost(cycle=cycle)
    for name in CostRange.__dataclass_fields__:
        setattr(row, name, getattr(values, name))
    row.save()
    record(
        kind="budgeting.unit_cost_saved",
        dossier=cycle.dossier,
        actor=by,
        name=row.name_ru,
        lowest=row.lowest,
        highest=row.highest,
    )
    return row


@transaction.atomic
def remove_unit_cost(*, by: User, row: UnitCost) -> None:
    record(
        kind="budgeting.unit_cost_removed", dossier=row.cycle.dossier, actor=by, name=row.name_ru
    )
    row.delete()
