"""What people are told of answers, and the names of what the public record says of them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from participation import kinds
from participation.event_kinds import FOLLOWED, EventKind, register
from participation.models import AnswerDue, Event


def register_kinds() -> None:
    """Officers are told at once whatever they prefer: it is their duty. Followers choose."""
    for code, label in (
        ("answer_due", _("An answer is due from your body")),
        ("answer_assigned", _("Answers were handed to you")),
        ("answer_reminder", _("An answer is due soon")),
        ("answer_overdue", _("An answer is overdue")),
    ):
        register(EventKind(code, "", label, is_legal=True, contexts=_rows))
    for code, label in (
        ("answer_published", _("A state body has answered")),
        ("answer_clock", _("The date of an answer has changed")),
    ):
        register(EventKind(code, FOLLOWED, label, contexts=_rows))


def _rows(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The answers due as they stand when the messages are written."""
    rows = AnswerDue.objects.select_related("addressee", "dossier__territory")
    found = rows.in_bulk(
        {event.data["answer_due"] for event in events if "answer_due" in event.data}
    )
    return {event.pk: {"answer_due": found.get(event.data.get("answer_due"))} for event in events}


def register_records() -> None:
    kinds.register_records(
        {
            "participation.answer_due": _("An answer is due from a state body"),
            "participation.answer_clock": _("The date of an answer changed"),
            "participation.answer_overdue": _("An answer is overdue"),
            "participation.answer_published": _("A state body answered"),
            "participation.calendar_changed": _("The calendar of working days changed"),
        }
    )
