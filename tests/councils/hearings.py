"""A hearing in any state, by the services, for tests of what happens there."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from councils.models import Council, HearingRegistration, Meeting, Question
from councils.services.hearings.course import begin_hearing, end_hearing
from councils.services.hearings.doors import check_in_guest
from councils.services.hearings.places import Guest
from councils.services.hearings.planning import (
    HearingPlan,
    NoticeText,
    announce_hearing,
    plan_hearing,
)
from councils.services.hearings.questions import ask, show
from participation.services import Wording

WORDS = {"kk": "Тыңдау өтеді", "ru": "Состоятся слушания", "en": "A hearing is held"}
NOTICE = NoticeText(words=WORDS, channels=("site", "newspaper"), papers=("Схема маршрутов",))
GROUND = {"kk": "Заң", "ru": "Закон", "en": "Law"}
TEXTS = [
    Wording("kk", "Автобус бағыттары", "Бағыттар туралы", origin="official"),
    Wording("ru", "Маршруты автобусов", "О маршрутах", origin="official"),
    Wording("en", "Bus routes", "About routes", origin="official"),
]


def at(text: str, hour: int = 15) -> datetime:
    day = date.fromisoformat(text)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def make_hearing(
    council: Council,
    *,
    state: str = "announced",
    starts_at: datetime | None = None,
    on: date | None = None,
    mode: str = "hybrid",
    takes_phones: bool = True,
    **plan: Any,
) -> Meeting:
    """Planned, announced, open or held; thirty days ahead unless a date is given."""
    starts = starts_at or timezone.now() + timedelta(days=30)
    meeting = plan_hearing(
        by=None,
        council=council,
        wordings=TEXTS,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Достық көшесі, 1",
        mode=mode,
        plan=HearingPlan(ground=GROUND, **plan),
    )
    if state != "planned":
        announce_hearing(by=None, meeting=meeting, notice=NOTICE, on=on)
    if state in ("open", "held"):
        begun = starts if starts_at else None
        begin_hearing(by=None, meeting=meeting, takes_phones=takes_phones, at=begun)
    if state == "held":
        end_hearing(by=None, meeting=meeting)
    return Meeting.objects.select_related("dossier", "hearing", "council").get(pk=meeting.pk)


def come(meeting: Meeting, name: str = "Айгүл", **said: Any) -> HearingRegistration:
    """Somebody from the street is in the hall."""
    return check_in_guest(by=None, meeting=meeting, guest=Guest(name=name, **said))


def make_question(meeting: Meeting, text: str = "Когда?", *, is_shown: bool = True) -> Question:
    question = ask(meeting=meeting, text=text, language="ru")
    return show(by=None, question=question) if is_shown else question
