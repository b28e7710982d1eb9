"""A body that owes answers, its officers, and the rules by which it answers."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Helix, Organisation, User
from participation.models import AnswerDue, Dossier, Role, Ruleset, Territory
from participation.services.answers import Words, register_answer_due
from tests.conftest import make_person

ALMATY = ZoneInfo("Asia/Almaty")
RULES: dict[str, Any] = {
    "working_days": 10,
    "reminders": [-3, 5, 10, 20],
    "escalation": {"5": ["organiser"], "10": ["organiser", "council_secretary"]},
    "longest_extension": 5,
}


def d(text: str) -> date:
    return date.fromisoformat(text if text.count("-") == 2 else f"2026-{text}")


def at(text: str, hour: int = 12) -> datetime:
    return datetime.combine(d(text), datetime.min.time(), ALMATY).replace(hour=hour)


def make_body(name: str = "Akimat of Taraz", helix: str = Helix.GOVERNMENT) -> Organisation:
    return Organisation.objects.get_or_create(
        name_ru=name, helix=helix, defaults={"name_kk": f"{name} (kk)", "name_en": name}
    )[0]


def make_officer(name: str, body: Organisation, city: Territory, **fields: Any) -> User:
    officer = make_person(f"{name.lower()}@example.org", name, **fields)
    Role.objects.create(
        person=officer,
        kind=Role.Kind.STATE_OFFICER,
        territory=city,
        organisation=body,
        valid_from=timezone.now() - timedelta(days=3650),
    )
    return officer


def make_rules(**changed: Any) -> Ruleset:
    data = {**RULES, **changed}
    key = f"rules-{Ruleset.objects.count()}"
    return Ruleset.objects.create(
        kind="answers", key=key, name="Ten working days", data=data, legal_basis="A law"
    )


def register(
    dossier: Dossier, received: str | None = None, *, body: Organisation | None = None, **more: Any
) -> AnswerDue:
    return register_answer_due(
        by=None,
        dossier=dossier,
        addressee=body or make_body(),
        ruleset=more.pop("ruleset", None) or make_rules(),
        subjects=more.pop("subjects", {"kk": "Сұрақ", "ru": "Вопрос", "en": "Question"}),
        received_on=d(received) if received else None,
        **more,
    )


def words(disposition: str = "accepted", **changed: Any) -> Words:
    return Words(
        **{
            "disposition": disposition,
            "reasoning_kk": "Қабылданды.",
            "reasoning_ru": "Принято.",
            "signed_name": "Marat Isayev",
            "signed_post": "Deputy akim",
            **changed,
        }
    )
