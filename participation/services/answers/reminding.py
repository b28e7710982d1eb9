"""Reminders and escalation: what is due is a query, and each step goes out once."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation.answer_rules import AnswerRules
from participation.models import AnswerDue, AnswerReminder, Role
from participation.rules import with_ancestors
from participation.services.answers.clock import recompute_open
from participation.services.answers.desk import officers_of
from participation.services.answers.terms import current_calendar
from participation.services.journal import record
from participation.services.outbox import notify
from participation.workdays import Calendar


def send_due_reminders(*, today: date | None = None) -> int:
    """Send what is due by today in the time of the site. Returns how many reminders went out.

    Run it as often as wanted, and by several workers at once: each step of each answer goes out
    once. After days without a worker only the latest step is sent.
    """
    calendar = current_calendar()
    if AnswerDue.objects.open().exclude(calendar_version=calendar.version).exists():
        recompute_open(reason=calendar.version)
    today = today or timezone.localdate()
    waiting = AnswerDue.objects.public().running().select_related("ruleset")
    rows = waiting.prefetch_related("reminders").order_by("due_on", "pk")
    return sum(
        _remind(due.pk, today, calendar)
        for due in rows
        if step_to_send(due, today, calendar) is not None
    )


def step_to_send(due: AnswerDue, today: date, calendar: Calendar) -> int | None:
    """The latest step whose day has come and that has not gone out, nor has one after it."""
    sent = max((reminder.step for reminder in due.reminders.all()), default=None)
    is_past = due.due_on < today
    steps = [
        step
        for step in AnswerRules.from_data(due.ruleset.data).reminders
        if (sent is None or step > sent)
        and (step > 0) == is_past
        and calendar.shifted(due.due_on, step) <= today
    ]
    return max(steps, default=None)


@transaction.atomic
def _remind(pk: int, today: date, calendar: Calendar) -> bool:
    rows = AnswerDue.objects.running().select_related("dossier__territory", "ruleset", "assignee")
    due = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    step = step_to_send(due, today, calendar) if due else None
    if due is None or step is None:  # another worker has it, or had it
        return False
    rules = AnswerRules.from_data(due.ruleset.data)
    recipients = _to_be_told(due, rules.escalation.get(step, ()))
    AnswerReminder.objects.create(
        answer_due=due, step=step, level=rules.level(step), sent_on=today, told=len(recipients)
    )
    notify(
        kind="answer_overdue" if step > 0 else "answer_reminder",
        recipients=recipients,
        dossier=due.dossier,
        path=due.path,
        answer_due=due.pk,
    )
    if step > 0:
        record(
            kind="participation.answer_overdue",
            dossier=due.dossier,
            answer_due=due.pk,
            working_days_late=calendar.working_days(due.due_on, today),
            level=rules.level(step),
        )
    return True


def _to_be_told(due: AnswerDue, kinds: tuple[str, ...]) -> list[User]:
    """Who has it in hand, else all officers of the body; and whoever the step escalates to.

    A body without an officer is not a way to be forgotten: then the organisers are told.
    """
    officers = officers_of([due.addressee_id])
    people = [due.assignee] if due.assignee in officers else officers
    if not officers:
        kinds = (*kinds, Role.Kind.ORGANISER)
    roles = Role.objects.in_force().filter(kind__in=kinds, person__is_active=True)
    scoped = roles.filter(dossier=due.dossier) | roles.filter(
        territory__in=with_ancestors(due.dossier.territory)
    )
    above = User.objects.filter(pk__in=scoped.values("person")).order_by("pk")
    return list(dict.fromkeys([*(person for person in people if person), *above]))
