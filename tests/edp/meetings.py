"""A meeting in any state, for tests of what happens there."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Affiliation, Helix, User
from edp.models import DiscoveryProcess, Workshop
from edp.services.workshops.planning import (
    announce_workshop,
    begin_workshop,
    end_workshop,
    plan_workshop,
)
from participation.models import Territory
from participation.services import Wording
from tests.edp.making import make_body

TEXTS = [
    Wording("kk", "Гипстен не жасауға болады", "Келіңіз", "Күн тәртібі"),
    Wording("ru", "Что сделать из гипса", "Приходите", "Повестка"),
    Wording("en", "What to make of gypsum", "Come", "Agenda"),
]


def make_workshop(
    process: DiscoveryProcess,
    *,
    state: str = "announced",
    territory: Territory | None = None,
    takes_phones: bool = True,
    **fields: Any,
) -> Workshop:
    """Planned, announced, running or held, by the services."""
    starts = timezone.now() + timedelta(days=3)
    values: dict[str, Any] = {
        "kind": Workshop.Kind.ROUNDTABLE,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "Достық көшесі, 1",
        "capacity": None,
    }
    workshop = plan_workshop(
        by=None,
        process=process,
        territory=territory or process.dossier.territory,
        wordings=TEXTS,
        **values | fields,
    )
    if state != "planned":
        workshop = announce_workshop(by=None, workshop=workshop)
    if state in ("running", "held"):
        workshop = begin_workshop(by=None, workshop=workshop, takes_phones=takes_phones)
    if state == "held":
        workshop = end_workshop(by=None, workshop=workshop)
    return workshop


def belong_to(person: User, helix: str) -> User:
    Affiliation.objects.create(
        person=person,
        organisation=make_body(f"{Helix(helix).label} {person.pk}", helix),
        valid_from=timezone.localdate() - timedelta(days=10),
    )
    return person
