"""What people say about a dossier: threads one level deep, support, files, counts by triggers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, User
from participation.models.dossier import Dossier


class ModerationReason(models.TextChoices):
    """The published list: nothing is reported or hidden for any other reason."""

    INSULT = "insult", _("Insult or humiliation")
    HATRED = "hatred", _("Hatred against a group of people")
    THREAT = "threat", _("Threat or call for violence")
    PRIVACY = "privacy", _("Somebody's personal data")
    ADVERTISING = "advertising", _("Advertising")
    OFF_TOPIC = "off_topic", _("Has nothing to do with the subject")
    REPEATED = "repeated", _("The same text again")
    UNLAWFUL = "unlawful", _("Forbidden by law")


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def for_reader(self, person: User) -> DiscussionQuerySet:
        """Each with `is_backed`: whether this person backs the dossier itself."""
        backed = Support.objects.filter(dossier=OuterRef("dossier"), comment=None)
        return self.annotate(is_backed=_held_by(person, backed))


def _held_by(person: User, supports: models.QuerySet[Support]) -> Exists | Value:
    if not person.is_authenticated:
        return Value(value=False, output_field=models.BooleanField())
    return Exists(supports.filter(person=person))


class Discussion(models.Model):
    """The talk about one dossier: whether it is closed, and its counts.

    A trigger makes the row with its dossier; triggers alone write the counts, so that they hold
    whatever writes comments and nothing is read, added to and written back.
    """

    dossier = models.OneToOneField(
        Dossier, models.PROTECT, primary_key=True, related_name="discussion"
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    comments = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    threads = models.PositiveIntegerField(_("threads"), default=0, editable=False)
    number_for = models.PositiveIntegerField(_("for"), default=0, editable=False)
    number_against = models.PositiveIntegerField(_("against"), default=0, editable=False)
    number_neutral = models.PositiveIntegerField(_("neutral"), default=0, editable=False)
    backers = models.PositiveIntegerField(_("backers"), default=0, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class CommentQuerySet(models.QuerySet["Comment"]):
    def listed(self) -> CommentQuerySet:
        """All that leave a trace in the discussion, stubs included."""
        return self.exclude(state=Comment.State.WAITING)

    def public(self) -> CommentQuerySet:
        """Those whose text everybody may read."""
        return self.filter(state=Comment.State.PUBLIC)

    def threads(self) -> CommentQuerySet:
        return self.filter(parent=None)

    def open_case(self) -> CommentQuerySet:
        """Those that wait for a moderator: reported or held back, and not decided since."""
        from participation.models.moderation import Report

        waiting = Report.objects.filter(comment=OuterRef("pk"), resolved_by=None)
        return self.filter(Exists(waiting), author__isnull=False)

    def for_reader(self, person: User) -> CommentQuerySet:
        """Ready to be shown, with `is_backed`: whether this person supports it."""
        backed = Support.objects.filter(comment=OuterRef("pk"))
        return self.select_related("author", "quoted__author").annotate(
            is_backed=_held_by(person, backed)
        )


class Comment(models.Model):
    """One contribution; `html` is its Markdown rendered and cleaned once.

    A reply hangs on the thread's first comment (`parent`) and may say which reply it answers
    (`quoted`); a trigger keeps threads one level deep and within one dossier, and refuses to
    change or delete what was said other than by editing its text.
    """

    class Position(models.TextChoices):
        FOR = "for", pgettext_lazy("position of a comment", "For")
        AGAINST = "against", pgettext_lazy("position of a comment", "Against")
        NEUTRAL = "neutral", pgettext_lazy("position of a comment", "Neutral")

    class State(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("state of a comment", "public")
        WAITING = "waiting", pgettext_lazy("state of a comment", "waits for a moderator")
        HIDDEN = "hidden", pgettext_lazy("state of a comment", "hidden")
        ERASED = "erased", pgettext_lazy("state of a comment", "erased by its author")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="comments")
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    position = models.CharField(_("position"), max_length=8, choices=Position, blank=True)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    quoted = models.ForeignKey("self", models.PROTECT, null=True, related_name="quoting")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PUBLIC)
    hidden_reason = models.CharField(
        _("reason"), max_length=12, choices=ModerationReason, blank=True
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    number_of_files = models.PositiveSmallIntegerField(default=0, editable=False)
    number_of_replies = models.PositiveIntegerField(default=0, editable=False)
    supporters = models.PositiveIntegerField(_("supporters"), default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=Q(helix__in=Helix.values), name="comment_helix_known"),
            models.CheckConstraint(
                condition=Q(position__in=["", "for", "against", "neutral"]),
                name="comment_position_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["public", "waiting", "hidden", "erased"]),
                name="comment_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="hidden", hidden_reason__in=ModerationReason.values)
                | (~Q(state="hidden") & Q(hidden_reason="")),
                name="comment_hidden_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(author=None, text="", html="", fingerprint="")
                | (Q(author__isnull=False) & ~Q(text="") & ~Q(state="erased")),
                name="comment_without_author_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(position=""), name="comment_position_opens_a_thread"
            ),
            models.CheckConstraint(
                condition=Q(quoted=None) | Q(parent__isnull=False), name="comment_quotes_in_a_reply"
            ),
        ]
        indexes = [
            models.Index(
                fields=["dossier", "-id"],
                condition=Q(parent=None) & ~Q(state="waiting"),
                name="comment_threads_by_age",
            ),
            models.Index(
                fields=["dossier", "-supporters", "-id"],
                condition=Q(parent=None) & ~Q(state="waiting"),
                name="comment_threads_by_support",
            ),
            models.Index(
                fields=["dossier", "position", "-supporters", "-id"],
                condition=Q(parent=None, state="public") & ~Q(position=""),
                name="comment_arguments",
            ),
            models.Index(fields=["parent", "id"], name="comment_replies"),
            models.Index(fields=["author", "-created_at"], name="comment_by_author"),
            models.Index(
                fields=["fingerprint", "-created_at"],
                condition=~Q(fingerprint=""),
                name="comment_same_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("participation:comment-detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLIC

    @property
    def is_thread(self) -> bool:
        return self.parent_id is None

    @property
    def editable_until(self) -> datetime:
        return self.created_at + timedelta(minutes=settings.COMMENT_EDIT_MINUTES)

    def is_editable_by(self, person: User, moment: datetime) -> bool:
        return (
            person.pk is not None
            and person.pk == self.author_id
            and self.state in (self.State.PUBLIC, self.State.WAITING)
            and moment < self.editable_until
        )


class CommentVersion(models.Model):
    """A wording that an edit replaced, public while its comment is; it can only be emptied."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    html = models.TextField(editable=False)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("version of a comment")
        verbose_name_plural = _("versions of comments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="comment_version_one_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} v{self.number}"


class Support(models.Model):
    """ "I back this": of a person, for a comment or (comment empty) for the dossier itself.

    Not a position, not a score, not a vote.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="supports")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supports")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="supports")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "comment", "person"],
                nulls_distinct=False,
                name="support_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.comment_id or self.dossier_id}"
