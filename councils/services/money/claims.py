"""What members spent: claimed, approved or refused by somebody else, paid."""

from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils.council_rules import CouncilRules
from councils.models import BudgetLine, Council, ExpenseClaim, Mandate, Meeting
from councils.services.money import errors
from councils.services.numbering import next_number
from participation.services import notify, record
from participation.uploads import Upload

State = ExpenseClaim.State


@transaction.atomic
def submit_claim(
    *,
    by: User | None,
    member: Mandate,
    line: BudgetLine,
    purpose: str,
    spent_on: date,
    amount: int,
    meeting: Meeting | None = None,
    receipt: Upload | None = None,
    at: datetime | None = None,
) -> ExpenseClaim:
    """`amount` in whole tenge. Who spent it is public in sums alone.

    Raises NotOfThisCouncil, NotOfThisYear, NotWhileSitting, NotYetSpent.
    """
    council = member.council
    if line.council_id != council.pk or (meeting and meeting.council_id != council.pk):
        raise errors.NotOfThisCouncil
    if spent_on.year != line.year:
        raise errors.NotOfThisYear
    if spent_on > timezone.localdate():
        raise errors.NotYetSpent
    if spent_on < member.since or (member.until is not None and spent_on >= member.until):
        raise errors.NotWhileSitting
    claim = ExpenseClaim(
        council=council,
        number=next_number(council, council.expense_claims),
        line=line,
        member=member,
        meeting=meeting,
        purpose=purpose.strip(),
        spent_on=spent_on,
        amount=amount,
        submitted_by=by,
        submitted_at=at or timezone.now(),
    )
    _keep(claim, receipt)
    claim.save()
    return claim


def _keep(claim: ExpenseClaim, receipt: Upload | None) -> None:
    if receipt is None:
        return
    claim.receipt.save(receipt.name, ContentFile(receipt.data), save=False)
    claim.receipt_name = receipt.name
    claim.receipt_type = receipt.content_type


@transaction.atomic
def approve_claim(*, by: User, claim: ExpenseClaim, at: datetime | None = None) -> ExpenseClaim:
    """Grant it, also over the line unless the rules forbid that.

    Raises OwnClaim, DecidedAlready, OverTheLine.
    """
    claim = _locked(claim)
    _require_undecided(claim, by)
    rules = CouncilRules.from_data(claim.council.ruleset.data)
    if left_of(claim.line) < claim.amount and not rules.may_exceed_line:
        raise errors.OverTheLine
    return _decide(claim, State.APPROVED, by, at)


@transaction.atomic
def refuse_claim(
    *, by: User, claim: ExpenseClaim, reasons: str, at: datetime | None = None
) -> ExpenseClaim:
    """Raises OwnClaim, DecidedAlready, ReasonsMissing."""
    claim = _locked(claim)
    _require_undecided(claim, by)
    if not reasons.strip():
        raise errors.ReasonsMissing
    claim.reasons = reasons.strip()
    return _decide(claim, State.REFUSED, by, at)


@transaction.atomic
def pay_claim(*, by: User | None, claim: ExpenseClaim, on: date | None = None) -> ExpenseClaim:
    """Raises NotApproved."""
    claim = _locked(claim)
    if claim.state != State.APPROVED:
        raise errors.NotApproved
    claim.state, claim.paid_on = State.PAID, on or timezone.localdate()
    claim.save(update_fields=["state", "paid_on"])
    _record(claim, by)
    return claim


def left_of(line: BudgetLine) -> int:
    """Whole tenge that are planned and not granted yet; negative over the line."""
    return line.planned - ExpenseClaim.objects.filter(line=line).granted().total()


def _locked(claim: ExpenseClaim) -> ExpenseClaim:
    """The line first, then the claim: two grants of one line see each other."""
    BudgetLine.objects.select_for_update(no_key=True).get(pk=claim.line_id)
    rows = ExpenseClaim.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "council__dossier", "council__ruleset", "line", "member__person"
    ).get(pk=claim.pk)


def _require_undecided(claim: ExpenseClaim, by: User) -> None:
    if by.pk in (claim.submitted_by_id, claim.member.person_id):
        raise errors.OwnClaim
    if claim.state != State.SUBMITTED:
        raise errors.DecidedAlready


def _decide(claim: ExpenseClaim, state: str, by: User, at: datetime | None) -> ExpenseClaim:
    claim.state, claim.decided_by, claim.decided_at = state, by, at or timezone.now()
    claim.save(update_fields=["state", "decided_by", "decided_at", "reasons"])
    _record(claim, by)
    _tell(claim, by)
    return claim


def _record(claim: ExpenseClaim, by: User | None) -> None:
    """Sums are public, what for and why is between the member and those who decide."""
    record(
        kind=f"councils.claim_{claim.state}",
        dossier=claim.council.dossier,
        actor=by,
        number=claim.number,
        year=claim.line.year,
        line=claim.line.number,
        amount=claim.amount,
    )


def _tell(claim: ExpenseClaim, by: User) -> None:
    if claim.member.person is None:
        return
    council: Council = claim.council
    notify(
        kind="claim_decided",
        recipients=[claim.member.person],
        dossier=council.dossier,
        actor=by,
        number=claim.number,
        state=claim.state,
        path=f"councils/{council.slug}/money/claims/{claim.number}/",
    )
