"""What the demo shows of Zhambyl's consultation, to the number."""

import pytest
from django.utils import timezone

from accounts.models import User
from config.demo.discovery import consultation as demo
from edp.consultation_pages import report_figures
from edp.facts.consultation import facts_of
from edp.opinion_pages import counted, opinion_map
from participation.models import AnswerDue, Event, Territory
from tests.conftest import make_person
from tests.edp.making import make_process

pytestmark = pytest.mark.django_db


def test_the_demo_of_zhambyl(city: Territory, alice: User, bob: User, charlie: User) -> None:
    Territory.objects.create(
        slug="shu", kind="town", parent=city.parent, name_kk="Шу", name_ru="Шу"
    )
    process = make_process(city, stage="consultation")
    people = {"organiser": bob, "business": alice, "citizen": charlie}
    people["officer"] = make_person("officer@example.org", "Officer")
    demo.load(process=process, people=people)
    consultation, today = process.consultations.get(), timezone.localdate()
    figures = report_figures(consultation, today)
    assert (figures.received, figures.answers.answered) == (31, 26)
    assert (figures.accepted, figures.in_part, figures.rejected) == (9, 8, 9)
    assert figures.answers.median_days == 6
    assert figures.answers.on_time == 26
    assert figures.changes == 12
    assert not AnswerDue.objects.overdue(today).exists()
    facts = facts_of(process)
    assert facts.working_days in (16, 17)  # today may be a day off
    assert (facts.hearings, facts.unanswered) == (2, 5)
    found = counted(consultation)
    by_number = {row["number"]: row for row in found["statements"]}
    assert by_number[1]["consensus"] == "0.242667"
    assert by_number[4]["consensus"] is None
    assert found["voters"] == 40
    drawn = opinion_map(consultation, found)
    assert drawn is not None
    assert sum(group.size for group in drawn.groups) == 40
    officer = people["officer"]
    due = AnswerDue.objects.filter(answered_on=None)[0]
    assert officer.has_perm("participation.give_answer", due)
    assert not Event.objects.filter(dossier=consultation.dossier).exists()
