"""How a process came from stage to stage: checks of gates, waivers, and the moves themselves.

Rows of all three tables are written once and never change; triggers see to it (migration 0002).
"""

from __future__ import annotations

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models.process import Decision, DiscoveryProcess, Stage


class GateCheck(models.Model):
    """A gate that was passed: each condition with what was found and what was asked for.

    `conditions` is gates.Check.to_data(). A trigger refuses a check in which something is neither
    met nor waived by a Waiver.
    """

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="gate_checks")
    gate = models.PositiveSmallIntegerField(_("gate"))
    conditions = models.JSONField(_("conditions"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Of the transaction: a move must be of the same one, so that no check is kept in store.
    at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = _("check of a gate")
        verbose_name_plural = _("checks of gates")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(gate__range=(0, 7)), name="gate_check_of_a_gate"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} G{self.gate}"


class Waiver(models.Model):
    """A decision sets one condition of one gate aside; its reasons are the decision's."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="waivers")
    gate = models.PositiveSmallIntegerField(_("gate"))
    condition = models.CharField(_("condition"), max_length=30)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["gate", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "gate", "condition"], name="waiver_once_in_a_decision"
            ),
            models.CheckConstraint(condition=Q(gate__range=(0, 7)), name="waiver_of_a_gate"),
        ]

    def __str__(self) -> str:
        return f"G{self.gate} {self.condition}"


class StageChange(models.Model):
    """A move from one stage to another: past a gate or by a decision, by exactly one of them.

    Inserting it is what moves the process: a trigger writes `DiscoveryProcess.stage`.
    """

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="stage_changes")
    from_stage = models.CharField(_("from"), max_length=16, choices=Stage)
    to_stage = models.CharField(_("to"), max_length=16, choices=Stage)
    gate_check = models.OneToOneField(
        GateCheck, models.PROTECT, null=True, related_name="stage_change"
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, related_name="stage_change"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gate_check__isnull=False, decision=None)
                | Q(gate_check=None, decision__isnull=False),
                name="stage_change_by_gate_or_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.from_stage} → {self.to_stage}"
