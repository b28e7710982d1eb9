"""Astana 2026: proposals are in and being checked."""

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from config.demo.budgets.making import DAY, MILLION, add_projects, evening_of, wordings_of
from config.demo.budgets.projects import ASTANA
from participation.models import Ruleset, Territory


def create_astana(
    *, by: User, astana: Territory, ruleset: Ruleset, categories: dict[str, Category]
) -> Cycle:
    now = evening_of(timezone.now())
    cycle = create_cycle(
        by=by,
        territory=astana,
        slug="astana-2026",
        year=2026,
        ruleset=ruleset,
        wordings=wordings_of(
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
            PhaseDates(phases.PROPOSALS, now - 64 * DAY, now - 22 * DAY),
            PhaseDates(phases.FEASIBILITY, now - 22 * DAY, now + 20 * DAY),
            PhaseDates(phases.VOTING, now + 25 * DAY, now + 39 * DAY),
            PhaseDates(phases.RESULTS, now + 41 * DAY, now + 70 * DAY),
            PhaseDates(phases.WORKS, now + 70 * DAY, now + 400 * DAY),
        ],
    )
    add_projects(cycle, ASTANA, categories)
    publish_cycle(by=by, cycle=cycle)
    return cycle
