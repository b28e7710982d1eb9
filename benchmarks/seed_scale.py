"""A budget as large as a large city's, by the hundred thousand rows, into the database at hand.

What has a service that takes many at once goes through it (dossiers, the freeze with its roll);
people, comments and sealed ballots come by COPY or from the database itself. Triggers that refuse
a bulk are passed as a restore passes them (`replica`), with rows that they would have let in.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Helix, Organisation, User
from budgeting import phases
from budgeting.ballots import canonical
from budgeting.feasibility_rules import KIND
from budgeting.keys import read_key
from budgeting.models import Category, Cycle, Election, Proposal, Register
from budgeting.register_keys import register_key
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import freeze_election
from budgeting.services.feasibility import assign_proposals, open_desk
from budgeting.voting_rules import VotingRules
from participation.models import Comment, Role, Ruleset, Territory
from participation.outlines import area_of
from participation.services import Draft, Wording, create_dossiers
from participation.services.territories import load_territories

DAY = timedelta(days=1)
BATCH = 5000
CITY_AMOUNT, DISTRICT_AMOUNT = 2_000_000_000, 40_000_000
ON_A_DISTRICT = 4
ASSIGNED = 200
RULES: dict[str, Any] = {
    "ballot": "approval",
    "min_age": 16,
    "envelopes": "home",
    "count": {
        "method": "equal-shares",
        "satisfaction": "cost",
        "completion": "add1u",
        "ties": ["votes", "list-order"],
    },
}
CHECK: dict[str, Any] = {
    "working_days": 10,
    "question_days": 5,
    "consent_days": 7,
    "appeal_days": 10,
    "reminders": [-3],
    "escalation": {},
    "longest_extension": 10,
    "checklist": [{"code": "land", "kk": "Жер қаланікі", "ru": "Земля города", "en": "City land"}],
}
SUBJECTS = ("Көше жарығы", "Балалар алаңы", "Велосипед жолы", "Саябақ", "Арық", "Аялдама")
TEXT = "Осы көшеге жарық керек, өйткені балалар мектептен кешке қайтады. " * 4


@dataclass(frozen=True)
class Scale:
    """`on_ballot` stand on the city's envelope, four on each other one, a district's. One envelope
    more holds what is still being checked, and is not voted on."""

    name: str
    on_ballot: int
    envelopes: int
    voters: int
    proposals: int
    comments: int


SMALL = Scale("small", 8, 3, 300, 60, 120)
LARGE = Scale("large", 200, 50, 300_000, 5_000, 100_000)


@contextmanager
def as_restore() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def seed_open(scale: Scale) -> Cycle:
    """A cycle in its vote: proposals with comments, a desk with its queue, frozen elections."""
    city = load_territories()["taraz"]
    districts = _districts(scale, city)
    cycle = _cycle(scale, city, districts)
    _people(scale, cycle, [place.pk for place in districts])
    proposals = _proposals(scale, cycle)
    organiser = User.objects.create_user(f"organiser-{scale.name}@example.org", name="Организатор")
    Role.objects.create(
        person=organiser,
        kind=Role.Kind.ORGANISER,
        territory=city,
        valid_from=timezone.now(),
    )
    _desk(cycle, organiser, proposals)
    with as_restore():
        _comments(scale, proposals)
        _count_comments()
    for envelope in cycle.envelopes.exclude(number=scale.envelopes + 1):
        freeze_election(by=organiser, election=envelope.election)
    _settle()
    return cycle


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _districts(scale: Scale, city: Territory) -> list[Territory]:
    return Territory.objects.bulk_create(
        Territory(
            slug=f"{scale.name}-{number}",
            kind=Territory.Kind.CITY_DISTRICT,
            parent=city,
            name_kk=f"{number}-ықшамаудан",
            name_ru=f"Микрорайон {number}",
            name_en=f"Quarter {number}",
        )
        for number in range(1, scale.envelopes + 1)
    )


def _cycle(scale: Scale, city: Territory, districts: list[Territory]) -> Cycle:
    now = timezone.now()
    ends = [(phases.PROPOSALS, -40, -30), (phases.FEASIBILITY, -30, -10), (phases.VOTING, -9, 9),
            (phases.RESULTS, 10, 20)]  # fmt: skip
    places = [(city, CITY_AMOUNT), *((place, DISTRICT_AMOUNT) for place in districts)]
    rules = Ruleset.objects.create(
        kind="budgeting.vote", key=f"scale-{scale.name}", name=scale.name, data=RULES
    )
    cycle = create_cycle(
        by=None,
        territory=city,
        slug=scale.name,
        year=2027,
        ruleset=rules,
        wordings=_words("Халықтық бюджет"),
        envelopes=[
            EnvelopeDraft(place, amount, place.name_kk, place.name_ru, place.name_en)
            for place, amount in places
        ],
        dates=[PhaseDates(kind, now + first * DAY, now + last * DAY) for kind, first, last in ends],
    )
    publish_cycle(by=None, cycle=cycle)
    return cycle


def _words(title: str) -> list[Wording]:
    summary = "Екі сөйлеммен: не істеледі және кімге пайдалы. Бәріне ашық."
    return [Wording(language, title, summary, body=TEXT) for language in ("kk", "ru", "en")]


def _people(scale: Scale, cycle: Cycle, places: list[int]) -> None:
    """Residents with their lines of the register, spread over the districts."""
    register = Register.objects.create(cycle=cycle, key_fingerprint=register_key().fingerprint)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH people AS (
              INSERT INTO accounts_user (email, name, password, language, is_active, is_staff,
                is_superuser, joined_at)
              SELECT 'voter' || n || %(mail)s, 'Тұрғын ' || n, '!', 'kk', true, false, false, now()
              FROM generate_series(1, %(voters)s) n RETURNING id
            ), homes AS (
              SELECT id, (%(places)s::bigint[])[1 + id %% %(number)s] AS place,
                date '1945-01-01' + (id * 7919 %% 23000)::int AS born FROM people
            ), residences AS (
              INSERT INTO participation_residence
                (person_id, territory_id, method, born_on, confirmed_at)
              SELECT id, place, 'roll', born, now() FROM homes
            )
            INSERT INTO budgeting_registerline
              (register_id, iin_hash, born_on, territory_id, household, sex, person_id)
            SELECT %(register)s, sha256((%(mail)s || id)::bytea), born, place, '',
              CASE id %% 10 WHEN 0 THEN '' ELSE CASE id %% 2 WHEN 0 THEN 'f' ELSE 'm' END END, id
            FROM homes
            """,
            {
                "mail": f"@{scale.name}.example.org",
                "voters": scale.voters,
                "places": places,
                "number": len(places),
                "register": register.pk,
            },
        )


