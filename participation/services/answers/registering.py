from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Helix, Organisation, User
from participation.answer_rules import AnswerRules
from participation.kinds import tell_of_answers
from participation.models import AnswerDue, Comment, Dossier, Ruleset
from participation.services.answers.desk import officers_of
from participation.services.answers.errors import DayNotPossible, NotAStateBody
from participation.services.answers.terms import as_rows, current_calendar
from participation.services.following import follow
from participation.services.journal import record
from participation.services.outbox import notify


@transaction.atomic
def register_answer_due(
    *,
    by: User | None,
    dossier: Dossier,
    addressee: Organisation,
    ruleset: Ruleset,
    subjects: dict[str, str],
    received_on: date | None = None,
    redirected_from: AnswerDue | None = None,
    comment: Comment | None = None,
    working_days: int | None = None,
) -> AnswerDue:
    """A body owes an answer from the day it received the question; its officers are told.

    `subjects` is what is asked, by language; `comment` is where it was asked, and its author is
    told of the answer. The ruleset is frozen: it is in use from now on. `working_days` makes the
    term shorter than the rules', never longer.
    Raises NotAStateBody, and DayNotPossible for a day to come.
    """
    if addressee.helix != Helix.GOVERNMENT:
        raise NotAStateBody
    received_on = received_on or timezone.localdate()
    if received_on > timezone.localdate():
        raise DayNotPossible
    _freeze(ruleset)
    calendar = current_calendar()
    longest = AnswerRules.from_data(ruleset.data).working_days
    count = calendar.count(received_on, min(working_days or longest, longest))
    due = AnswerDue.objects.create(
        dossier=dossier,
        addressee=addressee,
        subject_kk=subjects.get("kk", ""),
        subject_ru=subjects.get("ru", ""),
        subject_en=subjects.get("en", ""),
        ruleset=ruleset,
        length=count.length,
        received_on=received_on,
        due_on=count.days[-1].day,
        counted=as_rows(count),
        calendar_version=calendar.version,
        redirected_from=redirected_from,
        comment=comment,
    )
    if by is not None and dossier.published_at is not None:
        follow(person=by, dossier=dossier)
    notify(
        kind="answer_due",
        recipients=officers_of([addressee]),
        dossier=dossier,
        path=due.path,
        answer_due=due.pk,
    )
    tell_of_answers(due)  # before the record: whoever holds that waits for nothing else
    _record(due, by)
    return due


def _record(due: AnswerDue, by: User | None) -> None:
    record(
        kind="participation.answer_due",
        dossier=due.dossier,
        actor=by,
        answer_due=due.pk,
        addressee=due.addressee.name_ru,
        received_on=due.received_on.isoformat(),
        due_on=due.due_on.isoformat(),
        working_days=due.length,
        calendar=due.calendar_version,
        redirected_from=due.redirected_from_id,
    )


def _freeze(ruleset: Ruleset) -> None:
    if ruleset.frozen_at is None:
        ruleset.frozen_at = timezone.now()
        ruleset.save(update_fields=["frozen_at"])
