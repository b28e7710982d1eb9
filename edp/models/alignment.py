"""Existing plans and programmes, and how each priority stands to what they want."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import NamedInThreeLanguages
from edp.models.process import DiscoveryProcess
from edp.models.strategy import Strategy, StrategyPriority


class PolicyDocument(NamedInThreeLanguages):
    """A plan or programme that a process takes account of."""

    class Level(models.TextChoices):
        REPUBLIC = "republic", _("of the republic")
        REGION = "region", _("of the region")
        LOCAL = "local", _("of a city or district")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="policy_documents")
    level = models.CharField(_("level"), max_length=8, choices=Level)
    body = models.CharField(_("adopted by"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    url = models.URLField(_("address of the document"), blank=True)

    class Meta:
        verbose_name = _("plan or programme")
        verbose_name_plural = _("plans and programmes")
        ordering = ["pk"]


class PolicyObjective(NamedInThreeLanguages):
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("objective of a plan")
        verbose_name_plural = _("objectives of plans")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="policy_objective_numbered"
            ),
        ]


class PlanAlignment(models.Model):
    """How a priority stands to an objective of a plan; where there is no row, neither names it."""

    class Relation(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        NEUTRAL = "neutral", _("touches")
        CONFLICTS = "conflicts", _("conflicts")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="alignments")
    priority = models.ForeignKey(StrategyPriority, models.PROTECT, related_name="alignments")
    objective = models.ForeignKey(PolicyObjective, models.PROTECT, related_name="alignments")
    relation = models.CharField(_("how they stand"), max_length=10, choices=Relation)

    class Meta:
        verbose_name = _("alignment with a plan")
        verbose_name_plural = _("alignment with plans")
        constraints = [
            models.UniqueConstraint(fields=["priority", "objective"], name="alignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} {self.relation} {self.objective_id}"
