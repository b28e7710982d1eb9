"""Delphi studies: what a panel of experts holds of statements about the future."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import ToldInThreeLanguages
from edp.models.process import DiscoveryProcess
from participation.models import Dossier


class DelphiStudy(models.Model):
    """Rules are fixed before the first rating: what counts as consensus is said in advance."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        STABLE = "stable", _("Ended: opinions are stable")
        MAX_ROUNDS = "max_rounds", _("Ended: the last round was held")
        BELOW_QUORUM = "below_quorum", _("Ended: too few answered")
        CANCELLED = "cancelled", _("Cancelled")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="delphi_study")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="delphi_studies")
    number = models.PositiveIntegerField(_("number"))
    is_real_time = models.BooleanField(_("without rounds"), default=False)
    rules = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)

    class Meta:
        verbose_name = _("Delphi study")
        verbose_name_plural = _("Delphi studies")
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="delphi_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()


class DelphiStatement(ToldInThreeLanguages):
    study = models.ForeignKey(DelphiStudy, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("statement of a Delphi study")
        verbose_name_plural = _("statements of a Delphi study")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"], name="delphi_statement_number_unique"
            ),
        ]
