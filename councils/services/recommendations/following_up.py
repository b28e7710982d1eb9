"""What comes of an answer: promises with dates, news, and acts as proof. Never rewritten."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.multilingual import Told
from councils.models import Commitment, ImplementationUpdate, LegalAct, Recommendation
from councils.services.recommendations.errors import (
    ActKnown,
    DatesTurned,
    DayNotPossible,
    NotAnsweredYet,
    NotDelivered,
    TextsMissing,
)
from councils.services.recommendations.states import locked, restate
from participation.models import AnswerDue
from participation.services import follow, notify_followers, record


@transaction.atomic
def add_commitment(
    *,
    by: User | None,
    recommendation: Recommendation,
    answer_due: AnswerDue,
    text: Told,
    due_on: date,
    on: date | None = None,
) -> Commitment:
    """A body promises something by a date. Raises NotAnsweredYet, DatesTurned, TextsMissing."""
    recommendation, day = _delivered(recommendation, text, on)
    answer_due.refresh_from_db(fields=["answered_on", "dossier"])
    if not answer_due.is_answered or answer_due.dossier_id != recommendation.dossier_id:
        raise NotAnsweredYet
    if due_on < day:
        raise DatesTurned
    made = Commitment.objects.create(
        recommendation=recommendation,
        answer_due=answer_due,
        promised_on=day,
        due_on=due_on,
        written_by=by,
        **text.fields("text"),
    )
    _tell(by, recommendation, "councils.commitment_made", due_on=due_on.isoformat(), day=day)
    return made


@transaction.atomic
def add_update(
    *,
    by: User | None,
    recommendation: Recommendation,
    kind: str,
    text: Told,
    commitment: Commitment | None = None,
    on: date | None = None,
) -> ImplementationUpdate:
    """News of it or of one promise. Raises NotDelivered, TextsMissing, DayNotPossible."""
    recommendation, day = _delivered(recommendation, text, on)
    if commitment is not None and commitment.recommendation_id != recommendation.pk:
        raise NotDelivered
    news = ImplementationUpdate.objects.create(
        recommendation=recommendation,
        commitment=commitment,
        kind=kind,
        happened_on=day,
        written_by=by,
        **text.fields("text"),
    )
    _tell(by, recommendation, "councils.news_published", how=kind, day=day)
    return news


@transaction.atomic
def add_act(
    *,
    by: User | None,
    recommendation: Recommendation,
    body: Organisation,
    number: str,
    name: Told,
    adopted_on: date,
    url: str = "",
) -> LegalAct:
    """The act that carries it out. Raises NotDelivered, TextsMissing, ActKnown, DayNotPossible."""
    recommendation, day = _delivered(recommendation, name, adopted_on)
    try:
        with transaction.atomic():
            act = LegalAct.objects.create(
                recommendation=recommendation,
                body=body,
                number=number.strip(),
                adopted_on=day,
                url=url,
                written_by=by,
                **name.fields("name"),
            )
    except IntegrityError as error:
        raise ActKnown from error
    _tell(by, recommendation, "councils.act_adopted", number=act.number, day=day)
    return act


def _delivered(
    recommendation: Recommendation, text: Told, on: date | None
) -> tuple[Recommendation, date]:
    """Locked, once it was delivered, and a day between the delivery and today."""
    recommendation = locked(recommendation)
    if recommendation.delivered_on is None:
        raise NotDelivered
    if not text.is_whole:
        raise TextsMissing
    day = on or timezone.localdate()
    if not recommendation.delivered_on <= day <= timezone.localdate():
        raise DayNotPossible
    return recommendation, day


def _tell(
    by: User | None, recommendation: Recommendation, kind: str, *, day: date, **data: Any
) -> None:
    """Followers, the public record, and the state that follows from it."""
    if by is not None:
        follow(person=by, dossier=recommendation.dossier)
    before = recommendation.state
    record(kind=kind, dossier=recommendation.dossier, actor=by, on=day.isoformat(), **data)
    restate(recommendation)
    if recommendation.state == before:
        notify_followers(
            kind="recommendation_moved",
            dossier=recommendation.dossier,
            actor=by,
            recommendation=recommendation.pk,
        )
