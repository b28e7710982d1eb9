"""What happens at a hearing: who speaks for how long, what is asked, what is sent in writing.

Nothing of it is ever deleted; words stay as they were said (triggers of migration 0005).
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from councils.models.hearings import HearingRegistration
from councils.models.meetings import Meeting
from participation.models import AnswerDue


class SpeakerSlot(models.Model):
    """One speech. `spoken` are its seconds up to the last pause; `running_since` is set while it
    goes on. A unique key lets only one person have the floor."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("speaker", "Waits")
        CALLED = "called", pgettext_lazy("speaker", "Called")
        SPEAKING = "speaking", pgettext_lazy("speaker", "Speaks")
        PAUSED = "paused", pgettext_lazy("speaker", "Interrupted")
        DONE = "done", pgettext_lazy("speaker", "Has spoken")
        SKIPPED = "skipped", pgettext_lazy("speaker", "Passed over")

    class Kind(models.TextChoices):
        CONTRIBUTION = "contribution", _("Contribution")
        PRO = "pro", pgettext_lazy("speech", "For")
        CONTRA = "contra", pgettext_lazy("speech", "Against")
        QUESTION = "question", pgettext_lazy("speech", "Question")
        ANSWER = "answer", pgettext_lazy("speech", "Answer")
        EXPERT = "expert", pgettext_lazy("speech", "Expert opinion")

    ON_THE_FLOOR = (State.CALLED, State.SPEAKING, State.PAUSED)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="speakers")
    number = models.PositiveSmallIntegerField(_("number"))
    registration = models.ForeignKey(
        HearingRegistration, models.PROTECT, null=True, related_name="speeches"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    seconds = models.PositiveSmallIntegerField(_("seconds allowed"))
    spoken = models.PositiveIntegerField(_("seconds spoken"), default=0)
    queued_at = models.DateTimeField(_("asked to speak"))
    called_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    running_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="speaker_number_unique"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state__in=["called", "speaking", "paused"]),
                name="speaker_one_on_the_floor",
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state__in=["queued", "called", "speaking", "paused"]),
                name="speaker_queues_once",
            ),
            models.CheckConstraint(
                condition=Q(state="speaking", running_since__isnull=False)
                | ~Q(state="speaking") & Q(running_since=None),
                name="speaker_runs_while_speaking",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "called", "skipped"]) | Q(began_at__isnull=False),
                name="speaker_began_before_speaking",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "skipped"]) | Q(ended_at__isnull=False),
                name="speaker_ended_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def shown_name(self) -> str:
        """Empty for somebody whose data were erased."""
        return self.name or (self.registration.shown_name if self.registration else "")

    def spoken_at(self, now: datetime) -> int:
        """Seconds so far, the running ones included."""
        if self.running_since is None:
            return self.spoken
        return self.spoken + max(0, int((now - self.running_since).total_seconds()))


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> QuestionQuerySet:
        """All but those that nobody has read yet."""
        return self.exclude(state=Question.State.WAITING)

    def with_support(self) -> QuestionQuerySet:
        """Each with `wanted`: how many want its answer."""
        return self.annotate(wanted=models.Count("votes"))

    def unsettled(self) -> QuestionQuerySet:
        return self.filter(state__in=[Question.State.WAITING, Question.State.SHOWN])


class Question(models.Model):
    """Asked at a hearing; in the end answered aloud, to be answered in writing, or declined."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("question", "Not read yet")
        SHOWN = "shown", pgettext_lazy("question", "Waits for an answer")
        ANSWERED = "answered", pgettext_lazy("question", "Answered at the hearing")
        IN_WRITING = "in_writing", pgettext_lazy("question", "To be answered in writing")
        DECLINED = "declined", pgettext_lazy("question", "Not put")

    class Declined(models.TextChoices):
        REPEATED = "repeated", _("repeats another question")
        OFF_MATTER = "off_matter", _("not about the matter of this hearing")
        ABUSIVE = "abusive", _("insults somebody")
        PRIVATE = "private", _("tells of a person's private life")

    # Of these the words are not shown, only that there was a question, and why it was not put.
    HIDDEN = (Declined.ABUSIVE, Declined.PRIVATE)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("question"), max_length=600)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="hearing_questions")
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    answer = models.TextField(_("what was answered"), blank=True)
    answer_language = models.CharField(_("language of the answer"), max_length=2, blank=True)
    answered_by = models.CharField(_("who answered"), max_length=200, blank=True)
    # From the beginning of the hearing: where to find it in the recording.
    second = models.PositiveIntegerField(_("second of the hearing"), null=True)
    declined_because = models.CharField(
        _("why it was not put"), max_length=10, choices=Declined, blank=True
    )
    answer_due = models.OneToOneField(
        AnswerDue, models.PROTECT, null=True, related_name="hearing_question"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question at a hearing")
        verbose_name_plural = _("questions at hearings")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="question_number_unique"),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer="") & Q(second__isnull=False),
                name="question_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="in_writing", answer_due__isnull=False)
                | ~Q(state="in_writing") & Q(answer_due=None),
                name="question_in_writing_has_a_due",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(declined_because="")
                | ~Q(state="declined") & Q(declined_because=""),
                name="question_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def is_hidden(self) -> bool:
        return self.declined_because in self.HIDDEN

    @property
    def clock(self) -> str:
        """12:05 or 1:12:05 from the beginning; empty where it was not answered aloud."""
        if self.second is None:
            return ""
        minutes, seconds = divmod(self.second, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class QuestionVote(models.Model):
    """One person, or one phone without an account, wants a question answered."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="votes")
    voter = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support of a question")
        verbose_name_plural = _("supports of questions")
        constraints = [
            models.UniqueConstraint(fields=["question", "voter"], name="question_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def public(self) -> SubmissionQuerySet:
        """Whose authors let it be published, with those withdrawn, which show only their reason."""
        return self.filter(may_publish=True)


class Submission(models.Model):
    """A written word to a hearing. Withdrawn it leaves its number and the reason; never deleted."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="hearing_submissions")
    name = models.CharField(_("name"), max_length=150, blank=True)
    contact = models.CharField(_("e-mail or telephone"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"), blank=True)
    may_publish = models.BooleanField(_("may be published"), default=False)
    code = models.CharField(max_length=32, unique=True)
    received_at = models.DateTimeField(_("received"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("written submission")
        verbose_name_plural = _("written submissions")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="submission_number_unique"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="") & ~Q(text="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="submission_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def tracking_number(self) -> str:
        return f"{self.meeting.dossier.reference}-{self.number:03}"


def _unguessable(file: SubmissionFile, _name: str) -> str:
    """Nothing of the sender's name for the file reaches the disk."""
    return f"submissions/{file.key.hex[:2]}/{uuid.uuid4().hex}"


class SubmissionFile(models.Model):
    """Its address is a random key and answers only while the submission is public."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("size in bytes"))
    file = models.FileField(upload_to=_unguessable, max_length=200)

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
