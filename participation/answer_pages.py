"""What pages say of an answer that is due: its state, and how its date was counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participation.models import AnswerDue
from participation.workdays import Calendar, Counted, Why

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

TONES = {
    AnswerDue.State.RUNNING: "",
    AnswerDue.State.PAUSED: "warn",
    AnswerDue.State.OVERDUE: "bad",
    AnswerDue.State.ON_TIME: "ok",
    AnswerDue.State.LATE: "bad",
}
# As the package `holidays` names them in English.
HOLIDAYS: dict[str, LazyText] = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Orthodox Christmas": gettext_lazy("Orthodox Christmas"),
    "International Women's Day": gettext_lazy("International Women's Day"),
    "Nowruz Holiday": gettext_lazy("Nauryz"),
    "Kazakhstan's People Solidarity Holiday": gettext_lazy("Day of Unity of the People"),
    "Defender of the Fatherland Day": gettext_lazy("Defender of the Fatherland Day"),
    "Victory Day": gettext_lazy("Victory Day"),
    "Capital Day": gettext_lazy("Capital Day"),
    "Constitution Day": gettext_lazy("Constitution Day"),
    "Republic Day": gettext_lazy("Republic Day"),
    "Independence Day": gettext_lazy("Independence Day"),
    "Eid al-Adha": gettext_lazy("Kurban ait"),
    "First President's Day": gettext_lazy("First President's Day"),
}


@dataclass(frozen=True)
class ToldDay:
    """One day after receipt: its number among working days, or why it was skipped."""

    day: date
    number: int | None
    reason: str


@dataclass(frozen=True)
class Status:
    label: str
    tone: str
    note: str


def told_days(days: Iterable[Counted]) -> list[ToldDay]:
    return [ToldDay(day.day, day.number, _reason(day)) for day in days]


def stored_days(answer_due: AnswerDue) -> list[ToldDay]:
    """How the date that is stored was counted, by the calendar of that time."""
    return told_days(
        Counted(date.fromisoformat(row["day"]), row["number"], Why(row["why"]), row["name"])
        for row in answer_due.counted
    )


def _reason(day: Counted) -> str:
    holiday = str(HOLIDAYS.get(day.name, day.name))
    reasons: dict[Why, str] = {
        Why.PLAIN: "",
        Why.WEEKEND: _("weekend"),
        Why.HOLIDAY: holiday,
        Why.OBSERVED: _("%(holiday)s, moved from a weekend") % {"holiday": holiday},
        Why.ESTIMATED: _("%(holiday)s, the expected date") % {"holiday": holiday},
        Why.TRANSFER: _("exchanged for another day by order of the government"),
        Why.ORDER: day.name,
        Why.PAUSE: _("the clock stood still"),
    }
    return reasons[day.why]


def status_of(answer_due: AnswerDue, today: date, calendar: Calendar | None = None) -> Status:
    """The word for its state; with a calendar also how many working days it is late or has."""
    state = answer_due.state_on(today)
    note = ""
    if state == AnswerDue.State.LATE:
        note = late_by(answer_due.days_late or 0)
    elif state == AnswerDue.State.OVERDUE and calendar is not None:
        note = late_by(calendar.working_days(answer_due.due_on, today))
    return Status(str(state.label), TONES[state], note)


def late_by(days: int) -> str:
    return ngettext("%(days)s working day late", "%(days)s working days late", days) % {
        "days": days
    }


def with_status(
    answers_due: Iterable[AnswerDue], today: date, calendar: Calendar
) -> list[dict[str, Any]]:
    """Rows of a list: each due with its status."""
    return [{"due": due, "status": status_of(due, today, calendar)} for due in answers_due]
