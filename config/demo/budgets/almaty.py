"""Almaty 2026: two envelopes, graded in four mentions, finished and counted."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Election, Envelope, Proposal
from budgeting.services import conditions
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.feasibility import review_proposal
from budgeting.services.proposals import submit_proposal
from budgeting.services.voting import cast_ballot
from config.demo.budgets.envelopes import BOSTANDYK, CITY, Graded
from config.demo.budgets.making import DAY, MILLION, evening_of, wordings_of
from participation.models import Delivery, Event, Phase, Residence, Ruleset, Territory

RESIDENTS_OF_BOSTANDYK, VOTERS_OF_BOSTANDYK = 90, 36
RESIDENTS_ELSEWHERE, VOTERS_ELSEWHERE = 80, 28
FINISHED = 60 * DAY
"""Since the close of the vote."""


def create_almaty(
    *, by: User, places: dict[str, Territory], ruleset: Ruleset, categories: dict[str, Category]
) -> Cycle:
    cycle = _create_cycle(by, places, ruleset)
    city, district = cycle.envelopes.order_by("number")
    _add_projects(by, city, CITY, categories)
    _add_projects(by, district, BOSTANDYK, categories)
    same_square = city.proposals.filter(
        dossier__texts__title__in=[CITY[4].title[2], CITY[5].title[2]]
    )
    conditions.add_conflict_set(by=by, envelope=city, proposals=same_square.distinct())
    publish_cycle(by=by, cycle=cycle)
    at_home = _residents("bostandyk", places["almaty-bostandyk"], RESIDENTS_OF_BOSTANDYK)
    others = _residents("medeu", places["almaty-medeu"], RESIDENTS_ELSEWHERE)
    at_home, others = at_home[:VOTERS_OF_BOSTANDYK], others[:VOTERS_ELSEWHERE]
    _vote(by, city, CITY, [*at_home, *others])
    _vote(by, district, BOSTANDYK, at_home)
    _put_back(cycle, FINISHED)
    with connection.cursor() as cursor:
        # The close checks every constraint at once; the rest of the demo is written as before.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return cycle


def _create_cycle(by: User, places: dict[str, Territory], ruleset: Ruleset) -> Cycle:
    now = evening_of(timezone.now())
    closes = now + DAY
    return create_cycle(
        by=by,
        territory=places["almaty"],
        slug="almaty-2026",
        year=2026,
        ruleset=ruleset,
        wordings=wordings_of(
            ("Алматы бюджеті 2026", "Бюджет Алматы 2026", "Almaty budget 2026"),
            (
                "Тұрғындар жобаларды төрт бағамен бағалады: бүкіл қала және Бостандық ауданы.",
                "Жители оценили проекты четырьмя оценками: весь город и Бостандыкский район.",
                "Residents gave projects grades, for the whole city and for Bostandyk district.",
            ),
        ),
        envelopes=[
            EnvelopeDraft(
                places["almaty"], 300 * MILLION, "Бүкіл қала", "Весь город", "The whole city"
            ),
            EnvelopeDraft(
                places["almaty-bostandyk"], 100 * MILLION,
                "Бостандық ауданы", "Бостандыкский район", "Bostandyk district",
            ),
        ],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 120 * DAY, now - 70 * DAY),
            PhaseDates(phases.FEASIBILITY, now - 70 * DAY, now - 25 * DAY),
            PhaseDates(phases.VOTING, now - 20 * DAY, closes),
            PhaseDates(phases.RESULTS, closes + 2 * DAY, closes + 30 * DAY),
            PhaseDates(phases.WORKS, closes + 30 * DAY, closes + 400 * DAY),
        ],
    )  # fmt: skip


def _add_projects(
    by: User, envelope: Envelope, projects: list[Graded], categories: dict[str, Category]
) -> None:
    marked = []
    for project in projects:
        latitude, longitude = project.point or (None, None)
        proposal = submit_proposal(
            by=None,
            cycle=envelope.cycle,
            envelope=envelope,
            wordings=wordings_of(project.title, project.summary),
            cost=project.cost * MILLION,
            category=categories[project.category],
            place=project.place,
            latitude=latitude,
            longitude=longitude,
        )
        review_proposal(
            by=by,
            proposal=proposal,
            state=Proposal.State.SHORTLISTED,
            reasons="Іске асыруға болады.",
            reasons_ru="Осуществимо.",
        )
        if project.is_outer:
            marked.append(proposal)
    conditions.earmark_projects(by=by, envelope=envelope, proposals=marked)


def _residents(name: str, place: Territory, number: int) -> list[User]:
    """People with a confirmed residence and no way to sign in."""
    unusable = make_password(None)
    residents = User.objects.bulk_create(
        User(email=f"{name}{n:02d}@demo.example", password=unusable) for n in range(number)
    )
    Residence.objects.bulk_create(
        Residence(
            person=resident,
            territory=place,
            method=Residence.Method.ROLL,
            born_on=date(1950 + 17 * n % 55, 1 + n % 12, 1 + n % 28),
        )
        for n, resident in enumerate(residents)
    )
    return residents


def _vote(by: User, envelope: Envelope, projects: list[Graded], voters: list[User]) -> None:
    election = freeze_election(by=by, election=envelope.election)
    entries = list(election.shortlist.all())
    chance = random.Random(2026)  # noqa: S311 - the same demo each time
    for voter in voters:
        grades = {
            entry.project_id: chance.choices((3, 2, 1, 0), weights=project.grades)[0]
            for entry, project in zip(entries, projects, strict=True)
            if chance.random() < 0.85
        }
        choices = grades or {entries[0].project_id: 3}
        cast_ballot(voter=voter, election=election, choices=choices, request="demo")
    Delivery.objects.filter(event__kind="ballot_cast").delete()
    Event.objects.filter(kind="ballot_cast").delete()
    _let_it_end(election)
    advance_election(election)
    publish_results(by=by, election=election)


def _let_it_end(election: Election) -> None:
    """The demo's clock passes the end of the vote."""
    with _dates_may_change():
        past = timezone.now() - timedelta(seconds=1)
        Election.objects.filter(pk=election.pk).update(closes_at=past)
    election.refresh_from_db()


def _put_back(cycle: Cycle, by: timedelta) -> None:
    """As though all of it had happened earlier."""
    with _dates_may_change():
        for election in Election.objects.filter(envelope__cycle=cycle):
            opens_at, closes_at = election.opens_at - by, election.closes_at - by
            Election.objects.filter(pk=election.pk).update(opens_at=opens_at, closes_at=closes_at)
    for phase in cycle.dossier.phases.all():
        Phase.objects.filter(pk=phase.pk).update(
            opens_at=phase.opens_at - by, closes_at=phase.closes_at - by
        )


@contextmanager
def _dates_may_change() -> Iterator[None]:
    """Past the guard of frozen dates, for whoever owns the demo's database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE budgeting_election DISABLE TRIGGER forward_only")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE budgeting_election ENABLE TRIGGER forward_only")
