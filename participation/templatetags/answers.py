"""Answers on the page of the dossier that they are about."""

from collections.abc import Collection
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.translation import ngettext

from participation.answer_pages import status_of
from participation.models import AnswerDue, Dossier
from participation.services.answers import current_calendar

register = template.Library()


@register.inclusion_tag("components/answers_due.html", takes_context=True)
def answers_due(
    context: Context, dossier: Dossier, leave_out: Collection[int] = ()
) -> dict[str, Any]:
    """Official answers in full, and what is still owed with its date; 1 query where there is none.

    `leave_out` names those that the page shows in words of its own.
    Organisers (a page tells by `may_review` or `may_organise`) get a button to ask for one.
    """
    rows = dossier.answers_due.select_related("addressee").order_by("received_on", "pk")
    answers = rows.prefetch_related("answers__redirected_to")
    found = [due for due in answers if due.pk not in leave_out]
    today = timezone.localdate()
    is_late = any(due.state_on(today) == AnswerDue.State.OVERDUE for due in found)
    calendar = current_calendar() if is_late else None
    runs_it = context.get("may_review") or context.get("may_organise")
    person = context.get("user")
    return {
        "dossier": dossier,
        "found": [{"due": due, "status": status_of(due, today, calendar)} for due in found],
        "may_register": bool(
            runs_it and person and person.has_perm("participation.register_answer_due", dossier)
        ),
    }


@register.filter
def working_days(number: int) -> str:
    """3 → 3 working days."""
    return ngettext("%(days)s working day", "%(days)s working days", number) % {"days": number}
