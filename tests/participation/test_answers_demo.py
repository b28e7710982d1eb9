"""The demo's desk of Taraz is never empty; Astana's story is in tests/councils."""

from typing import Any

import pytest
from django.utils import timezone

from config.demo.answers import ask_taraz, create_answer_rules
from config.demo.budgets import create_categories, create_rulesets, create_taraz
from config.demo.people import create_people
from participation.answer_figures import board
from participation.models import AnswerDue
from participation.services.territories import load_territories


def budget(people) -> dict[str, Any]:
    """Without the votes, which keep the time of the database."""
    return {
        "by": people["organiser"],
        "ruleset": create_rulesets()["three"],
        "categories": create_categories(),
    }


@pytest.fixture
def places(db):
    return load_territories()


@pytest.fixture
def people(places):
    return create_people(places)


def test_the_desk_of_taraz_has_something_in_every_state_but_late(places, people) -> None:
    taraz = create_taraz(taraz=places["taraz"], **budget(people))
    ask_taraz(
        by=people["organiser"],
        officer=people["officer"],
        taraz=taraz,
        place=places["taraz"],
        ruleset=create_answer_rules(),
    )
    today = timezone.localdate()
    states = [due.state_on(today) for due in AnswerDue.objects.all()]
    assert set(states) == set(AnswerDue.State) - {AnswerDue.State.LATE}
    assert AnswerDue.objects.get(redirected_from__isnull=False).due_on > today
    assert next(body.figures.overdue for body in board(today)) == 1
