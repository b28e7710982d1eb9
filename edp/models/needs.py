"""What one side needs and another offers, and which of them may go together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models.workshops import Statement


class NeedMatch(models.Model):
    """A need and an offer of one process (trigger); `likeness` is in percent.

    Confirmed by the organiser alone, or by both authors, each for their own words.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")

    need = models.ForeignKey(Statement, models.PROTECT, related_name="matches_as_need")
    offer = models.ForeignKey(Statement, models.PROTECT, related_name="matches_as_offer")
    likeness = models.PositiveSmallIntegerField(_("likeness, percent"))
    shared_words = models.JSONField(_("words in both"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    is_needed = models.BooleanField(_("the author of the need agrees"), default=False)
    is_offered = models.BooleanField(_("the author of the offer agrees"), default=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("match of a need and an offer")
        verbose_name_plural = _("matches of needs and offers")
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="need_match_once"),
            models.CheckConstraint(
                condition=Q(likeness__range=(0, 100)), name="need_match_in_percent"
            ),
            models.CheckConstraint(
                condition=Q(state="suggested", decided_at=None)
                | (~Q(state="suggested") & Q(decided_at__isnull=False)),
                name="need_match_decided_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ↔ {self.offer_id}"
