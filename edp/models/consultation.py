"""Public consultation: a text in numbered passages, its versions, and what is said of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import LANGUAGES, first_available
from edp.models.ideas import Priority
from edp.models.process import DiscoveryProcess
from participation.models import AnswerDue, Comment, Dossier, Ruleset


def new_salt() -> str:
    return get_random_string(32)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def public(self) -> ConsultationQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> ConsultationQuerySet:
        return self.select_related(
            "dossier__territory", "process__dossier__territory", "process__lead_body", "decider"
        ).prefetch_related("dossier__texts", "process__dossier__texts")


class Consultation(models.Model):
    """One round of consultation; title, summary and introduction are in its dossier.

    Comments and votes are taken from `opens_on` to `closes_on`, both days included, while it is
    open. `decider` owes an answer to every comment, by `answer_rules`. `vote_salt` orders voters
    in published tables so that nobody can tell who is who.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a consultation", "In preparation")
        OPEN = "open", pgettext_lazy("state of a consultation", "Open")
        CLOSED = "closed", pgettext_lazy("state of a consultation", "Closed, being answered")
        REPORTED = "reported", pgettext_lazy("state of a consultation", "Answered and reported")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="consultation")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="consultations")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    decider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("who answers and decides")
    )
    what_can_change_kk = models.TextField(_("what can still change, in Kazakh"))
    what_can_change_ru = models.TextField(_("what can still change, in Russian"))
    what_can_change_en = models.TextField(_("what can still change, in English"), blank=True)
    answer_rules = models.ForeignKey(Ruleset, models.PROTECT, related_name="+")
    vote_salt = models.CharField(max_length=32, default=new_salt, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    reported_at = models.DateTimeField(null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "number"], name="consultation_number_unique"
            ),
            models.UniqueConstraint(
                fields=["process"], condition=Q(state="open"), name="consultation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="consultation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "closed", "reported"]),
                name="consultation_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def what_can_change(self) -> str:
        return first_available({c: getattr(self, f"what_can_change_{c}") for c in LANGUAGES})

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.CLOSED, self.State.REPORTED)

    def takes_part_on(self, day: date) -> bool:
        """Whether comments and votes are taken that day."""
        return self.state == self.State.OPEN and self.opens_on <= day <= self.closes_on


class TextVersion(models.Model):
    """One wording of the whole text; once published neither it nor its passages change."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="text_version_number_unique"
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(published_at=None),
                name="text_version_one_in_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"


class Passage(models.Model):
    """A numbered piece of the text. `key` names it in every version, wherever it stands there."""

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="passages")
    key = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("number"))
    heading_kk = models.CharField(_("heading in Kazakh"), max_length=200, blank=True)
    heading_ru = models.CharField(_("heading in Russian"), max_length=200, blank=True)
    heading_en = models.CharField(_("heading in English"), max_length=200, blank=True)
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="passages"
    )

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="passage_once_in_a_version"),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="passage_number_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"

    @property
    def heading(self) -> str:
        return first_available({c: getattr(self, f"heading_{c}") for c in LANGUAGES})

    @property
    def text(self) -> str:
        return first_available(self.texts)

    @property
    def texts(self) -> dict[str, str]:
        return {language: getattr(self, f"text_{language}") for language in LANGUAGES}

    @property
    def language(self) -> str:
        """Of the text that the reader is shown."""
        return next((code for code, text in self.texts.items() if text == self.text), "kk")

    @property
    def is_official(self) -> bool:
        """Whether it is written in both official languages."""
        return all((self.heading_kk, self.heading_ru, self.text_kk, self.text_ru))

    def copied_words(self) -> dict[str, Any]:
        names = [f"{part}_{c}" for part in ("heading", "text") for c in LANGUAGES]
        return {name: getattr(self, name) for name in names} | {"priority_id": self.priority_id}


class PassageComment(models.Model):
    """What the house knows of a comment in a consultation, and the one answer that it is owed.

    No passage: it is about the text as a whole. A comment on paper or from a hall is entered by
    an official (`entered_by`); its author is then somebody without an account. The answer is due
    from the moment the comment is public: one that waits for a moderator has none yet.
    """

    class Channel(models.TextChoices):
        WEB = "web", pgettext_lazy("channel of a comment", "on the site")
        HEARING = "hearing", pgettext_lazy("channel of a comment", "at a hearing")
        LETTER = "letter", pgettext_lazy("channel of a comment", "by letter")
        EMAIL = "email", pgettext_lazy("channel of a comment", "by e-mail")
        PHONE = "phone", pgettext_lazy("channel of a comment", "by telephone")

    comment = models.OneToOneField(
        Comment, models.PROTECT, primary_key=True, related_name="in_consultation"
    )
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="comments")
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.WEB)
    received_on = models.DateField(_("received on"))
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer_due = models.OneToOneField(
        AnswerDue, models.PROTECT, null=True, related_name="in_consultation"
    )
    # The passages of later versions that changed because of it.
    changed = models.ManyToManyField(Passage, related_name="because_of")

    class Meta:
        verbose_name = _("comment in a consultation")
        verbose_name_plural = _("comments in consultations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="web", entered_by=None) | ~Q(channel="web"),
                name="passage_comment_on_the_site_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["web", "hearing", "letter", "email", "phone"]),
                name="passage_comment_channel_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
