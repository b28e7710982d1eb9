"""The official answer: published once, corrected by new versions, never taken back."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from participation.answer_rules import AnswerRules
from participation.kinds import tell_of_answers
from participation.models import Answer, AnswerDraft, AnswerDue, Disposition
from participation.services.answers.errors import (
    AlreadyAnswered,
    AnswerIncomplete,
    ClockStandsStill,
    NotAnswered,
    NotAStateBody,
    PassedInACircle,
    ReasonMissing,
)
from participation.services.answers.registering import register_answer_due
from participation.services.answers.terms import (
    checked_day,
    current_calendar,
    locked,
    pauses_of,
)
from participation.services.following import follow
from participation.services.journal import record
from participation.services.outbox import notify_followers


@dataclass(frozen=True)
class Words:
    """What an answer says, who signs it, and for one passed on: to whom."""

    disposition: str
    reasoning_kk: str
    reasoning_ru: str
    signed_name: str
    signed_post: str
    reasoning_en: str = ""
    change_reference: str = ""
    redirected_to: Organisation | None = None


@transaction.atomic
def publish_answer(
    *, by: User | None, answer_due: AnswerDue, words: Words, on: date | None = None
) -> Answer:
    """Publish the answer; how late it is, in working days, stays beside it for ever.

    One passed on starts a clock of its own at the body it names. Raises AlreadyAnswered,
    AnswerIncomplete, ClockStandsStill, NotAStateBody, PassedInACircle, DayNotPossible.
    """
    due = locked(answer_due)
    if due.is_answered:
        raise AlreadyAnswered
    if due.paused_on is not None:
        raise ClockStandsStill
    day = checked_day(due, on)
    _check_words(due, words)
    answer = _write(due, words, by=by, day=day, version=1)
    calendar = current_calendar()
    due.answered_on = day
    due.days_taken = calendar.working_days_taken(due.received_on, day, pauses_of(due))
    due.days_late = calendar.working_days(due.due_on, day)
    due.save(update_fields=["answered_on", "days_taken", "days_late"])
    AnswerDraft.objects.filter(answer_due=due).delete()
    if words.redirected_to is not None:
        register_answer_due(
            by=by,
            dossier=due.dossier,
            addressee=words.redirected_to,
            ruleset=due.ruleset,
            subjects={"kk": due.subject_kk, "ru": due.subject_ru, "en": due.subject_en},
            received_on=day,
            redirected_from=due,
            comment=due.comment,
        )
    _announce(due, answer, by)
    return answer


@transaction.atomic
def correct_answer(
    *,
    by: User | None,
    answer_due: AnswerDue,
    words: Words,
    reason: str,
    on: date | None = None,
) -> Answer:
    """Publish a new version beside the old one; the day of the first answer goes on counting.

    What was passed on stays passed on. Raises NotAnswered, ReasonMissing, AnswerIncomplete.
    """
    due = locked(answer_due)
    last = due.answers.order_by("-version").first()
    if last is None:
        raise NotAnswered
    if not reason.strip():
        raise ReasonMissing
    is_passed_on = Disposition.REDIRECTED
    if (words.disposition == is_passed_on) != (last.disposition == is_passed_on) or (
        words.redirected_to != last.redirected_to
    ):
        raise AnswerIncomplete(_("A correction cannot change to which body this was passed on."))
    _check_texts(due, words)
    day = checked_day(due, on)
    answer = _write(due, words, by=by, day=day, version=last.version + 1, reason=reason.strip())
    _announce(due, answer, by)
    return answer


def _write(
    due: AnswerDue, words: Words, *, by: User | None, day: date, version: int, reason: str = ""
) -> Answer:
    return Answer.objects.create(
        answer_due=due,
        version=version,
        correction_reason=reason,
        responded_on=day,
        published_by=by,
        disposition=words.disposition,
        reasoning_kk=words.reasoning_kk.strip(),
        reasoning_ru=words.reasoning_ru.strip(),
        reasoning_en=words.reasoning_en.strip(),
        change_reference=words.change_reference.strip(),
        redirected_to=words.redirected_to,
        signed_name=words.signed_name.strip(),
        signed_post=words.signed_post.strip(),
    )


def _check_words(due: AnswerDue, words: Words) -> None:
    _check_texts(due, words)
    to = words.redirected_to
    if (words.disposition == Disposition.REDIRECTED) != (to is not None):
        raise AnswerIncomplete(_("Name the body to which this is passed on."))
    if to is not None and to.helix != Helix.GOVERNMENT:
        raise NotAStateBody
    if to is not None and to.pk in _bodies_so_far(due):
        raise PassedInACircle


def _check_texts(due: AnswerDue, words: Words) -> None:
    if words.disposition not in Disposition.values:
        raise AnswerIncomplete(_("Choose a decision."))
    if not words.reasoning_kk.strip() or not words.reasoning_ru.strip():
        raise AnswerIncomplete(_("An official answer needs its reasons in Kazakh and in Russian."))
    if not words.signed_name.strip() or not words.signed_post.strip():
        raise AnswerIncomplete(_("Say who signs, by name and post."))
    if AnswerRules.from_data(due.ruleset.data).lacks_change(
        words.disposition, words.change_reference
    ):
        raise AnswerIncomplete(_("Say what changes: the passage, the line, the act."))


def _bodies_so_far(due: AnswerDue | None) -> set[int]:
    bodies = set()
    while due is not None:
        bodies.add(due.addressee_id)
        due = due.redirected_from
    return bodies


def _announce(due: AnswerDue, answer: Answer, by: User | None) -> None:
    if by is not None and due.dossier.published_at is not None:
        follow(person=by, dossier=due.dossier)
    notify_followers(
        kind="answer_published",
        dossier=due.dossier,
        organisation=due.addressee,
        actor=by,
        also=[due.comment.author] if due.comment and due.comment.author else [],
        path=due.path,
        answer_due=due.pk,
    )
    texts = "\n".join(answer.texts.values())
    tell_of_answers(due)  # before the record: whoever holds that waits for nothing else
    record(
        kind="participation.answer_published",
        dossier=due.dossier,
        actor=by,
        answer_due=due.pk,
        version=answer.version,
        disposition=answer.disposition,
        responded_on=answer.responded_on.isoformat(),
        due_on=due.due_on.isoformat(),
        days_late=due.days_late,
        text_sha256=hashlib.sha256(texts.encode()).hexdigest(),
        reason=answer.correction_reason,
    )
