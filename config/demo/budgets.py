"""Taraz 2027, in which the vote is open now; Astana 2026, where proposals are being checked."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Election, Proposal
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import freeze_election
from budgeting.services.proposals import review_proposal, submit_proposal
from budgeting.services.sealing import seal_finished_epochs
from budgeting.services.voting import cast_ballot
from config.demo.projects import ASTANA, CATEGORIES, TARAZ, Project, Three
from participation.models import Delivery, Event, Ruleset, Territory
from participation.services import Wording

MILLION = 1_000_000
NUMBER_OF_VOTERS = 260
DAY = timedelta(days=1)


def create_rulesets() -> dict[str, Ruleset]:
    basis = "Демо мәндері · Демонстрационные значения · Demo values"
    equal_shares = {
        "method": "equal-shares",
        "satisfaction": "cost",
        "completion": "add1u",
        "step": "1000",
        "ties": ["votes", "cheapest", "list-order"],
    }
    ballots: dict[str, tuple[str, dict[str, object]]] = {
        "knapsack": (
            "Бюджет шегінде · В пределах бюджета · Within the budget",
            {"ballot": "knapsack"},
        ),
        "approval": (
            "Кез келген саны · Любое число · Any number of projects",
            {"ballot": "approval"},
        ),
        "three": (
            "Үш жобаға дейін · До трёх проектов · Up to three",
            {"ballot": "k_approval", "max_choices": 3},
        ),
        "points": ("Он ұпай · Десять баллов · Ten points", {"ballot": "cumulative", "points": 10}),
    }
    return {
        key: Ruleset.objects.create(
            kind="budgeting.vote",
            key=key,
            name=name,
            data={**data, "min_age": 16, "count": equal_shares},
            legal_basis=basis,
        )
        for key, (name, data) in ballots.items()
    }


def create_categories() -> dict[str, Category]:
    return {
        slug: Category.objects.create(slug=slug, name_kk=kk, name_ru=ru, name_en=en)
        for slug, (kk, ru, en) in CATEGORIES.items()
    }


def _wordings(title: Three, summary: Three) -> list[Wording]:
    origins = ("original", "official", "checked")
    return [
        Wording(language, title[i], summary[i], origin=origins[i])
        for i, language in enumerate(("kk", "ru", "en"))
    ]


def _evening(day: datetime) -> datetime:
    return timezone.localtime(day).replace(hour=18, minute=0, second=0, microsecond=0)


def create_taraz(
    *, by: User, taraz: Territory, ruleset: Ruleset, categories: dict[str, Category]
) -> Cycle:
    now = _evening(timezone.now())
    closes = now + 5 * DAY
    cycle = create_cycle(
        by=by,
        territory=taraz,
        slug="taraz-2027",
        year=2027,
        ruleset=ruleset,
        wordings=_wordings(
            ("Тараз бюджеті 2027", "Бюджет Тараза 2027", "Taraz budget 2027"),
            (
                "Қала тұрғындары 800 миллион теңгенің неге жұмсалатынын шешеді.",
                "Жители решают, на что город потратит 800 миллионов тенге.",
                "Residents decide what the city spends 800 million tenge on.",
            ),
        ),
        envelopes=[
            EnvelopeDraft(taraz, 800 * MILLION, "Бүкіл қала", "Весь город", "The whole city")
        ],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 150 * DAY, now - 90 * DAY),
            PhaseDates(phases.FEASIBILITY, now - 90 * DAY, now - 14 * DAY),
            PhaseDates(phases.VOTING, now - 9 * DAY, closes),
            PhaseDates(phases.RESULTS, closes + 3 * DAY, closes + 40 * DAY),
            PhaseDates(phases.WORKS, closes + 40 * DAY, closes + 400 * DAY),
        ],
    )
    _add_projects(cycle, TARAZ, categories)
    for proposal in cycle.proposals.all():
        project = TARAZ[proposal.number - 1]
        review_proposal(
            by=by,
            proposal=proposal,
            state=Proposal.State.SHORTLISTED,
            reasons="Іске асыруға болады.\n\nОсуществимо.",
            running_cost=project.running * MILLION,
        )
    publish_cycle(by=by, cycle=cycle)
    return cycle


def _add_projects(cycle: Cycle, projects: list[Project], categories: dict[str, Category]) -> None:
    envelope = cycle.envelopes.get()
    for project in projects:
        submit_proposal(
            by=None,
            cycle=cycle,
            envelope=envelope,
            wordings=_wordings(project.title, project.summary),
            cost=project.cost * MILLION,
            category=categories[project.category],
            place=project.place,
        )


def open_taraz(*, by: User, cycle: Cycle, residents: list[User]) -> None:
    """Freeze the vote; 260 of 400 residents have voted since it opened."""
    election = freeze_election(by=by, election=cycle.envelopes.get().election)
    chance = random.Random(2027)  # noqa: S311 - the same demo each time
    for resident in residents[:NUMBER_OF_VOTERS]:
        choices = _some_choice(chance, election)
        cast_ballot(voter=resident, election=election, choices=choices, request="demo")
    seal_finished_epochs(election)
    Delivery.objects.filter(event__kind="ballot_cast").delete()
    Event.objects.filter(kind="ballot_cast").delete()


def _some_choice(chance: random.Random, election: Election) -> list[str]:
    left, chosen = election.envelope.amount, []
    wishes = sorted(TARAZ, key=lambda p: chance.random() ** (1 / p.backing), reverse=True)
    for project in wishes[: chance.randint(3, 9)]:
        if project.cost * MILLION <= left:
            left -= project.cost * MILLION
            chosen.append(str(TARAZ.index(project) + 1))
    return chosen


def create_astana(
    *, by: User, astana: Territory, ruleset: Ruleset, categories: dict[str, Category]
) -> Cycle:
    now = _evening(timezone.now())
    cycle = create_cycle(
        by=by,
        territory=astana,
        slug="astana-2026",
        year=2026,
        ruleset=ruleset,
        wordings=_wordings(
            ("Астана бюджеті 2026", "Бюджет Астаны 2026", "Astana budget 2026"),
            (
                "Ұсыныстар қабылданды; енді қала қайсысын салуға болатынын тексереді.",
                "Предложения приняты; теперь город проверяет, что можно построить.",
                "Proposals are in; now the city checks what can be built.",
            ),
        ),
        envelopes=[
            EnvelopeDraft(astana, 600 * MILLION, "Бүкіл қала", "Весь город", "The whole city")
        ],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 50 * DAY, now - 8 * DAY),
            PhaseDates(phases.FEASIBILITY, now - 8 * DAY, now + 20 * DAY),
            PhaseDates(phases.VOTING, now + 25 * DAY, now + 39 * DAY),
            PhaseDates(phases.RESULTS, now + 41 * DAY, now + 70 * DAY),
            PhaseDates(phases.WORKS, now + 70 * DAY, now + 400 * DAY),
        ],
    )
    _add_projects(cycle, ASTANA, categories)
    for proposal, project in zip(cycle.proposals.order_by("number"), ASTANA, strict=True):
        if project.verdict:
            is_refused = project.is_refused
            states = Proposal.State
            review_proposal(
                by=by,
                proposal=proposal,
                state=states.NOT_FEASIBLE if is_refused else states.SHORTLISTED,
                reasons=project.verdict,
            )
    publish_cycle(by=by, cycle=cycle)
    return cycle
