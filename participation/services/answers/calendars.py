from datetime import date

from django.db import transaction

from accounts.models import User
from participation.models import CalendarDay
from participation.services.answers.clock import recompute_open
from participation.services.answers.errors import ReasonMissing
from participation.services.answers.terms import current_calendar
from participation.services.journal import record

__all__ = ["change_calendar_day", "current_calendar"]


@transaction.atomic
def change_calendar_day(
    *, by: User | None, day: date, is_working: bool, reason: str
) -> CalendarDay:
    """Say of one day, by a legal act, whether one works; every open date is counted anew."""
    if not reason.strip():
        raise ReasonMissing
    changed, _ = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "reason": reason.strip()}
    )
    record(
        kind="participation.calendar_changed",
        actor=by,
        day=day.isoformat(),
        is_working=is_working,
        reason=changed.reason,
    )
    recompute_open(by=by, reason=changed.reason)
    return changed
