"""The demo tells Astana's story with the dates that were counted by hand."""

from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Organisation
from config.demo.answers import ask_taraz, create_answer_rules, tell_of_astana
from config.demo.budgets import create_astana, create_categories, create_rulesets, create_taraz
from config.demo.people import create_people
from participation.answer_figures import board, figures_of
from participation.models import AnswerDue, AnswerReminder, Delivery
from participation.services import first_broken_entry
from participation.services.territories import load_territories
from participation.templatetags.kenes import percent
from tests.participation.answers import at, d


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


@pytest.fixture
def told(places, people) -> Organisation:
    """The story of Astana, as it is told after that spring."""
    with time_machine.travel(at("2026-11-24")):
        astana = create_astana(astana=places["astana"], **budget(people))
        tell_of_astana(by=people["organiser"], astana=astana, ruleset=create_answer_rules())
    return Organisation.objects.get(name_en="Astana Department of Transport and Roads")


def test_six_recommendations_were_answered_and_one_23_days_late(told) -> None:
    dues = list(AnswerDue.objects.filter(addressee=told).order_by("pk"))
    assert [(due.received_on, due.due_on, due.days_late) for due in dues] == [
        (d("05-15"), d("06-09") if number == 5 else d("06-01"), 23 if number == 4 else 0)
        for number in range(1, 7)
    ]
    figures = figures_of(AnswerDue.objects.filter(addressee=told), d("2026-11-24"))
    assert (figures.answered, figures.total, figures.on_time, figures.late) == (6, 6, 5, 1)
    assert percent(figures.on_time_share, 1) == "83.3\N{NO-BREAK SPACE}%"
    decisions = sorted(due.answer.disposition for due in dues)
    assert decisions == ["accepted"] * 4 + ["in_part", "rejected"]


def test_they_were_reminded_on_the_days_of_the_story(told) -> None:
    dues = AnswerDue.objects.order_by("pk")
    late = AnswerReminder.objects.filter(answer_due=dues[3], step__gt=0)
    assert [r.sent_on for r in late] == [d("06-08"), d("06-15"), d("06-29")]
    reminded = AnswerReminder.objects.filter(step=-3).values_list("sent_on", flat=True)
    assert set(reminded) == {d("05-26"), d("06-04")}
    assert not Delivery.objects.filter(event__kind__startswith="answer").exists()
    assert first_broken_entry() is None


def test_before_that_spring_the_story_is_not_told(places, people) -> None:
    with time_machine.travel(at("2026-03-02")):
        astana = create_astana(astana=places["astana"], **budget(people))
        tell_of_astana(by=people["organiser"], astana=astana, ruleset=create_answer_rules())
    assert not AnswerDue.objects.exists()


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
