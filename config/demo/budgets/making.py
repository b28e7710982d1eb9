"""What the demo's budgets are made with."""

from datetime import datetime, timedelta

from django.utils import timezone

from budgeting.models import Category, Cycle
from budgeting.services.proposals import submit_proposal
from config.demo.budgets.projects import Project, Three
from participation.services import Wording

MILLION = 1_000_000
DAY = timedelta(days=1)


def wordings_of(title: Three, summary: Three) -> list[Wording]:
    origins = ("original", "official", "checked")
    return [
        Wording(language, title[i], summary[i], origin=origins[i])
        for i, language in enumerate(("kk", "ru", "en"))
    ]


def evening_of(day: datetime) -> datetime:
    return timezone.localtime(day).replace(hour=18, minute=0, second=0, microsecond=0)


def add_projects(cycle: Cycle, projects: list[Project], categories: dict[str, Category]) -> None:
    envelope = cycle.envelopes.get()
    for project in projects:
        submit_proposal(
            by=None,
            cycle=cycle,
            envelope=envelope,
            wordings=wordings_of(project.title, project.summary),
            cost=project.cost * MILLION,
            category=categories[project.category],
            place=project.place,
        )