def _proposals(scale: Scale, cycle: Cycle) -> list[Proposal]:
    """The first of them on the ballots; of the others two in three are being checked."""
    envelopes = list(cycle.envelopes.order_by("number"))
    homes = [envelopes[0]] * scale.on_ballot
    homes += [envelope for envelope in envelopes[1:-1] for _ in range(ON_A_DISTRICT)]
    categories = [
        Category.objects.get_or_create(slug=slug, defaults={"name_kk": slug, "name_ru": slug})[0]
        for slug in ("light", "green", "sport", "roads")
    ]
    area = area_of(slug="taraz")
    assert area is not None
    latitude, longitude = area.rings[0][0]
    proposals: list[Proposal] = []
    for first in range(0, scale.proposals, BATCH):
        numbers = range(first + 1, min(first + BATCH, scale.proposals) + 1)
        dossiers = create_dossiers(
            kind=phases.PROPOSAL,
            territory=cycle.dossier.territory,
            state="submitted",
            publish=True,
            drafts=[
                Draft(
                    f"budgeting/{scale.name}/proposals/{number}/",
                    _words(f"{SUBJECTS[number % len(SUBJECTS)]} {number}"),
                )
                for number in numbers
            ],
        )
        proposals += Proposal.objects.bulk_create(
            Proposal(
                dossier=dossier,
                cycle=cycle,
                envelope=homes[number - 1] if number <= len(homes) else envelopes[-1],
                number=number,
                cost=1_000_000 + number * 37 % 9_000_000,
                category=categories[number % 4],
                district=envelopes[-1].territory,
                place="Төле би көшесі",
                latitude=latitude - 0.0004 * (number % 50),
                longitude=longitude + 0.0007 * (number % 70),
                state=_state(number, len(homes)),
                end_reason="Басқа жоба бар." if _state(number, len(homes)) == "withdrawn" else "",
            )
            for number, dossier in zip(numbers, dossiers, strict=True)
        )
    return proposals


def _state(number: int, on_ballots: int) -> str:
    if number <= on_ballots:
        return Proposal.State.SHORTLISTED
    return Proposal.State.WITHDRAWN if number % 3 == 0 else Proposal.State.SUBMITTED


