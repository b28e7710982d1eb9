"""What people are told of answers, in their language."""

import pytest
import time_machine

from participation.letters import compose
from participation.models import Delivery, Follow
from participation.services.answers import (
    assign_answers,
    pause_clock,
    publish_answer,
    register_answer_due,
    resume_clock,
    send_due_reminders,
)
from participation.services.fan_out import fan_out_waiting
from participation.services.following import follow
from tests.participation.answers import at, make_body, make_officer, make_rules, register, words


@pytest.fixture
def officer(city):
    return make_officer("Marat", make_body(), city, language="en")


def letter(kind: str, name: str):
    rows = Delivery.objects.filter(event__kind=kind, recipient__name=name, channel="email")
    message = compose(rows.latest("pk"))
    return message.subject, message.text


def test_letters_tell_what_is_due_and_lead_there(cycle, officer, city) -> None:
    make_officer("Dana", make_body(), city, language="ru")
    with time_machine.travel(at("05-15")):
        due = register(cycle.dossier, "05-15")
    subject, body = letter("answer_due", "Marat")
    assert subject == "An answer is due by 1 June 2026: Question"
    assert f"/en/answers/{due.pk}/" in body
    assert "Akimat of Taraz owes an answer" in body
    subject, body = letter("answer_due", "Dana")
    assert "Вопрос" in subject
    assert f"/ru/answers/{due.pk}/" in body
    with time_machine.travel(at("05-26")):
        send_due_reminders()
    assert letter("answer_reminder", "Marat")[0] == "The last day is 1 June 2026: Question"
    with time_machine.travel(at("06-08")):
        send_due_reminders()
    assert "has not answered: Question" in letter("answer_overdue", "Marat")[0]
    assign_answers(by=officer, answers_due=[due], to=officer)
    assert not Delivery.objects.filter(event__kind="answer_assigned").exists()  # told oneself


def test_followers_hear_of_the_answer_and_of_every_change_of_its_date(
    cycle, officer, alice
) -> None:
    follow(person=alice, dossier=cycle.dossier)
    follow(person=officer, dossier=cycle.dossier)
    with time_machine.travel(at("05-20")):
        due = register(cycle.dossier, "05-15")
        pause_clock(by=officer, answer_due=due, reason="Which?")
        fan_out_waiting()
        subject, body = letter("answer_clock", "Alice")
        assert subject == "The date of an answer has changed: Question"
        assert "stands still" in body
        resume_clock(by=officer, answer_due=due, reason="This.")
        fan_out_waiting()
        assert "by 2 June 2026 now" in letter("answer_clock", "Alice")[1]
    with time_machine.travel(at("06-05")):
        publish_answer(by=officer, answer_due=due, words=words())
    fan_out_waiting()
    subject, body = letter("answer_published", "Alice")
    assert subject == "Akimat of Taraz has answered: Question"
    assert "Accepted. The answer is 3 working days late." in body
    # Who did it is not told.
    assert not Delivery.objects.filter(event__kind="answer_published", recipient=officer).exists()


def follows_it(person, cycle) -> bool:
    return Follow.objects.filter(person=person, dossier=cycle.dossier).exists()


def test_whoever_asks_or_answers_follows_what_becomes_of_it(cycle, officer, bob) -> None:
    assert not follows_it(bob, cycle)
    due = register_answer_due(
        by=bob,
        dossier=cycle.dossier,
        addressee=make_body(),
        ruleset=make_rules(),
        subjects={"kk": "Сұрақ"},
    )
    assert follows_it(bob, cycle)
    publish_answer(by=officer, answer_due=due, words=words())
    assert follows_it(officer, cycle)
