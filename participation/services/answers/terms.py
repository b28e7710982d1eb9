"""From rows to the pure calendar and back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from participation.models import AnswerDue, CalendarDay, ClockEvent
from participation.services.answers.errors import DayNotPossible
from participation.workdays import Calendar, Count, Pause


def current_calendar() -> Calendar:
    return Calendar(tuple(day.override for day in CalendarDay.objects.all()))


def pauses_of(answer_due: AnswerDue) -> list[Pause]:
    """From the clock's events; the last one is open while the clock stands still."""
    pauses: list[Pause] = []
    for event in answer_due.clock_events.all():
        if event.kind == ClockEvent.Kind.PAUSE:
            pauses.append(Pause(event.happened_on))
        elif event.kind == ClockEvent.Kind.RESUME:
            pauses[-1] = Pause(pauses[-1].begin, event.happened_on)
    return pauses


def counted_out(answer_due: AnswerDue, calendar: Calendar) -> Count:
    return calendar.count(answer_due.received_on, answer_due.length, pauses_of(answer_due))


def as_rows(count: Count) -> list[dict[str, Any]]:
    """How a date was counted, to be stored beside it."""
    return [{**asdict(day), "day": day.day.isoformat()} for day in count.days]


def locked(answer_due: AnswerDue) -> AnswerDue:
    """Looked at again under a lock: what happened meanwhile counts."""
    return (
        AnswerDue.objects.select_for_update(of=("self",))
        .select_related("dossier__territory", "addressee", "ruleset", "comment__author")
        .get(pk=answer_due.pk)
    )


def checked_day(answer_due: AnswerDue, on: date | None) -> date:
    """Today unless another day is named. Raises DayNotPossible."""
    today = timezone.localdate()
    day = on or today
    last = answer_due.clock_events.exclude(kind=ClockEvent.Kind.RECOMPUTE).last()
    earliest = last.happened_on if last else answer_due.received_on
    if not max(answer_due.received_on, earliest) <= day <= today:
        raise DayNotPossible
    return day
