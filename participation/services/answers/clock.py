"""The clock of an answer: stopped, started again, extended, counted anew. Each with its reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation.answer_rules import AnswerRules
from participation.models import AnswerDue, ClockEvent
from participation.services.answers.errors import (
    AlreadyAnswered,
    ClockRuns,
    ClockStandsStill,
    DateHasPassed,
    ExtensionTooLong,
    ReasonMissing,
)
from participation.services.answers.terms import (
    as_rows,
    checked_day,
    counted_out,
    current_calendar,
    locked,
    pauses_of,
)
from participation.services.journal import record
from participation.services.outbox import notify_followers
from participation.workdays import Calendar, Pause


@transaction.atomic
def pause_clock(
    *, by: User | None, answer_due: AnswerDue, reason: str, on: date | None = None
) -> AnswerDue:
    """Stop the clock: from this day on none is counted. Not once the date has passed."""
    due, day = _movable(answer_due, reason, on)
    _tell(due, ClockEvent.Kind.PAUSE, by, reason, day, new_due=None)
    due.paused_on = day
    due.counted = as_rows(counted_out(due, current_calendar()))
    due.save(update_fields=["paused_on", "counted"])
    return due


@transaction.atomic
def resume_clock(
    *, by: User | None, answer_due: AnswerDue, reason: str, on: date | None = None
) -> AnswerDue:
    """Start it again: this day is a day zero, the days that were left are counted after it."""
    due = locked(answer_due)
    _check_reason(due, reason)
    if due.paused_on is None:
        raise ClockRuns
    day = checked_day(due, on)
    calendar = current_calendar()
    new_due = _due_after(due, day, calendar)
    _tell(due, ClockEvent.Kind.RESUME, by, reason, day, new_due=new_due)
    due.paused_on = None
    _store(due, calendar)
    return due


@transaction.atomic
def extend_clock(
    *,
    by: User | None,
    answer_due: AnswerDue,
    working_days: int,
    reason: str,
    on: date | None = None,
) -> AnswerDue:
    """More working days, within what the ruleset allows in all, before the date has passed."""
    due, day = _movable(answer_due, reason, on)
    rules = AnswerRules.from_data(due.ruleset.data)
    left = rules.longest_extension - (due.length - rules.working_days)
    if not 1 <= working_days <= left:
        raise ExtensionTooLong(
            _("The rules allow %(days)s more working days.") % {"days": max(left, 0)}
        )
    calendar = current_calendar()
    due.length += working_days
    new_due = counted_out(due, calendar).due_on
    _tell(due, ClockEvent.Kind.EXTEND, by, reason, day, new_due=new_due)
    _store(due, calendar)
    return due


@transaction.atomic
def recompute_open(*, by: User | None = None, reason: str) -> int:
    """Count every open date anew after the calendar changed. Returns how many moved."""
    calendar = current_calendar()
    moved = 0
    rows = AnswerDue.objects.open().order_by("pk").prefetch_related("clock_events")
    for due in rows.select_related("dossier").select_for_update(of=("self",)):
        count = counted_out(due, calendar)
        if count.due_on not in (None, due.due_on):
            today = timezone.localdate()
            _tell(due, ClockEvent.Kind.RECOMPUTE, by, reason, today, new_due=count.due_on)
            moved += 1
        _store(due, calendar)
    return moved


def _movable(answer_due: AnswerDue, reason: str, on: date | None) -> tuple[AnswerDue, date]:
    """Locked, with its clock running and its date ahead, and the day of the act."""
    due = locked(answer_due)
    _check_reason(due, reason)
    if due.paused_on is not None:
        raise ClockStandsStill
    day = checked_day(due, on)
    if due.due_on < day:
        raise DateHasPassed
    return due, day


def _check_reason(due: AnswerDue, reason: str) -> None:
    if due.is_answered:
        raise AlreadyAnswered
    if not reason.strip():
        raise ReasonMissing


def _due_after(due: AnswerDue, day: date, calendar: Calendar) -> date:
    """What is due once the open pause ends on `day`."""
    *before, still = pauses_of(due)
    pauses = [*before, Pause(still.begin, day)]
    return calendar.count(due.received_on, due.length, pauses).days[-1].day


def _store(due: AnswerDue, calendar: Calendar) -> None:
    count = counted_out(due, calendar)
    due.due_on = count.due_on or due.due_on
    due.counted, due.calendar_version = as_rows(count), calendar.version
    due.save(update_fields=["due_on", "length", "paused_on", "counted", "calendar_version"])


def _tell(
    due: AnswerDue,
    kind: str,
    by: User | None,
    reason: str,
    day: date,
    *,
    new_due: date | None,
) -> None:
    ClockEvent.objects.create(
        answer_due=due,
        kind=kind,
        happened_on=day,
        reason=reason.strip(),
        old_due=due.due_on,
        new_due=new_due,
        by=by,
    )
    notify_followers(
        kind="answer_clock", dossier=due.dossier, actor=by, path=due.path, answer_due=due.pk
    )
    record(
        kind="participation.answer_clock",
        dossier=due.dossier,
        actor=by,
        answer_due=due.pk,
        act=str(kind),
        reason=reason.strip(),
        old_due=due.due_on.isoformat(),
        new_due=new_due.isoformat() if new_due else None,
    )
