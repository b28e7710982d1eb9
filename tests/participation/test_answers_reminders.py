"""Reminders: each step once, at midnight of Almaty, whoever asks and however often."""

import threading

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils import timezone

from participation.models import AnswerReminder, CalendarDay, Delivery, Event, JournalEntry, Role
from participation.services.answers import (
    assign_answers,
    extend_clock,
    pause_clock,
    publish_answer,
    send_due_reminders,
)
from participation.tasks import remind_of_answers
from tests.conftest import make_person
from tests.participation.answers import at, d, make_body, make_officer, make_rules, register, words


@pytest.fixture
def body(db):
    return make_body()


@pytest.fixture
def officer(body, city):
    return make_officer("Marat", body, city, language="ru")


@pytest.fixture
def due(cycle, body, officer):
    with time_machine.travel(at("05-15")):
        return register(cycle.dossier, "05-15", body=body)


def steps() -> list[int]:
    return sorted(AnswerReminder.objects.values_list("step", flat=True))


def told(kind: str) -> list[str]:
    """By e-mail, in the order of the events and then of the people."""
    rows = Delivery.objects.filter(event__kind=kind, channel="email")
    rows = rows.order_by("event", "recipient__email")
    return [delivery.recipient.name for delivery in rows]


def test_every_step_goes_out_on_its_day_and_once(due, bob) -> None:
    days = {"05-25": [], "05-26": [-3], "06-01": [-3], "06-02": [-3], "06-05": [-3]}
    days |= {"06-08": [-3, 5], "06-14": [-3, 5], "06-15": [-3, 5, 10], "06-28": [-3, 5, 10]}
    days |= {"06-29": [-3, 5, 10, 20], "12-01": [-3, 5, 10, 20]}
    for day, expected in days.items():
        with time_machine.travel(at(day)):
            send_due_reminders()
            send_due_reminders()
        assert steps() == expected, day
    assert told("answer_reminder") == ["Marat"]
    assert told("answer_overdue") == ["Bob", "Marat", "Bob", "Marat", "Marat"]
    levels = dict(AnswerReminder.objects.values_list("step", "level"))
    assert levels == {-3: 0, 5: 1, 10: 2, 20: 3}
    public = JournalEntry.objects.filter(kind="participation.answer_overdue").order_by("number")
    assert [entry.data["working_days_late"] for entry in public] == [5, 10, 20]


def test_a_step_comes_with_midnight_in_almaty(due) -> None:
    with time_machine.travel(at("05-25", 23)):
        assert send_due_reminders() == 0
    with time_machine.travel(at("05-26", 0)):
        assert timezone.now().strftime("%d %H") == "25 19"  # in UTC it is the day before
        assert send_due_reminders() == 1


def test_after_days_without_a_worker_only_the_latest_step_goes_out(due) -> None:
    with time_machine.travel(at("06-16")):
        assert send_due_reminders() == 1
        assert send_due_reminders() == 0
    assert steps() == [10]


def test_before_the_date_nobody_is_told_that_it_has_passed(due) -> None:
    with time_machine.travel(at("06-01", 23)):
        send_due_reminders()
    assert told("answer_overdue") == []
    with time_machine.travel(at("06-02", 0)):
        assert send_due_reminders() == 0  # the first step after the date comes five days after it


def test_neither_a_clock_that_stands_still_nor_an_answer_is_reminded_of(due, bob) -> None:
    with time_machine.travel(at("05-22")):
        pause_clock(by=bob, answer_due=due, reason="Which?")
    with time_machine.travel(at("08-01")):
        assert send_due_reminders() == 0
    with time_machine.travel(at("05-22")):
        other = register(due.dossier, "05-15", body=due.addressee)
        publish_answer(by=bob, answer_due=other, words=words())
    with time_machine.travel(at("08-01")):
        assert send_due_reminders() == 0


