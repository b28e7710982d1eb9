"""SWOT: strengths, weaknesses, opportunities, threats, each standing on something that is known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import ToldInThreeLanguages
from edp.models.evidence import RegionalAsset, SpecialisationResult, TrendSignal
from edp.models.process import DiscoveryProcess
from edp.models.workshops import Statement


class SwotEntry(ToldInThreeLanguages):
    """One line of the board. A trigger refuses to publish one that stands on nothing."""

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", _("Strengths")
        WEAKNESS = "weakness", _("Weaknesses")
        OPPORTUNITY = "opportunity", _("Opportunities")
        THREAT = "threat", _("Threats")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="swot_entries")
    quadrant = models.CharField(_("quadrant"), max_length=12, choices=Quadrant)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("line of the SWOT")
        verbose_name_plural = _("lines of the SWOT")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quadrant__in=["strength", "weakness", "opportunity", "threat"]),
                name="swot_quadrant_known",
            ),
        ]


class SwotLink(models.Model):
    """What an entry stands on: exactly one thing somebody said or somebody measured."""

    KINDS = ("statement", "asset", "result", "trend")

    entry = models.ForeignKey(SwotEntry, models.CASCADE, related_name="links")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="swot_links")
    asset = models.ForeignKey(RegionalAsset, models.PROTECT, null=True, related_name="swot_links")
    result = models.ForeignKey(
        SpecialisationResult, models.PROTECT, null=True, related_name="swot_links"
    )
    trend = models.ForeignKey(TrendSignal, models.PROTECT, null=True, related_name="swot_links")

    class Meta:
        verbose_name = _("evidence of the SWOT")
        verbose_name_plural = _("evidence of the SWOT")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(statement__isnull=False, asset=None, result=None, trend=None)
                    | Q(statement=None, asset__isnull=False, result=None, trend=None)
                    | Q(statement=None, asset=None, result__isnull=False, trend=None)
                    | Q(statement=None, asset=None, result=None, trend__isnull=False)
                ),
                name="swot_link_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["entry", "statement", "asset", "result", "trend"],
                nulls_distinct=False,
                name="swot_link_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.pk}"
