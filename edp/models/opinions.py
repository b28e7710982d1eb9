"""Short statements of a consultation to agree or disagree with, votes, and their count."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, User
from accounts.multilingual import LANGUAGES, first_available
from edp.models.consultation import Consultation
from edp.models.workshops import Statement


class VoteStatement(models.Model):
    """One sentence to vote on; what a participant proposes is in their own language at first.

    Whatever is put to the vote is written in Kazakh and Russian and never changes any more.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("statement to vote on", "Proposed")
        ACCEPTED = "accepted", pgettext_lazy("statement to vote on", "Put to the vote")
        DECLINED = "declined", pgettext_lazy("statement to vote on", "Not put to the vote")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField(_("number"))
    text_kk = models.CharField(_("text in Kazakh"), max_length=300, blank=True)
    text_ru = models.CharField(_("text in Russian"), max_length=300, blank=True)
    text_en = models.CharField(_("text in English"), max_length=300, blank=True)
    source = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="voted_on"
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="vote_statements")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    reason = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("statement to vote on")
        verbose_name_plural = _("statements to vote on")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="vote_statement_number_unique"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (~Q(text_kk="") & ~Q(text_ru="")),
                name="vote_statement_in_both_languages",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="vote_statement_declined_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def texts(self) -> dict[str, str]:
        return {language: getattr(self, f"text_{language}") for language in LANGUAGES}

    @property
    def text(self) -> str:
        return first_available(self.texts)

    @property
    def language(self) -> str:
        """Of the text that the reader is shown."""
        return next((code for code, text in self.texts.items() if text == self.text), "kk")


class StatementVote(models.Model):
    """What a person thinks of a statement; changeable until the close, no time is kept.

    The helix is the voter's at their first vote on the statement and stays so.
    """

    class Value(models.IntegerChoices):
        AGREE = 1, pgettext_lazy("vote on a statement", "Agree")
        DISAGREE = -1, pgettext_lazy("vote on a statement", "Disagree")
        PASS = 0, pgettext_lazy("vote on a statement", "Pass")

    statement = models.ForeignKey(VoteStatement, models.PROTECT, related_name="votes")
    person = models.ForeignKey(User, models.PROTECT, related_name="statement_votes")
    value = models.SmallIntegerField(choices=Value)
    helix = models.CharField(max_length=16, choices=Helix)

    class Meta:
        verbose_name = _("vote on a statement")
        verbose_name_plural = _("votes on statements")
        constraints = [
            models.UniqueConstraint(fields=["statement", "person"], name="statement_vote_one_each"),
            models.CheckConstraint(condition=Q(value__in=[1, 0, -1]), name="statement_vote_known"),
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="statement_vote_helix_known"
            ),
        ]
        indexes = [models.Index(fields=["statement", "helix", "value"])]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.value}"


class OpinionSnapshot(models.Model):
    """The count as it was at the close, as canonical JSON with its SHA-256; append-only."""

    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="opinion_snapshot"
    )
    body = models.TextField()
    votes_csv = models.TextField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("count of a consultation's votes")
        verbose_name_plural = _("counts of consultations' votes")

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.sha256[:8]}"