def test_an_extended_term_moves_the_steps(due, bob) -> None:
    with time_machine.travel(at("05-20")):
        extend_clock(by=bob, answer_due=due, working_days=3, reason="Survey")
    with time_machine.travel(at("05-28")):
        assert send_due_reminders() == 0
    with time_machine.travel(at("06-01")):
        assert send_due_reminders() == 1
    assert AnswerReminder.objects.get().sent_on == d("06-01")


def test_who_has_it_in_hand_is_reminded_alone(due, officer, body, city) -> None:
    dana = make_officer("Dana", body, city)
    assign_answers(by=officer, answers_due=[due], to=dana)
    with time_machine.travel(at("05-26")):
        send_due_reminders()
    assert told("answer_reminder") == ["Dana"]
    Role.objects.filter(person=dana).update(valid_to=timezone.now())
    with time_machine.travel(at("06-30")):
        send_due_reminders()
    assert told("answer_overdue") == ["Marat"]


def test_a_body_without_an_officer_is_not_forgotten(cycle, bob) -> None:
    with time_machine.travel(at("05-26")):
        register(cycle.dossier, "05-15", body=make_body("Nobody's"))
        send_due_reminders()
    assert told("answer_reminder") == ["Bob"]


def test_escalation_names_roles_of_the_place_and_above_only(due, city, alice) -> None:
    for name, place in (("Secretary", city), ("Above", city.parent), ("Elsewhere", None)):
        Role.objects.create(
            person=make_person(f"{name.lower()}@example.org", name),
            kind=Role.Kind.COUNCIL_SECRETARY,
            territory=place,
            dossier=None if place else _other_dossier(city),
            valid_from=timezone.now(),
        )
    with time_machine.travel(at("2027-06-15")):
        assert send_due_reminders() == 1  # step 20, which escalates to nobody
    assert told("answer_overdue") == ["Marat"]
    with time_machine.travel(at("2026-12-14")):
        later = register(due.dossier, "2026-11-25", body=due.addressee, ruleset=_to_secretary())
        assert later.due_on == d("2026-12-09")
        assert send_due_reminders() == 1
    assert told("answer_overdue")[1:] == ["Above", "Marat", "Secretary"]


def _to_secretary():
    return make_rules(reminders=[3], escalation={"3": ["council_secretary"]})


def _other_dossier(city):
    from participation.services import create_dossier

    return create_dossier(
        kind="budgeting.proposal", territory=city, state="x", path="other/", wordings=[]
    )


def test_a_changed_calendar_is_counted_before_anybody_is_reminded(due) -> None:
    CalendarDay.objects.create(day=d("05-28"), is_working=False, reason="Order No. 9")
    with time_machine.travel(at("05-26")):
        assert send_due_reminders() == 1
        due.refresh_from_db()
    assert due.due_on == d("06-02")
    assert due.clock_events.get().reason == due.calendar_version
    assert AnswerReminder.objects.get().sent_on == d("05-26")


def test_what_a_worker_runs_asks_only_what_is_due(due) -> None:
    with time_machine.travel(at("05-26")):
        remind_of_answers()
        remind_of_answers()
    assert steps() == [-3]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(due) -> None:
    barrier, failed = threading.Barrier(4), []
    others = [register(due.dossier, "05-15", body=due.addressee) for _ in range(5)]

    def remind() -> None:
        try:
            barrier.wait(30)
            send_due_reminders()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    with time_machine.travel(at("05-26"), tick=False):
        threads = [threading.Thread(target=remind) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert failed == []
    assert AnswerReminder.objects.count() == 1 + len(others)
    assert Event.objects.filter(kind="answer_reminder").count() == 1 + len(others)


def test_the_database_keeps_each_step_once_and_for_ever(due) -> None:
    with time_machine.travel(at("05-26")):
        send_due_reminders()
    reminder = AnswerReminder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerReminder.objects.create(
            answer_due=due, step=-3, level=0, sent_on=reminder.sent_on, told=0
        )
    for statement in ("UPDATE participation_answerreminder SET step = 1",
                      "DELETE FROM participation_answerreminder",
                      "TRUNCATE participation_answerreminder"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
