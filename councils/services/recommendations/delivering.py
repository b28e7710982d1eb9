"""Handing a recommendation to state bodies: from that day each of them owes an answer."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from councils.council_rules import CouncilRules
from councils.models import Council, Recommendation
from councils.services.recommendations.errors import (
    DayNotPossible,
    NoBody,
    NotAdopted,
    NothingToClose,
    ReasonMissing,
    TooEarlyToClose,
)
from councils.services.recommendations.states import locked, move
from participation import answer_rules
from participation.models import Ruleset
from participation.services import notify_followers, record
from participation.services.answers import current_calendar, register_answer_due

State = Recommendation.State


@transaction.atomic
def deliver_recommendation(
    *,
    by: User | None,
    recommendation: Recommendation,
    bodies: Sequence[Organisation],
    on: date | None = None,
) -> Recommendation:
    """Each body owes an answer within the working days of the council's rules.

    Raises NotAdopted, NoBody, DayNotPossible, and NotAStateBody of answers.
    """
    recommendation = locked(recommendation)
    if recommendation.state != State.ADOPTED or recommendation.adopted_on is None:
        raise NotAdopted
    if not bodies:
        raise NoBody
    day = on or timezone.localdate()
    if not recommendation.adopted_on <= day <= timezone.localdate():
        raise DayNotPossible
    rules = _answer_rules(recommendation.council)
    subjects = {text.language: text.title for text in recommendation.dossier.texts.all()}
    for body in dict.fromkeys(bodies):
        register_answer_due(
            by=by,
            dossier=recommendation.dossier,
            addressee=body,
            ruleset=rules,
            subjects=subjects,
            received_on=day,
        )
    recommendation.delivered_on = day
    move(recommendation, State.DELIVERED, "delivered_on")
    notify_followers(
        kind="recommendation_delivered",
        dossier=recommendation.dossier,
        actor=by,
        recommendation=recommendation.pk,
    )
    record(
        kind="councils.recommendation_delivered",
        dossier=recommendation.dossier,
        actor=by,
        delivered_on=day.isoformat(),
        bodies=[body.name_ru for body in dict.fromkeys(bodies)],
    )
    return recommendation


def _answer_rules(council: Council) -> Ruleset:
    """Of the kind that answers go by; made once for each number of days and set of steps."""
    rules = CouncilRules.from_data(council.ruleset.data)
    days, steps = rules.answer_days, list(rules.answer_reminders)
    found, _is_new = Ruleset.objects.get_or_create(
        kind=answer_rules.KIND,
        key=f"council-{days}-{'-'.join(map(str, steps))}"[:50],
        version=1,
        defaults={
            "name": f"Ұсыным: {days} жұмыс күні · Рекомендация: {days} рабочих дней",
            "data": {
                "working_days": days,
                "reminders": steps,
                "escalation": {
                    str(step): ["council_secretary"] if level == 0 else BOTH
                    for level, step in enumerate(step for step in steps if step > 0)
                },
                "longest_extension": days,
            },
            "legal_basis": council.ruleset.legal_basis,
        },
    )
    return found


BOTH = ["council_secretary", "organiser"]


@transaction.atomic
def close_unanswered(
    *, by: User | None, recommendation: Recommendation, reason: str, on: date | None = None
) -> Recommendation:
    """Give up waiting after the last escalation; the silence and its days stay visible.

    An answer that comes later still counts. Raises ReasonMissing, NothingToClose, TooEarlyToClose.
    """
    recommendation = locked(recommendation)
    day = on or timezone.localdate()
    if not reason.strip():
        raise ReasonMissing
    silent = list(recommendation.dossier.answers_due.open().filter(comment=None))
    if recommendation.state != State.DELIVERED or not silent:
        raise NothingToClose
    rules = CouncilRules.from_data(recommendation.council.ruleset.data)
    calendar, last = current_calendar(), max(rules.answer_reminders, default=0)
    if any(due.paused_on or calendar.working_days(due.due_on, day) < last for due in silent):
        raise TooEarlyToClose
    recommendation.closed_on, recommendation.closing_reason = day, reason.strip()
    move(recommendation, State.CLOSED_UNANSWERED, "closed_on", "closing_reason")
    notify_followers(
        kind="recommendation_moved",
        dossier=recommendation.dossier,
        actor=by,
        recommendation=recommendation.pk,
    )
    record(
        kind="councils.recommendation_closed",
        dossier=recommendation.dossier,
        actor=by,
        silent=[due.pk for due in silent],
        reason=reason.strip(),
    )
    return recommendation
