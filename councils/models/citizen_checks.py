"""Has it changed? Whoever spoke or asked at the hearings is asked, and answers once."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from councils.models.council import Council
from councils.models.hearings import HearingRegistration
from councils.models.meetings import Recommendation


class CitizenCheck(models.Model):
    """One round of asking about one recommendation; `closes_on` is its last day."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="checks")
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("citizen check")
        verbose_name_plural = _("citizen checks")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "opens_on"], name="citizen_check_opens_once"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="citizen_check_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.opens_on}"

    @property
    def council(self) -> Council:
        return self.recommendation.council

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


class CheckInvitation(models.Model):
    """A place in the count of one person; without an account they answer by a signed address."""

    class Basis(models.TextChoices):
        PARTICIPANT = "participant", _("came to a hearing")
        ASKER = "asker", _("asked a question")
        FOLLOWER = "follower", _("follows the recommendation")

    check_round = models.ForeignKey(CitizenCheck, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="check_invitations"
    )
    registration = models.ForeignKey(
        HearingRegistration, models.PROTECT, null=True, blank=True, related_name="check_invitations"
    )
    basis = models.CharField(_("why they are asked"), max_length=12, choices=Basis)

    class Meta:
        verbose_name = _("invitation to a citizen check")
        verbose_name_plural = _("invitations to citizen checks")
        constraints = [
            models.UniqueConstraint(
                fields=["check_round", "person"], name="check_invitation_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["check_round", "registration"], name="check_invitation_once_a_registration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_round_id} {self.basis}"


class CheckAnswer(models.Model):
    """One answer for one invitation, given once; only counts are public."""

    class Value(models.TextChoices):
        YES = "yes", pgettext_lazy("has it changed?", "Yes")
        PARTLY = "partly", pgettext_lazy("has it changed?", "Partly")
        NO = "no", pgettext_lazy("has it changed?", "No")
        UNKNOWN = "unknown", pgettext_lazy("has it changed?", "I do not know")

    invitation = models.OneToOneField(CheckInvitation, models.PROTECT, related_name="answer")
    value = models.CharField(_("answer"), max_length=8, choices=Value)
    answered_on = models.DateField(_("answered on"))

    class Meta:
        verbose_name = _("answer to a citizen check")
        verbose_name_plural = _("answers to citizen checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(value__in=["yes", "partly", "no", "unknown"]),
                name="check_answer_known",
            )
        ]

    def __str__(self) -> str:
        return self.value
