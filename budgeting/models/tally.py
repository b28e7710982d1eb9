"""Counts: pure functions of a published file, stored once, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting.models.election import Election
from budgeting.models.proposal import Proposal


class Tally(models.Model):
    """One count of one file by one rule with one version of the engine.

    The official tally decides; the others show what other rules would have given.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="tallies")
    is_official = models.BooleanField(_("decides"))
    input_sha256 = models.CharField(max_length=64)
    rule = models.CharField(_("rule"), max_length=400)
    engine_version = models.CharField(max_length=20)
    result = models.JSONField(_("result"))
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "input_sha256", "rule", "engine_version"],
                name="tally_once_per_input_rule_and_engine",
            ),
            models.UniqueConstraint(
                fields=["election"], condition=Q(is_official=True), name="tally_one_official"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.rule}"


class Award(models.Model):
    """A project that won money: its place in the order of selection and its cost."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="awards")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award")
    position = models.PositiveIntegerField(_("position"))
    cost = models.PositiveBigIntegerField(_("cost"))

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "position"], name="award_position_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"
