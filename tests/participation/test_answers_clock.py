"""When an answer is due, how the date may move, and that nothing moves it silently."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from accounts.models import Helix
from participation.models import AnswerDue, ClockEvent, JournalEntry
from participation.services.answers import (
    change_calendar_day,
    extend_clock,
    pause_clock,
    publish_answer,
    recompute_open,
    register_answer_due,
    resume_clock,
)
from participation.services.answers.errors import (
    AlreadyAnswered,
    ClockRuns,
    ClockStandsStill,
    DateHasPassed,
    DayNotPossible,
    ExtensionTooLong,
    NotAStateBody,
    ReasonMissing,
)
from tests.participation.answers import at, d, make_body, make_rules, register, words


@pytest.fixture
def dossier(cycle):
    return cycle.dossier


def test_a_date_is_stored_with_how_it_was_counted(dossier) -> None:
    due = register(dossier, "05-15")
    assert due.due_on == d("06-01")
    assert due.calendar_version.startswith("holidays-")
    assert due.counted[0] == {"day": "2026-05-16", "number": None, "why": "weekend", "name": ""}
    assert due.counted[-1] == {"day": "2026-06-01", "number": 10, "why": "", "name": ""}
    assert [row["name"] for row in due.counted if row["why"] == "estimated"] == ["Eid al-Adha"]
    assert due.ruleset.frozen_at is not None
    entry = JournalEntry.objects.get(kind="participation.answer_due")
    assert entry.data["due_on"] == "2026-06-01"


def test_a_pause_moves_the_date_by_what_was_left(dossier, bob) -> None:
    due = register(dossier, "05-15")
    paused = pause_clock(by=bob, answer_due=due, reason="Which route?", on=d("05-26"))
    assert (paused.paused_on, paused.due_on) == (d("05-26"), d("06-01"))
    assert paused.state_on(d("06-05")) == AnswerDue.State.PAUSED
    resumed = resume_clock(by=bob, answer_due=due, reason="Route 12", on=d("06-03"))
    assert (resumed.paused_on, resumed.due_on) == (None, d("06-09"))
    events = [(e.kind, e.old_due, e.new_due) for e in due.clock_events.all()]
    assert events == [("pause", d("06-01"), None), ("resume", d("06-01"), d("06-09"))]
    reasons = [
        entry.data["reason"]
        for entry in JournalEntry.objects.filter(kind="participation.answer_clock")
    ]
    assert reasons == ["Route 12", "Which route?"]


@time_machine.travel(at("05-20"))
def test_a_day_that_is_declared_off_later_moves_every_open_date(dossier, bob) -> None:
    open_due, answered = register(dossier, "05-15"), register(dossier, "05-15")
    publish_answer(by=bob, answer_due=answered, words=words())
    change_calendar_day(by=bob, day=d("05-29"), is_working=False, reason="Order No. 1")
    open_due.refresh_from_db()
    answered.refresh_from_db()
    assert (open_due.due_on, answered.due_on) == (d("06-02"), d("06-01"))
    (event,) = ClockEvent.objects.all()
    assert (event.kind, event.old_due, event.new_due) == ("recompute", d("06-01"), d("06-02"))
    assert event.reason == "Order No. 1"
    assert {row["day"]: row["name"] for row in open_due.counted}["2026-05-29"] == "Order No. 1"
    # Doing it again moves nothing and tells nothing.
    change_calendar_day(by=bob, day=d("05-29"), is_working=False, reason="Order No. 1")
    assert ClockEvent.objects.count() == 1
    assert recompute_open(reason="Again") == 0


@time_machine.travel(at("05-28"))
def test_a_change_of_the_calendar_reaches_a_clock_that_stands_still(dossier, bob) -> None:
    due = register(dossier, "05-15")
    pause_clock(by=bob, answer_due=due, reason="Which route?", on=d("05-26"))
    change_calendar_day(by=bob, day=d("05-19"), is_working=False, reason="Order No. 2")
    due.refresh_from_db()
    assert due.due_on == d("06-01")
    resumed = resume_clock(by=bob, answer_due=due, reason="Route 12", on=d("05-28"))
    assert resumed.due_on == d("06-04")  # five of ten days were used


@time_machine.travel(at("05-20"))
def test_an_extension_keeps_within_the_rules(dossier, bob) -> None:
    due = register(dossier, "05-15")
    assert extend_clock(by=bob, answer_due=due, working_days=3, reason="Survey").due_on == d(
        "06-04"
    )
    with pytest.raises(ExtensionTooLong, match="2 more"):
        extend_clock(by=bob, answer_due=due, working_days=3, reason="More")
    assert extend_clock(by=bob, answer_due=due, working_days=2, reason="More").due_on == d("06-08")
    with pytest.raises(ExtensionTooLong, match="0 more"):
        extend_clock(by=bob, answer_due=due, working_days=1, reason="More")


@time_machine.travel(at("06-02", 0))
def test_once_the_date_has_passed_nothing_hides_it(dossier, bob) -> None:
    due = register(dossier, "05-15")
    assert due.state_on(d("06-01")) == AnswerDue.State.RUNNING
    assert due.state_on(d("06-02")) == AnswerDue.State.OVERDUE
    with pytest.raises(DateHasPassed):
        pause_clock(by=bob, answer_due=due, reason="Wait")
    with pytest.raises(DateHasPassed):
        extend_clock(by=bob, answer_due=due, working_days=1, reason="Wait")
    assert not ClockEvent.objects.exists()


@time_machine.travel(at("05-20"))
def test_what_the_clock_refuses(dossier, bob) -> None:
    due = register(dossier, "05-15")
    acts = {
        ReasonMissing: lambda: pause_clock(by=bob, answer_due=due, reason=" "),
        ClockRuns: lambda: resume_clock(by=bob, answer_due=due, reason="Go"),
        DayNotPossible: lambda: pause_clock(by=bob, answer_due=due, reason="x", on=d("05-21")),
    }
    for refusal, act in acts.items():
        with pytest.raises(refusal):
            act()
    with pytest.raises(DayNotPossible):
        pause_clock(by=bob, answer_due=due, reason="x", on=d("05-14"))
    pause_clock(by=bob, answer_due=due, reason="x", on=d("05-19"))
    with pytest.raises(ClockStandsStill):
        pause_clock(by=bob, answer_due=due, reason="x")
    with pytest.raises(ClockStandsStill):
        publish_answer(by=bob, answer_due=due, words=words())
    with pytest.raises(DayNotPossible):  # before the clock was stopped
        resume_clock(by=bob, answer_due=due, reason="x", on=d("05-18"))
    resume_clock(by=bob, answer_due=due, reason="x")
    publish_answer(by=bob, answer_due=due, words=words())
    with pytest.raises(AlreadyAnswered):
        pause_clock(by=bob, answer_due=due, reason="x")


def test_only_a_state_body_owes_an_answer_and_only_from_a_day_that_was(dossier) -> None:
    firm = make_body("Firm", Helix.BUSINESS)
    with pytest.raises(NotAStateBody):
        register(dossier, "05-15", body=firm)
    with pytest.raises(DayNotPossible):
        register_answer_due(
            by=None,
            dossier=dossier,
            addressee=make_body(),
            ruleset=make_rules(),
            subjects={"kk": "Сұрақ"},
            received_on=d("2099-01-01"),
        )
    assert not AnswerDue.objects.exists()


# --- Whatever the code does, the database says no -----------------------------------------------

SILENT = {
    "moves the date": "UPDATE participation_answerdue SET due_on = due_on + 1",
    "lengthens the term": "UPDATE participation_answerdue SET length = length + 1",
    "stops the clock": "UPDATE participation_answerdue SET paused_on = received_on",
    "changes the question": "UPDATE participation_answerdue SET subject_kk = 'Other'",
    "puts it into another mouth": "UPDATE participation_answerdue SET comment_id = 1",
    "changes the receipt": "UPDATE participation_answerdue SET received_on = received_on - 1",
    "answers without an answer": "UPDATE participation_answerdue"
    " SET answered_on = due_on, days_taken = 1, days_late = 0",
    "forgets it": "DELETE FROM participation_answerdue",
    "forgets all": "TRUNCATE participation_answerdue CASCADE",
    "rewrites an event": "UPDATE participation_clockevent SET reason = 'Other'",
    "forgets an event": "DELETE FROM participation_clockevent",
    "forgets events": "TRUNCATE participation_clockevent",
}


@pytest.mark.parametrize("statement", SILENT.values(), ids=SILENT)
def test_nothing_moves_silently(dossier, bob, statement: str) -> None:
    due = register(dossier)
    pause_clock(by=bob, answer_due=due, reason="Which?")
    resume_clock(by=bob, answer_due=due, reason="This.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    due.refresh_from_db()
    assert (due.subject_kk, due.is_answered, due.clock_events.count()) == ("Сұрақ", False, 2)


def test_a_firm_cannot_be_made_to_answer_by_hand(dossier) -> None:
    due = register(dossier)
    firm = make_body("Firm", Helix.BUSINESS)
    due.pk, due.addressee = None, firm
    with pytest.raises(DatabaseError), transaction.atomic():
        due.save(force_insert=True)
