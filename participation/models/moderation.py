"""Reports, decisions with a reason from the published list, and appeals to somebody else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from participation.models.comments import Comment, ModerationReason


class Decision(models.Model):
    """What a moderator decided about a comment, and why. The rows are append-only.

    Triggers refuse a decision on one's own comment, and on an appeal against one's own decision.
    """

    class Outcome(models.TextChoices):
        KEEP = "keep", pgettext_lazy("decision on a comment", "stays public")
        HIDE = "hide", pgettext_lazy("decision on a comment", "hidden")
        RESTORE = "restore", pgettext_lazy("decision on a comment", "public again")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=12, choices=ModerationReason, blank=True)
    explanation = models.TextField(_("explanation to the author"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(auto_now_add=True)
    appeal = models.OneToOneField(
        "Appeal", models.PROTECT, null=True, related_name="decision", verbose_name=_("appeal")
    )

    class Meta:
        verbose_name = _("decision of a moderator")
        verbose_name_plural = _("decisions of moderators")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="hide") | Q(reason__in=ModerationReason.values),
                name="decision_hides_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["-decided_at"], name="decision_by_date")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.outcome}"


class Report(models.Model):
    """Somebody, or a check of the site itself (no reporter), asks a moderator to look."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(User, models.PROTECT, null=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=ModerationReason)
    note = models.TextField(_("note"), blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="resolves")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(resolved_by=None),
                nulls_distinct=False,
                name="report_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ModerationReason.values), name="report_reason_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["reported_at"], condition=Q(resolved_by=None), name="report_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"


class Appeal(models.Model):
    """The author asks somebody else to look at a decision again: once for each decision."""

    against = models.OneToOneField(Decision, models.PROTECT, related_name="appealed_in")
    text = models.TextField(_("why the decision is wrong"), blank=True)
    appealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"{self.against_id}"