def _desk(cycle: Cycle, organiser: User, proposals: list[Proposal]) -> None:
    """A department has half of them, at most two hundred: four pages of the queue."""
    rules = Ruleset.objects.create(kind=KIND, key=cycle.slug, name=cycle.slug, data=CHECK)
    open_desk(by=organiser, cycle=cycle, ruleset=rules)
    department = Organisation.objects.create(
        name_kk="Басқарма", name_ru=f"Управление {cycle.slug}", helix=Helix.GOVERNMENT
    )
    waiting = [one for one in proposals if one.state == Proposal.State.SUBMITTED]
    assign_proposals(
        by=organiser, proposals=waiting[: min(ASSIGNED, len(waiting) // 2)], department=department
    )


def _comments(scale: Scale, proposals: list[Proposal]) -> None:
    """A tenth of them about the first proposal; one in four answers another."""
    people = User.objects.filter(email__endswith=f"@{scale.name}.example.org")
    authors = list(people.values_list("pk", flat=True)[:1000])
    dossiers = [one.dossier_id for one in proposals]
    opening = scale.comments - scale.comments // 4
    threads = Comment.objects.bulk_create(
        (
            _comment(
                number,
                authors[number % len(authors)],
                dossiers[0 if number % 10 == 0 else number % len(dossiers)],
                position=("for", "against", "")[number % 3],
            )
            for number in range(opening)
        ),
        batch_size=BATCH,
    )
    Comment.objects.bulk_create(
        (
            _comment(number, authors[number % len(authors)], thread.dossier_id, parent=thread)
            for number, thread in enumerate(threads[: scale.comments - opening])
        ),
        batch_size=BATCH,
    )


def _comment(number: int, author: int, dossier: int, **fields: Any) -> Comment:
    return Comment(
        dossier_id=dossier,
        author_id=author,
        helix=Helix.CIVIL_SOCIETY,
        language="kk",
        text=TEXT,
        html=f"<p>{TEXT}</p>",
        supporters=number * number % 97,
        **fields,
    )


def _count_comments() -> None:
    """What the triggers would have counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE participation_comment c SET number_of_replies = r.number
            FROM (SELECT parent_id, count(*) AS number FROM participation_comment
                  WHERE parent_id IS NOT NULL GROUP BY parent_id) r WHERE r.parent_id = c.id
            """
        )
        cursor.execute(
            """
            UPDATE participation_discussion d SET comments = c.number, threads = c.threads,
              number_for = c.number_for, number_against = c.number_against
            FROM (SELECT dossier_id, count(*) AS number,
                    count(*) FILTER (WHERE parent_id IS NULL) AS threads,
                    count(*) FILTER (WHERE position = 'for') AS number_for,
                    count(*) FILTER (WHERE position = 'against') AS number_against
                  FROM participation_comment GROUP BY dossier_id) c
            WHERE c.dossier_id = d.dossier_id
            """
        )


def vote(election: Election, number: int) -> None:
    """Sealed ballots of so many people on the roll, each with up to twelve projects."""
    voters = list(election.roll.order_by("voter_id").values_list("voter_id", flat=True)[:number])
    key = read_key(election.pk, election.key_fingerprint)
    costs = dict(election.shortlist.values_list("project_id", "cost"))
    room = len(canonical(VotingRules.from_data(election.rules).fullest(costs)))
    chance = random.Random(2027)
    projects = list(costs)
    popular = [1 / (1 + place) ** 0.4 for place in range(len(projects))]
    with as_restore(), connection.cursor() as cursor:
        columns = "election_id, slot, version, epoch, idempotency, body"
        with cursor.copy(f"COPY budgeting_ballot ({columns}) FROM STDIN") as copy:
            for voter in voters:
                picked = chance.choices(projects, popular, k=chance.randint(1, 12))
                ballot = key.seal(
                    voter=voter, request="scale", choices=sorted(set(picked)), room=room
                )
                copy.write_row((election.pk, ballot.slot, 1, 0, ballot.idempotency, ballot.body))
        cursor.execute(
            "UPDATE budgeting_rollentry SET casts = 1, channel = 'web' "
            "WHERE election_id = %s AND voter_id = ANY(%s)",
            [election.pk, voters],
        )


def end_vote(cycle: Cycle) -> None:
    """The clock passes the close."""
    now = timezone.now()
    with as_restore():
        Election.objects.filter(envelope__cycle=cycle).update(closes_at=now - timedelta(seconds=1))
    cycle.dossier.phases.filter(kind=phases.VOTING).update(closes_at=now)
    cycle.dossier.phases.filter(kind=phases.RESULTS).update(opens_at=now)
