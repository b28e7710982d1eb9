"""Writing and editing comments: what is said stands at once, or waits for a moderator."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services import helix_of
from participation.errors import Refused
from participation.kinds import kind_named
from participation.markdown import to_html
from participation.models import (
    Comment,
    CommentVersion,
    Discussion,
    Dossier,
    ModerationReason,
    Report,
    Support,
)
from participation.services.attachments import attach
from participation.services.following import follow
from participation.services.journal import record
from participation.services.outbox import notify, notify_followers
from participation.uploads import Upload
from participation.wording import fingerprint, language_of, number_of_links

REPEATED_WITHIN = timedelta(days=7)


class NotSignedIn(Refused):
    message = _("Sign in to take part in the discussion.")


class DiscussionClosed(Refused):
    message = _("The discussion is closed.")
    way_out = _("Everything that was said can be read.")


class NotPublished(Refused):
    message = _("This is not published yet: the discussion opens with it.")


class SlowedDown(Refused):
    message = _("A new account writes only a few comments in an hour.")
    way_out = _("Wait an hour; the limit ends a day after you signed up.")


class TooManyLinks(Refused):
    way_out = _("Leave out some of them, or put a list into a file.")

    def __init__(self) -> None:
        most = settings.COMMENT_MOST_LINKS
        message = ngettext(
            "A comment holds at most %(number)s link.",
            "A comment holds at most %(number)s links.",
            most,
        )
        super().__init__(message % {"number": most})


class EditingOver(Refused):
    message = _("The time for editing is over: others may have answered.")
    way_out = _("Add a reply to what you wrote.")


class NothingToAnswer(Refused):
    message = _("What you answer is not there any more.")


class OwnComment(Refused):
    message = _("You wrote this yourself: support is for others to give.")


def why_not_comment(*, person: User, discussion: Discussion) -> Refused | None:
    """What stands in the place of the form, or None where the person may write now."""
    if discussion.is_closed:
        return DiscussionClosed()
    if not person.is_authenticated:
        return NotSignedIn()
    return SlowedDown() if _is_slowed_down(person) else None


def _is_slowed_down(person: User) -> bool:
    now = timezone.now()
    if person.joined_at < now - timedelta(hours=settings.NEW_ACCOUNT_HOURS):
        return False
    lately = Comment.objects.filter(author=person, created_at__gt=now - timedelta(hours=1))
    return bool(lately.count() >= settings.NEW_ACCOUNT_COMMENTS_AN_HOUR)


@transaction.atomic
def write_comment(
    *,
    by: User,
    dossier: Dossier,
    text: str,
    page_language: str,
    position: str = "",
    answers: Comment | None = None,
    uploads: Sequence[Upload] = (),
    keep: Callable[[Comment], None] | None = None,
) -> Comment:
    """Publish a comment, or hold it back for a moderator if the same text was said before.

    `answers` is the comment replied to: a reply to a reply joins the same thread and quotes it.
    `keep` writes what an app knows besides, before anybody is told of the comment.
    Raises DiscussionClosed, SlowedDown, TooManyLinks, NothingToAnswer, NotPublished.
    """
    # One person's comments come one after the other, so that limits and repetitions are seen.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if dossier.published_at is None:
        raise NotPublished
    discussion = Discussion.objects.select_for_update(no_key=True).get(dossier=dossier)
    if refusal := why_not_comment(person=by, discussion=discussion):
        raise refusal
    _check_links(text)
    parent = _thread_of(answers, dossier) if answers else None
    mark = fingerprint(text)
    comment = Comment.objects.create(
        dossier=dossier,
        author=by,
        helix=helix_of(by, timezone.localdate()),
        position="" if parent else position,
        language=language_of(text, page_language),
        text=text,
        html=to_html(text),
        fingerprint=mark,
        parent=parent,
        quoted=answers if answers and answers.parent_id else None,
        number_of_files=len(uploads),
        state=Comment.State.WAITING if _was_said_before(mark) else Comment.State.PUBLIC,
    )
    attach(by=by, dossier=dossier, comment=comment, uploads=uploads)
    follow(person=by, dossier=dossier)
    if keep is not None:
        keep(comment)
    if comment.is_public:
        announce_comment(comment)
    else:
        Report.objects.create(comment=comment, reporter=None, reason=ModerationReason.REPEATED)
    return comment


@transaction.atomic
def enter_comment(
    *,
    speaker: User,
    dossier: Dossier,
    helix: str,
    text: str,
    page_language: str,
    written_at: datetime,
    keep: Callable[[Comment], None],
) -> Comment:
    """Publish what somebody said on paper or in a hall, as an office enters it.

    Many may say the same in the same words and each is heard, so nothing is held back.
    Raises NotPublished.
    """
    if dossier.published_at is None:
        raise NotPublished
    Discussion.objects.select_for_update(no_key=True).get(dossier=dossier)
    comment = Comment.objects.create(
        dossier=dossier,
        author=speaker,
        helix=helix,
        language=language_of(text, page_language),
        text=text,
        html=to_html(text),
        created_at=written_at,
    )
    keep(comment)
    announce_comment(comment)
    return comment


def _thread_of(answers: Comment, dossier: Dossier) -> Comment:
    answers = Comment.objects.select_related("parent").get(pk=answers.pk)
    thread = answers.parent or answers
    if answers.dossier_id != dossier.pk or not answers.is_public:
        raise NothingToAnswer
    return thread


def _check_links(text: str) -> None:
    if number_of_links(text) > settings.COMMENT_MOST_LINKS:
        raise TooManyLinks


def _was_said_before(mark: str) -> bool:
    since = timezone.now() - REPEATED_WITHIN
    return bool(mark) and Comment.objects.filter(fingerprint=mark, created_at__gt=since).exists()


def announce_comment(comment: Comment) -> None:
    """Hand it to the app whose dossier it is about; tell whom it answers, and the followers.

    Messages name the row only.
    """
    take = kind_named(comment.dossier.kind).on_thread
    if take is not None and comment.is_thread:
        take(comment)
    told: dict[str, Any] = {"comment": comment.pk, "path": f"comments/{comment.pk}/"}
    answered = comment.quoted or comment.parent
    if answered and answered.author and answered.author != comment.author:
        notify(
            kind="comment_answered",
            recipients=[answered.author],
            dossier=comment.dossier,
            actor=comment.author,
            **told,
        )
    if comment.is_thread:
        notify_followers(
            kind="comment_written", dossier=comment.dossier, actor=comment.author, **told
        )


@transaction.atomic
def edit_comment(*, by: User, comment: Comment, text: str) -> Comment:
    """Replace the text within the time for editing; what stood before stays readable.

    Raises EditingOver, TooManyLinks.
    """
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    now = timezone.now()
    if not comment.is_editable_by(by, now):
        raise EditingOver
    _check_links(text)
    if text == comment.text:
        return comment
    CommentVersion.objects.create(
        comment=comment,
        number=comment.versions.count() + 1,
        text=comment.text,
        html=comment.html,
        written_at=comment.edited_at or comment.created_at,
    )
    comment.text, comment.html, comment.edited_at = text, to_html(text), now
    comment.fingerprint = fingerprint(text)
    comment.language = language_of(text, comment.language)
    comment.save(update_fields=["text", "html", "edited_at", "fingerprint", "language"])
    return comment


@transaction.atomic
def set_support(*, by: User, dossier: Dossier, comment: Comment | None, is_given: bool) -> None:
    """Give or withdraw "I back this" for a comment, or for the dossier itself. Twice is once.

    Raises OwnComment, NothingToAnswer for what is not public, and what the kind of dossier refuses.
    """
    if not is_given:
        Support.objects.filter(person=by, dossier=dossier, comment=comment).delete()
        return
    if dossier.published_at is None or (comment is not None and not comment.is_public):
        raise NothingToAnswer
    if comment is not None and comment.author_id == by.pk:
        raise OwnComment
    if comment is None and (check := dossier.kind_info.on_support):
        check(dossier)
    Support.objects.bulk_create(
        [Support(person=by, dossier=dossier, comment=comment)], ignore_conflicts=True
    )
    follow(person=by, dossier=dossier)


@transaction.atomic
def close_discussion(*, by: User, dossier: Dossier, is_closed: bool) -> None:
    """End the discussion, or open it again. Whoever writes at this moment is through before."""
    discussion = Discussion.objects.select_for_update(no_key=True).get(dossier=dossier)
    if discussion.is_closed == is_closed:
        return
    discussion.closed_at = timezone.now() if is_closed else None
    discussion.save(update_fields=["closed_at"])
    kind = "discussion_closed" if is_closed else "discussion_opened"
    record(kind=f"participation.{kind}", dossier=dossier, actor=by)
