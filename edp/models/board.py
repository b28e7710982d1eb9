"""Dots: which themes of a meeting its participants want to go on with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix
from edp.models.workshops import Theme, Workshop


class DotBallot(models.Model):
    """One participant's dots. `voter` is a keyed hash of the account or of the phone in the hall:
    it says that two ballots are of the same one, and nothing of who that is."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="dot_ballots")
    voter = models.CharField(max_length=64, editable=False)
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    # One of those that stand for a tally of dots on paper.
    is_on_paper = models.BooleanField(_("from a tally on paper"), default=False)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("ballot of dots")
        verbose_name_plural = _("ballots of dots")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "voter"], name="dot_ballot_one_a_voter"),
            models.CheckConstraint(
                condition=Q(helix="") | Q(helix__in=Helix.values), name="dot_ballot_helix_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.pk}"


class Dots(models.Model):
    """So many dots of one participant on one theme; triggers know how many there may be."""

    ballot = models.ForeignKey(DotBallot, models.CASCADE, related_name="dots")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="dots")
    number = models.PositiveSmallIntegerField(_("dots"))

    class Meta:
        verbose_name = _("dots")
        verbose_name_plural = _("dots")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "theme"], name="dots_once_a_theme"),
            models.CheckConstraint(condition=Q(number__gte=1), name="dots_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.number}"
