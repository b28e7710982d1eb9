"""The demo tells Astana's story with the dates that were counted by hand (domain 5.6)."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from config.demo.councils import recommendations as demo
from config.demo.councils.spring_answers import VOTED
from councils.citizen_voices import voices_of
from councils.facts.recommendations import recommendation_figures
from councils.models import AgendaItem, Council, Motion, PublicControlAction
from participation.models import AnswerDue, AnswerReminder, Delivery
from participation.services import first_broken_entry
from participation.templatetags.kenes import percent
from tests.councils.recommending import make_meeting
from tests.participation.answers import at, d

pytestmark = pytest.mark.django_db


def vote(council: Council) -> None:
    """The six motions of 14 May."""
    meeting = make_meeting(council, VOTED)
    for number in range(1, 7):
        names = {"name_kk": "Көлік", "name_ru": "Транспорт"}
        item = AgendaItem.objects.create(meeting=meeting, number=number, **names)
        Motion.objects.create(
            item=item, number=1, text_kk="Ұсыну", text_ru="Рекомендовать", state="adopted"
        )


@pytest.fixture
def told(council: Council, secretary: User, alice: User) -> Council:
    vote(council)
    with time_machine.travel(at("2026-11-24")):
        demo.load(council=council, people={"secretary": secretary, "citizen": alice}, places={})
    return council


def dues(council: Council) -> list[AnswerDue]:
    found = AnswerDue.objects.filter(dossier__recommendation__council=council)
    return list(found.order_by("dossier__recommendation__number"))


def test_the_six_recommendations_to_the_day(told: Council) -> None:
    assert [(due.received_on, due.due_on, due.days_late) for due in dues(told)] == [
        (d("05-15"), d("06-09") if number == 5 else d("06-01"), 23 if number == 4 else 0)
        for number in range(1, 7)
    ]
    figures = recommendation_figures(told, d("11-24"))
    assert (figures.answered, figures.delivered) == (6, 6)
    assert (figures.answers.on_time, figures.answers.late) == (5, 1)
    assert percent(figures.on_time_share, 1) == "83.3\N{NO-BREAK SPACE}%"
    assert (figures.accepted, figures.in_part, figures.rejected) == (4, 1, 1)
    assert figures.implemented_by_act == 2
    numbers = told.recommendations.delivered().order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]
    states = told.recommendations.delivered().order_by("number").values_list("state", flat=True)
    assert list(states) == [
        "implemented", "answered", "rejected", "in_implementation", "in_implementation",
        "implemented",
    ]  # fmt: skip


def test_they_were_reminded_on_the_days_of_the_story(told: Council) -> None:
    late = AnswerReminder.objects.filter(answer_due=dues(told)[3], step__gt=0)
    assert [row.sent_on for row in late] == [d("06-08"), d("06-15"), d("06-29")]
    reminded = AnswerReminder.objects.filter(step=-3).values_list("sent_on", flat=True)
    assert set(reminded) == {d("05-26"), d("06-04")}
    assert not Delivery.objects.filter(event__kind__startswith="answer").exists()
    assert first_broken_entry() is None


def test_citizens_are_asked_in_november(told: Council, alice: User) -> None:
    found = told.recommendations.delivered().order_by("number")[0]
    (voices,) = voices_of(found)
    assert (voices.asked, voices.answered) == (59, 44)
    assert [bar.count for bar in voices.bars] == [21, 14, 6, 3]
    assert voices.check.invitations.get(person=alice).basis == "participant"


def test_control_ends_in_a_document_or_goes_on(told: Council) -> None:
    states = PublicControlAction.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["finished", "under_way"]
    with time_machine.travel(at("2026-11-24")):
        for part in ("dockets", "recommendations", "control", "dockets/1"):
            assert Client().get(f"/kk/councils/astana/{part}/").status_code == 200


def test_before_that_summer_the_story_is_not_told(
    council: Council, secretary: User, alice: User
) -> None:
    vote(council)
    with time_machine.travel(at("2026-06-20")):
        demo.load(council=council, people={"secretary": secretary, "citizen": alice}, places={})
    assert not AnswerDue.objects.exists()
    assert council.dockets.count() == 3
    assert date(2026, 11, 2) == demo.ASKED_FROM
