"""A consultation with a text of three passages, people of every helix, and their votes."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Affiliation, Helix, User
from edp.models import Consultation, DiscoveryProcess, Passage, TextVersion
from edp.services import consultation as services
from participation.models import Territory
from participation.services import Wording
from tests.conftest import as_restore, make_person
from tests.edp.making import make_body, make_process

WORDINGS = [
    Wording("kk", "Басымдықтар", "Не туралы"),
    Wording("ru", "Приоритеты", "О чём"),
    Wording("en", "Priorities", "What about"),
]


def terms(**changed: Any) -> services.Terms:
    today = timezone.localdate()
    return services.Terms(
        **{
            "opens_on": today,
            "closes_on": today + timedelta(days=40),
            "decider": make_body(),
            "what_can_change": {"kk": "Бәрі", "ru": "Всё", "en": "Everything"},
            **changed,
        }
    )


def words(text: str = "text", **changed: Any) -> services.PassageWords:
    return services.PassageWords(
        **{
            "headings": {"kk": f"Тақырып {text}", "ru": f"Заголовок {text}", "en": f"On {text}"},
            "texts": {"kk": f"Мәтін {text}.", "ru": f"Текст {text}.", "en": f"The {text}."},
            **changed,
        }
    )


def make_consultation(
    city: Territory, *, stage: str = "consultation", is_open: bool = True, **fields: Any
) -> Consultation:
    process: DiscoveryProcess = make_process(city, stage=stage, slug=fields.pop("slug", "zhambyl"))
    consultation = services.create_consultation(
        by=None, process=process, wordings=WORDINGS, terms=terms(**fields)
    )
    for text in ("one", "two", "three"):
        services.add_passage(version=version_of(consultation), words=words(text))
    if is_open:
        services.open_consultation(by=None, consultation=consultation)
    consultation.refresh_from_db()
    return consultation


def version_of(consultation: Consultation) -> TextVersion:
    return consultation.versions.order_by("-number")[0]


def passage_of(consultation: Consultation, number: int = 1) -> Passage:
    return version_of(consultation).passages.get(number=number)


def say(by: User, consultation: Consultation, text: str = "A word.", number: int = 1) -> Any:
    return services.comment_on_passage(
        by=by,
        consultation=consultation,
        passage=passage_of(consultation, number),
        text=text,
        page_language="en",
    )


def pass_last_day(consultation: Consultation) -> Consultation:
    """Let the clock pass its last day: its dates move into the past."""
    with as_restore():
        today = timezone.localdate()
        Consultation.objects.filter(pk=consultation.pk).update(
            opens_on=today - timedelta(days=40), closes_on=today - timedelta(days=1)
        )
    consultation.refresh_from_db()
    return consultation


def close(consultation: Consultation) -> Consultation:
    pass_last_day(consultation)
    services.close_consultation(by=None, consultation=consultation)
    consultation.refresh_from_db()
    return consultation


def make_voter(number: int, helix: str) -> User:
    person = make_person(f"{helix}{number}@example.org", f"{helix} {number}")
    if helix != Helix.CIVIL_SOCIETY:
        Affiliation.objects.create(
            person=person,
            organisation=make_body(f"Body of {helix}", helix),
            valid_from=date(2020, 1, 1),
        )
    return person
