"""What a council may spend in a year, and what its members ask to be paid back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages
from councils.models.council import Council, Mandate
from councils.models.meetings import Meeting


def _unguessable(_claim: ExpenseClaim, _name: str) -> str:
    """Nothing of the sender's name for the file reaches the disk."""
    return f"receipts/{uuid.uuid4().hex}"


class BudgetLine(NamedInThreeLanguages):
    """What a council plans to spend on one thing in one year, in whole tenge."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    planned = models.PositiveBigIntegerField(_("planned"))

    class Meta:
        verbose_name = _("line of a council's budget")
        verbose_name_plural = _("lines of councils' budgets")
        ordering = ["council", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "year", "number"], name="budget_line_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)), name="budget_line_year_sensible"
            ),
        ]


class ExpenseClaimQuerySet(models.QuerySet["ExpenseClaim"]):
    def granted(self) -> ExpenseClaimQuerySet:
        """Approved, whether or not it is paid: what counts against the plan."""
        return self.filter(state__in=[ExpenseClaim.State.APPROVED, ExpenseClaim.State.PAID])

    def total(self) -> int:
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)


class ExpenseClaim(models.Model):
    """What a member spent for the council. Totals are public, purpose and receipt are not.

    Nobody decides on a claim of their own, and what was claimed never changes: triggers.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("state of a claim", "Submitted")
        APPROVED = "approved", pgettext_lazy("state of a claim", "Approved")
        REFUSED = "refused", pgettext_lazy("state of a claim", "Refused")
        PAID = "paid", pgettext_lazy("state of a claim", "Paid")

    council = models.ForeignKey(Council, models.PROTECT, related_name="expense_claims")
    number = models.PositiveIntegerField(_("number"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="claims", verbose_name=_("line of the budget")
    )
    member = models.ForeignKey(
        Mandate, models.PROTECT, related_name="expense_claims", verbose_name=_("member")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expense_claims",
        verbose_name=_("meeting"),
    )
    purpose = models.CharField(_("what for"), max_length=300)
    spent_on = models.DateField(_("spent on"))
    amount = models.PositiveBigIntegerField(_("amount"))
    receipt = models.FileField(_("receipt"), upload_to=_unguessable, max_length=200, blank=True)
    receipt_name = models.CharField(max_length=120, blank=True)
    receipt_type = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.SUBMITTED)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    paid_on = models.DateField(_("paid on"), null=True)

    objects = ExpenseClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of expenses")
        verbose_name_plural = _("claims of expenses")
        ordering = ["council", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="claim_number_unique"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_of_some_money"),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at=None, decided_by=None)
                | ~Q(state="submitted") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="claim_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reasons=""), name="claim_refused_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False)
                | ~Q(state="paid") & Q(paid_on=None),
                name="claim_paid_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"
