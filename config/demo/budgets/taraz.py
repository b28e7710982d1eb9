"""Taraz 2027: the vote is open now, and 260 residents have voted."""

import random

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Election, Proposal
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import freeze_election
from budgeting.services.feasibility import review_proposal
from budgeting.services.sealing import seal_finished_epochs
from budgeting.services.voting import cast_ballot
from config.demo.budgets.making import DAY, MILLION, add_projects, evening_of, wordings_of
from config.demo.budgets.projects import TARAZ
from participation.models import Delivery, Event, Ruleset, Territory

NUMBER_OF_VOTERS = 260


def create_taraz(
    *, by: User, taraz: Territory, ruleset: Ruleset, categories: dict[str, Category]
) -> Cycle:
    now = evening_of(timezone.now())
    closes = now + 5 * DAY
    cycle = create_cycle(
        by=by,
        territory=taraz,
        slug="taraz-2027",
        year=2027,
        ruleset=ruleset,
        wordings=wordings_of(
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
    add_projects(cycle, TARAZ, categories)
    for proposal in cycle.proposals.all():
        project = TARAZ[proposal.number - 1]
        review_proposal(
            by=by,
            proposal=proposal,
            state=Proposal.State.SHORTLISTED,
            reasons="Іске асыруға болады.",
            reasons_ru="Осуществимо.",
            running_cost=project.running * MILLION,
        )
    publish_cycle(by=by, cycle=cycle)
    return cycle


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
