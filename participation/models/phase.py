"""Phases are rows with dates; the current one is computed from them, a task only announces it."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.kinds import PhaseKind
from participation.models.dossier import Dossier


class PhaseQuerySet(models.QuerySet["Phase"]):
    def open_at(self, moment: datetime) -> "PhaseQuerySet":
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


class Phase(models.Model):
    """Open from `opens_at` (included) to `closes_at` (excluded)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="phases")
    kind = models.CharField(_("kind"), max_length=20)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind"], name="phase_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="phase_closes_after_opening"
            ),
        ]
        indexes = [models.Index(fields=["opens_at", "closes_at"])]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"

    @property
    def info(self) -> PhaseKind:
        return self.dossier.kind_info.phase(self.kind)

    def is_open_at(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at
