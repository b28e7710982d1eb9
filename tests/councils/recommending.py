"""Motions that were adopted and recommendations at any step, past meetings and votes."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from accounts.models import Organisation
from accounts.multilingual import Told
from councils import phases
from councils.models import AgendaItem, Council, Meeting, Motion, Recommendation
from councils.services.recommendations import (
    Proof,
    add_evidence,
    adopt_recommendation,
    deliver_recommendation,
    draft_recommendation,
)
from participation.models import AnswerDue
from participation.services import Wording, create_dossier, publish_dossier
from tests.participation.answers import make_body

ALMATY = ZoneInfo("Asia/Almaty")
VOTED, DELIVERED = date(2026, 5, 14), date(2026, 5, 15)
WORDS = [
    Wording("kk", "Аялдамаларды өзгерту", "Үш аялдама"),
    Wording("ru", "Изменить остановки", "Три остановки"),
    Wording("en", "Change the stops", "Three stops"),
]
PAPER = Proof("document", "Слова из протокола", url="https://example.org/protocol", number="12")
SAID = Told("Қазақша", "По-русски", "In English")


def make_meeting(council: Council, on: date = VOTED, *, number: int | None = None) -> Meeting:
    number = number or council.meetings.count() + 1
    dossier = create_dossier(
        kind=phases.MEETING,
        territory=council.dossier.territory,
        state="held",
        path=f"councils/{council.slug}/meetings/{number}/",
        wordings=[Wording("kk", "Отырыс"), Wording("ru", "Заседание"), Wording("en", "Meeting")],
    )
    publish_dossier(dossier=dossier)
    starts = datetime.combine(on, datetime.min.time(), ALMATY).replace(hour=15)
    return Meeting.objects.create(
        dossier=dossier,
        council=council,
        number=number,
        kind="meeting",
        state="held",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )


def make_motion(council: Council, on: date = VOTED, *, state: str = "adopted") -> Motion:
    meeting = make_meeting(council, on)
    item = AgendaItem.objects.create(
        meeting=meeting, number=1, name_kk="Көлік", name_ru="Транспорт"
    )
    return Motion.objects.create(
        item=item, number=1, text_kk="Ұсыну", text_ru="Рекомендовать", state=state
    )


def draft(council: Council, **fields: Any) -> Recommendation:
    found = draft_recommendation(by=None, council=council, wordings=WORDS, **fields)
    add_evidence(by=None, recommendation=found, proof=PAPER)
    return found


def adopted(council: Council, on: date = VOTED, **fields: Any) -> Recommendation:
    found = draft(council, **fields)
    return adopt_recommendation(by=None, recommendation=found, motion=make_motion(council, on))


def delivered(
    council: Council,
    on: date = DELIVERED,
    *,
    bodies: list[Organisation] | None = None,
    **fields: Any,
) -> Recommendation:
    found = adopted(council, min(on, VOTED), **fields)
    bodies = bodies or [make_body()]
    return deliver_recommendation(by=None, recommendation=found, bodies=bodies, on=on)


def due_of(recommendation: Recommendation) -> AnswerDue:
    return recommendation.dossier.answers_due.get()


def raw(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def fresh(recommendation: Recommendation) -> Recommendation:
    return Recommendation.objects.select_related("dossier").get(pk=recommendation.pk)
