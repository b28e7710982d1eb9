"""What a recommendation rests on, and what comes of it: promises, news, acts.

All of it is public and append-only once it is published (triggers of migration 0006).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.multilingual import NamedInThreeLanguages, ToldInThreeLanguages
from councils.models.council import Council
from councils.models.meetings import Recommendation
from participation.models import AnswerDue, Dossier


class RecommendationEvidence(models.Model):
    """One thing that was said or written: where it stands, under which number, in which words."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question at a hearing")
        SUBMISSION = "submission", _("Written submission")
        MINUTES = "minutes", _("Line of minutes")
        SPEECH = "speech", _("Words said at a hearing")
        APPEAL = "appeal", _("Appeals of citizens")
        DOCUMENT = "document", _("Document")

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="evidence", verbose_name=_("recommendation")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="evidence_of_recommendations"
    )
    number = models.CharField(_("number there"), max_length=40, blank=True)
    url = models.URLField(_("address"), blank=True)
    text = models.CharField(_("what it says"), max_length=500)
    language = models.CharField(_("language"), max_length=2, default="kk")

    class Meta:
        verbose_name = _("evidence of a recommendation")
        verbose_name_plural = _("evidence of recommendations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | ~Q(url=""),
                name="recommendation_evidence_can_be_found",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="recommendation_evidence_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} · {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url() if self.dossier else self.url

    @property
    def council(self) -> Council:
        return self.recommendation.council


class Commitment(ToldInThreeLanguages):
    """What a body promises in its answer: what, and by when."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="commitments", verbose_name=_("recommendation")
    )
    answer_due = models.ForeignKey(AnswerDue, models.PROTECT, related_name="commitments")
    promised_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("by when"))
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("promised_on")),
                name="commitment_due_after_the_promise",
            )
        ]


class ImplementationUpdate(ToldInThreeLanguages):
    """News of carrying a recommendation out, or one commitment of it."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Goes on")
        LATE = "late", _("Will be late")
        DONE = "done", _("Done")

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="updates", verbose_name=_("recommendation")
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="updates"
    )
    kind = models.CharField(_("how it stands"), max_length=8, choices=Kind)
    happened_on = models.DateField(_("on"))
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("news of a recommendation")
        verbose_name_plural = _("news of recommendations")
        ordering = ["happened_on", "pk"]


class LegalAct(NamedInThreeLanguages):
    """The act that changed something: the proof that a recommendation was carried out."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="acts", verbose_name=_("recommendation")
    )
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.CharField(_("number of the act"), max_length=60)
    adopted_on = models.DateField(_("adopted on"))
    url = models.URLField(_("address of the act"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")
        ordering = ["adopted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number", "adopted_on"], name="legal_act_once"
            )
        ]
