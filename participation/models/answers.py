"""Answers that a state body owes: the due, its clock, reminders, drafts and what was answered.

All but drafts and assignments is public, and triggers of the database (migration 0005) keep it:
clock events, reminders and answers are append-only, a date moves only with a clock event, and what
was answered stays answered.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.multilingual import LANGUAGES, first_available
from participation.models.comments import Comment
from participation.models.dossier import Dossier
from participation.models.ruleset import Ruleset
from participation.workdays import Override

OFFICIAL = ("kk", "ru")


class CalendarDay(models.Model):
    """A day that is unlike what the calendar says, by a legal act: a transfer, the date of Eid."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("a working day"))
    reason = models.CharField(_("legal act"), max_length=300)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days of the calendar")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="calendar_day_has_legal_act")
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.reason}"

    @property
    def override(self) -> Override:
        return Override(self.day, self.is_working, self.reason)


class AnswerDueQuerySet(models.QuerySet["AnswerDue"]):
    def public(self) -> AnswerDueQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def open(self) -> AnswerDueQuerySet:
        """Without an answer yet, whether or not the clock runs."""
        return self.filter(answered_on=None)

    def running(self) -> AnswerDueQuerySet:
        return self.open().filter(paused_on=None)

    def overdue(self, today: date) -> AnswerDueQuerySet:
        """Not answered though the last day has passed."""
        return self.running().filter(due_on__lt=today)

    def for_display(self) -> AnswerDueQuerySet:
        return self.select_related("dossier__territory", "addressee", "ruleset").prefetch_related(
            "dossier__texts"
        )


class AnswerDue(models.Model):
    """One answer that one state body owes, and by when.

    `length` counts working days, extensions included. `counted` says how `due_on` came about: each
    day after receipt with its number, or why it was skipped, by the calendar `calendar_version`.
    While the clock stands still (`paused_on`) `due_on` is the date before the pause.
    """

    class State(models.TextChoices):
        """Computed from dates and never stored."""

        RUNNING = "running", _("in time")
        PAUSED = "paused", _("the clock stands still")
        OVERDUE = "overdue", _("overdue")
        ON_TIME = "on_time", _("answered on time")
        LATE = "late", _("answered late")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="answers_due")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="answers_due")
    subject_kk = models.CharField(max_length=300, blank=True)
    subject_ru = models.CharField(max_length=300, blank=True)
    subject_en = models.CharField(max_length=300, blank=True)
    comment = models.ForeignKey(
        Comment, models.PROTECT, null=True, related_name="answers_due", verbose_name=_("comment")
    )
    ruleset = models.ForeignKey(Ruleset, models.PROTECT, related_name="answers_due")
    length = models.PositiveSmallIntegerField(_("working days"))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("due on"))
    paused_on = models.DateField(null=True)
    counted = models.JSONField(default=list)
    calendar_version = models.CharField(max_length=60)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="answers_assigned")
    redirected_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="redirected_to"
    )
    answered_on = models.DateField(null=True)
    days_taken = models.PositiveIntegerField(null=True)
    days_late = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AnswerDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer due")
        verbose_name_plural = _("answers due")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject_kk="", subject_ru="", subject_en=""),
                name="answer_due_has_subject",
            ),
            models.CheckConstraint(
                condition=Q(length__gt=0) & Q(due_on__gt=F("received_on")),
                name="answer_due_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, days_taken=None, days_late=None)
                | Q(
                    answered_on__isnull=False,
                    days_taken__isnull=False,
                    days_late__isnull=False,
                    paused_on=None,
                ),
                name="answer_due_answered_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(answered_on=None), name="answer_due_open_by_date"
            ),
            models.Index(fields=["addressee", "answered_on"]),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("participation:answer-due-detail", args=[self.pk])

    @property
    def path(self) -> str:
        """Below the language prefix, for messages."""
        return f"answers/{self.pk}/"

    @property
    def subject(self) -> str:
        return first_available(
            {language: getattr(self, f"subject_{language}") for language in LANGUAGES}
        )

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    def state_on(self, today: date) -> State:
        if self.is_answered:
            return self.State.LATE if self.days_late else self.State.ON_TIME
        if self.paused_on is not None:
            return self.State.PAUSED
        return self.State.OVERDUE if self.due_on < today else self.State.RUNNING

    @cached_property
    def answer(self) -> Answer | None:
        """The version in force; no query if `answers` is prefetched."""
        return max(self.answers.all(), key=lambda answer: answer.version, default=None)


