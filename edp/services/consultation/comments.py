"""Comments of a consultation, from the site, from paper and halls; each is owed an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.multilingual import LANGUAGES
from edp.models import Consultation, Passage, PassageComment
from edp.services.consultation.errors import ConsultationClosed, DayNotPossible
from participation.models import Comment
from participation.services.answers import register_answer_due
from participation.services.comments import enter_comment, write_comment
from participation.services.journal import record
from participation.uploads import Upload

Channel = PassageComment.Channel


@transaction.atomic
def comment_on_passage(
    *,
    by: User,
    consultation: Consultation,
    passage: Passage | None,
    text: str,
    page_language: str,
    position: str = "",
    uploads: Sequence[Upload] = (),
) -> Comment:
    """Say something of a passage, or of the whole text. Raises ConsultationClosed and whatever
    participation.services.comments.write_comment does."""
    today = timezone.localdate()
    consultation = _open_now(consultation, today)
    row = PassageComment(consultation=consultation, passage=passage, received_on=today)
    return write_comment(
        by=by,
        dossier=consultation.dossier,
        text=text,
        page_language=page_language,
        position=position,
        uploads=uploads,
        keep=lambda comment: _keep(row, comment),
    )


def _open_now(consultation: Consultation, day: date) -> Consultation:
    """Under a lock: the close waits for what is being said, and this for the close."""
    rows = Consultation.objects.select_for_update(of=("self",), no_key=True)
    consultation = rows.select_related("dossier").get(pk=consultation.pk)
    if not consultation.takes_part_on(day):
        raise ConsultationClosed
    return consultation


def _keep(row: PassageComment, comment: Comment) -> None:
    row.comment = comment
    row.save(force_insert=True)


@dataclass(frozen=True)
class Heard:
    """One comment as an office received it; `speaker` is how its author is to be named."""

    speaker: str
    helix: str
    text: str
    received_on: date
    channel: str
    passage: Passage | None = None
    language: str = "ru"


@transaction.atomic
def enter_heard(*, by: User | None, consultation: Consultation, heard: Heard) -> Comment:
    """Enter what came by letter, e-mail or telephone or was said at a hearing, for its author.

    Whoever said it needs no account: a person without sign-in is made, who can be erased like
    any other. The term of the answer runs from the day it was received.
    Raises ConsultationClosed, DayNotPossible.
    """
    consultation = Consultation.objects.select_for_update(of=("self",), no_key=True).get(
        pk=consultation.pk
    )
    # What came in time may be entered later, while the answers are being written.
    if consultation.state not in (Consultation.State.OPEN, Consultation.State.CLOSED):
        raise ConsultationClosed
    last = min(consultation.closes_on, timezone.localdate())
    if not consultation.opens_on <= heard.received_on <= last:
        raise DayNotPossible
    row = PassageComment(
        consultation=consultation,
        passage=heard.passage,
        channel=heard.channel,
        received_on=heard.received_on,
        entered_by=by,
    )
    comment = enter_comment(
        speaker=_speaker(heard),
        dossier=consultation.dossier,
        helix=heard.helix,
        text=heard.text,
        page_language=heard.language,
        written_at=_noon(heard.received_on),
        keep=lambda comment: _keep(row, comment),
    )
    record(
        kind="edp.comment_entered",
        dossier=consultation.dossier,
        actor=by,
        comment=comment.pk,
        channel=heard.channel,
    )
    return comment


def _speaker(heard: Heard) -> User:
    return User.objects.create_user(
        f"{uuid4().hex}@speakers.invalid",
        name=heard.speaker,
        language=heard.language,
        is_active=False,
    )


def _noon(day: date) -> datetime:
    return min(timezone.now(), timezone.make_aware(datetime.combine(day, time(12))))


def owe_answer(comment: Comment) -> None:
    """The decider owes an answer from now on; called as the comment becomes public.

    Raises ConsultationClosed for one that was not written while the consultation was open.
    """
    row = PassageComment.objects.filter(comment=comment).first()
    consultation = Consultation.objects.select_related("dossier", "decider", "answer_rules").get(
        dossier=comment.dossier_id
    )
    written_on = timezone.localdate(comment.created_at)
    if row is None:
        if not consultation.takes_part_on(written_on):
            raise ConsultationClosed
        row = PassageComment(comment=comment, consultation=consultation, received_on=written_on)
        row.save(force_insert=True)
    if row.answer_due_id is not None:
        return
    was_held_back = comment.decisions.exists()
    row.answer_due = register_answer_due(
        by=None,
        dossier=consultation.dossier,
        addressee=consultation.decider,
        ruleset=consultation.answer_rules,
        subjects=_subjects(row),
        received_on=timezone.localdate() if was_held_back else row.received_on,
        comment=comment,
    )
    row.save(update_fields=["answer_due"])


def _subjects(row: PassageComment) -> dict[str, str]:
    """Which comment, never its words: what is asked stays when its author is erased."""
    subjects = {}
    for language in LANGUAGES:
        with translation.override(language):
            subjects[language] = _subject(row)
    return subjects


def _subject(row: PassageComment) -> str:
    if row.passage is None:
        return _("Comment %(comment)s on the whole text") % {"comment": row.comment_id}
    return _("Comment %(comment)s on passage %(passage)s, “%(heading)s”") % {
        "comment": row.comment_id,
        "passage": row.passage.number,
        "heading": row.passage.heading,
    }
