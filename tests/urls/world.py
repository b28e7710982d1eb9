"""A world in which every address of the table leads somewhere, and what each role is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle
from budgeting.services.elections import freeze_election
from budgeting.services.importing import import_pabulib
from participation.models import Dossier, Newsletter, Role, Territory
from participation.services import Wording
from participation.services.answers import publish_answer
from participation.services.comments import write_comment
from participation.services.moderation import decide_comment
from participation.uploads import Upload
from tests.addresses import Page
from tests.budgeting import addresses as budgets
from tests.conftest import (
    make_alice,
    make_bob,
    make_charlie,
    make_city,
    make_open_cycle,
    make_person,
)
from tests.councils import addresses as councils
from tests.edp import addresses as discovery
from tests.participation.answers import make_body, make_officer, register, words
from tests.urls.table import DRAFT, OPEN, UNSENT

# An election of another city, large enough for its ballots to be published.
ELECTION = """META
key;value
description;Elsewhere 2023
country;Poland
unit;Elsewhere
instance;2023
num_projects;2
num_votes;24
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;selected
A;60;Trees;1
B;50;Benches;0
VOTES
voter_id;vote
""" + "".join(f"{n};{'A' if n % 3 else 'A,B'}\n" for n in range(24))


@dataclass
class World:
    """`sessions` are the cookies of each role's browser."""

    people: dict[str, User | None]
    sessions: dict[str, dict[str, str]]
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    found: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def address_of(self, page: Page) -> str:
        """Looked up once: the numbers in it come from the database."""
        key = (page.name, page.args)
        if key not in self.found:
            self.found[key] = page.address
        return self.found[key]


def make_world() -> World:
    city = make_city()
    alice, bob = make_alice(city), make_bob(city)
    election = make_open_cycle(city, bob).envelopes.get().election
    freeze_election(by=bob, election=election)
    now = timezone.now()
    other = Territory.objects.create(
        slug="oskemen",
        kind="city",
        parent=city.parent,
        name_kk="Өскемен",
        name_ru="Усть-Каменогорск",
    )
    people: dict[str, User | None] = {
        "anonymous": None,
        "charlie": make_charlie(),
        "alice": alice,
        "organiser": bob,
    }
    for role, kind, place in (
        ("elsewhere", Role.Kind.ORGANISER, other),
        ("reviewer", Role.Kind.REVIEWER, city),
        ("registrar", Role.Kind.REGISTRAR, city),
        ("moderator", Role.Kind.MODERATOR, city),
        ("secretary", Role.Kind.COUNCIL_SECRETARY, city),
    ):
        person = make_person(f"{role}@example.org", role.title(), language="en")
        Role.objects.create(person=person, kind=kind, territory=place, valid_from=now)
        people[role] = person
    import_pabulib(text=ELECTION, name="elsewhere.pb", source_note="A test.")
    Newsletter.objects.create(
        pk=UNSENT,
        territory=city,
        author=bob,
        subject_kk="Хат",
        subject_ru="Письмо",
        body_kk="Мәтін",
        body_ru="Текст",
    )
    day = timedelta(days=1)
    create_cycle(
        by=bob,
        territory=city,
        slug=DRAFT,
        year=2030,
        ruleset=election.envelope.cycle.ruleset,
        wordings=[
            Wording("kk", "Құпия жоба"),
            Wording("ru", "Тайный черновик"),
            Wording("en", "Secret draft"),
        ],
        envelopes=[EnvelopeDraft(city, 1000, "Қала", "Город", "City")],
        dates=[PhaseDates(phases.VOTING, now + day, now + 2 * day)],
    )
    _talk(alice, people["moderator"])
    people["officer"] = make_officer("Officer", make_body(), city, language="en")
    _answers_due()
    people["member"] = make_person("member@example.org", "Member", language="en")
    budgets.fill(people, city)
    discovery.fill(people, city)
    councils.fill(people, city)
    return World(people, _sessions(people))


def _talk(author: User, moderator: User | None) -> None:
    """One comment in each state, with a picture."""
    dossier = Dossier.objects.get(path="budgeting/taraz-2027/")
    picture = Upload("a.webp", "image/webp", b"picture", b"preview", 1, 1)
    texts = ["Trees are what this street has always been missing, everybody says.", "Rubbish."]
    hidden, _public, _waiting = (
        write_comment(by=author, dossier=dossier, text=text, page_language="en", uploads=[picture])
        for text in (texts[1], texts[0], texts[0])
    )
    assert moderator is not None
    decide_comment(by=moderator, comment=hidden, outcome="hide", reason="off_topic")


def _answers_due() -> None:
    public = Dossier.objects.get(path=f"budgeting/{OPEN}/")
    hidden = Dossier.objects.get(path=f"budgeting/{DRAFT}/")
    for subject, dossier in (("Open", public), ("Answered", public), ("Hidden", hidden)):
        due = register(dossier, subjects={"kk": subject, "ru": subject, "en": subject})
        if subject == "Answered":
            publish_answer(by=None, answer_due=due, words=words())


def _sessions(people: dict[str, User | None]) -> dict[str, dict[str, str]]:
    """The cookies of each role's browser."""
    sessions: dict[str, dict[str, str]] = {}
    for role, person in people.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        sessions[role] = {name: cookie.value for name, cookie in client.cookies.items()}
    return sessions


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer(
    world: World,
    role: str,
    method: str,
    path: str,
    data: Any = None,
    *,
    client: Client | None = None,
    **extra: Any,
) -> Any:
    """What a role gets; whatever it changed is undone."""
    client = client or world.client
    client.cookies = SimpleCookie(world.sessions[role])
    with undone():
        if isinstance(data, bytes):  # as they are, whatever their type says
            response = client.generic(method.upper(), path, data, **extra)
        else:
            response = getattr(client, method)(path, data, **extra)
        if response.streaming:
            response.content_read = b"".join(response.streaming_content)
    return response


def body_of(response: Any) -> str:
    return str((response.content_read if response.streaming else response.content).decode())