class ClockEvent(models.Model):
    """Why a date moved or the clock stood still; `new_due` is empty while it does. Append-only."""

    class Kind(models.TextChoices):
        PAUSE = "pause", _("The clock was stopped")
        RESUME = "resume", _("The clock was started again")
        EXTEND = "extend", _("The term was extended")
        RECOMPUTE = "recompute", _("The calendar changed")

    answer_due = models.ForeignKey(AnswerDue, models.PROTECT, related_name="clock_events")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField()
    reason = models.TextField()
    old_due = models.DateField()
    new_due = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event of the clock")
        verbose_name_plural = _("events of the clock")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="clock_event_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="pause", new_due=None) | (~Q(kind="pause") & ~Q(new_due=None)),
                name="clock_event_new_date_unless_paused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind}"


class AnswerReminder(models.Model):
    """A reminder that went out: once for each step, in working days from the due date. Append-only.

    `level` 0 reminds the body; 1 and above escalate. `told` counts the people who were written to.
    """

    answer_due = models.ForeignKey(AnswerDue, models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField()
    level = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    told = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("reminder of an answer")
        verbose_name_plural = _("reminders of answers")
        ordering = ["sent_on", "step"]
        constraints = [
            models.UniqueConstraint(fields=["answer_due", "step"], name="answer_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer_due_id} {self.step:+d}"


class Disposition(models.TextChoices):
    """What a body does with what it was asked."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("Accepted in part")
    REJECTED = "rejected", _("Rejected with reasons")
    REDIRECTED = "redirected", _("Passed on to another body")
    DONE = "done", _("Already done")


class AnswerWords(models.Model):
    """What an answer says; official answers need Kazakh and Russian before publication."""

    disposition = models.CharField(_("decision"), max_length=10, choices=Disposition)
    reasoning_kk = models.TextField(_("reasons in Kazakh"))
    reasoning_ru = models.TextField(_("reasons in Russian"))
    reasoning_en = models.TextField(_("reasons in English"), blank=True)
    change_reference = models.CharField(_("what changes"), max_length=300, blank=True)
    redirected_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_name = models.CharField(_("signed by"), max_length=150)
    signed_post = models.CharField(_("post"), max_length=200)

    class Meta:
        abstract = True


class AnswerDraft(AnswerWords):
    """The one draft of an answer, shared by a body's officers; `revision` counts its savings."""

    answer_due = models.OneToOneField(AnswerDue, models.PROTECT, related_name="draft")
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")

    def __str__(self) -> str:
        return f"{self.answer_due_id} r{self.revision}"


class Answer(AnswerWords):
    """One version of an official answer; a correction is the next one, with its reason.

    Append-only, but for the name of its signatory, which is emptied if that person is erased.
    """

    answer_due = models.ForeignKey(AnswerDue, models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    correction_reason = models.TextField(blank=True)
    responded_on = models.DateField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer_due", "version"], name="answer_one_of_a_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, correction_reason="")
                | (Q(version__gt=1) & ~Q(correction_reason="")),
                name="answer_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reasoning_kk="") & ~Q(reasoning_ru="") & ~Q(signed_post=""),
                name="answer_in_official_languages_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(disposition__in=Disposition.values), name="answer_disposition_known"
            ),
            models.CheckConstraint(
                condition=Q(disposition="redirected", redirected_to__isnull=False)
                | (~Q(disposition="redirected") & Q(redirected_to=None)),
                name="answer_redirect_names_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_due_id} v{self.version}"

    @property
    def texts(self) -> dict[str, str]:
        return {language: getattr(self, f"reasoning_{language}") for language in LANGUAGES}

    @property
    def reasoning(self) -> str:
        return first_available(self.texts)

    @property
    def language(self) -> str:
        """Of the reasoning that the reader is shown."""
        return next((code for code, text in self.texts.items() if text == self.reasoning), "kk")


class AnswerTemplate(models.Model):
    """A common answer, to begin a draft with; without a body it is for all."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="answer_templates"
    )
    name = models.CharField(_("name of the template"), max_length=100)
    disposition = models.CharField(_("decision"), max_length=10, choices=Disposition)
    reasoning_kk = models.TextField(_("reasons in Kazakh"))
    reasoning_ru = models.TextField(_("reasons in Russian"))
    reasoning_en = models.TextField(_("reasons in English"), blank=True)

    class Meta:
        verbose_name = _("template of an answer")
        verbose_name_plural = _("templates of answers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                nulls_distinct=False,
                name="answer_template_named_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def words(self) -> dict[str, Any]:
        """What a draft takes over."""
        fields = ("disposition", "reasoning_kk", "reasoning_ru", "reasoning_en")
        return {name: getattr(self, name) for name in fields}
