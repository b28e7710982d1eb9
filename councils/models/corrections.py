"""Names of members that were written wrong, and how they stood before."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models.council import Mandate


class NameCorrection(models.Model):
    """Never changes; the name of a mandate changes by such a row only."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="name_corrections")
    before = models.CharField(_("name before"), max_length=150)
    after = models.CharField(_("name after"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300)
    corrected_on = models.DateField(_("corrected on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("correction of a name")
        verbose_name_plural = _("corrections of names")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")) & ~Q(after=""), name="name_correction_changes_it"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="name_correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
