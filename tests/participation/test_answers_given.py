"""Answers: published once and for ever, late for ever, corrected in the open, passed on."""

import threading

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from accounts.models import Helix
from accounts.services import erase_person, export_person
from participation.models import (
    Answer,
    AnswerDraft,
    AnswerDue,
    AnswerTemplate,
    Delivery,
    JournalEntry,
)
from participation.services.answers import (
    add_template,
    assign_answers,
    correct_answer,
    officers_of,
    pause_clock,
    publish_answer,
    resume_clock,
    save_draft,
)
from participation.services.answers.errors import (
    AlreadyAnswered,
    AnswerIncomplete,
    NotAColleague,
    NotAnswered,
    NotAStateBody,
    PassedInACircle,
    ReasonMissing,
    SavedMeanwhile,
)
from tests.participation.answers import at, d, make_body, make_officer, register, words


@pytest.fixture
def dossier(cycle):
    return cycle.dossier


@pytest.fixture
def body(db):
    return make_body()


@pytest.fixture
def officer(body, city):
    return make_officer("Marat", body, city)


@pytest.mark.parametrize(
    ("answered", "taken", "late"),
    [("05-15", 0, 0), ("05-29", 9, 0), ("06-01", 10, 0), ("06-02", 11, 1), ("07-02", 33, 23)],
)
def test_lateness_is_counted_in_working_days(dossier, answered: str, taken: int, late: int) -> None:
    due = register(dossier, "05-15")
    publish_answer(by=None, answer_due=due, words=words(), on=d(answered))
    due.refresh_from_db()
    assert (due.days_taken, due.days_late) == (taken, late)
    state = AnswerDue.State.LATE if late else AnswerDue.State.ON_TIME
    assert due.state_on(d("2030-01-01")) == state
    entry = JournalEntry.objects.get(kind="participation.answer_published")
    assert entry.data["days_late"] == late


def test_days_of_a_pause_do_not_count_as_taken(dossier) -> None:
    due = register(dossier, "05-15")
    pause_clock(by=None, answer_due=due, reason="Which?", on=d("05-26"))
    resume_clock(by=None, answer_due=due, reason="This.", on=d("06-03"))
    publish_answer(by=None, answer_due=due, words=words(), on=d("06-08"))
    due.refresh_from_db()
    assert (due.due_on, due.days_taken, due.days_late) == (d("06-09"), 9, 0)


@time_machine.travel(at("06-01", 23))
def test_the_last_minute_of_the_last_day_in_almaty_is_in_time(dossier) -> None:
    due = register(dossier, "05-15")
    publish_answer(by=None, answer_due=due, words=words())
    due.refresh_from_db()
    assert due.days_late == 0


@time_machine.travel(at("06-02", 0))
def test_the_first_minute_after_it_is_late(dossier) -> None:
    due = register(dossier, "05-15")
    publish_answer(by=None, answer_due=due, words=words())
    due.refresh_from_db()
    assert due.days_late == 1


INCOMPLETE = {
    "no Kazakh": {"reasoning_kk": " "},
    "no Russian": {"reasoning_ru": ""},
    "no name": {"signed_name": ""},
    "no post": {"signed_post": " "},
    "no decision": {"disposition": "later"},
    "passed on to nobody": {"disposition": "redirected"},
}


@pytest.mark.parametrize("changed", INCOMPLETE.values(), ids=INCOMPLETE)
def test_an_incomplete_answer_is_not_published(dossier, changed) -> None:
    due = register(dossier)
    with pytest.raises(AnswerIncomplete):
        publish_answer(by=None, answer_due=due, words=words(**changed))
    due.refresh_from_db()
    assert not due.is_answered
    assert not Answer.objects.exists()


def test_one_answer_and_then_corrections_with_reasons(dossier) -> None:
    due = register(dossier, "05-15")
    with pytest.raises(NotAnswered):
        correct_answer(by=None, answer_due=due, words=words(), reason="Slip")
    publish_answer(by=None, answer_due=due, words=words(), on=d("06-02"))
    with pytest.raises(AlreadyAnswered):
        publish_answer(by=None, answer_due=due, words=words("rejected"))
    with pytest.raises(ReasonMissing):
        correct_answer(by=None, answer_due=due, words=words("in_part"), reason=" ")
    correct_answer(by=None, answer_due=due, words=words("in_part"), reason="A wrong number")
    due = AnswerDue.objects.get(pk=due.pk)
    assert [a.version for a in due.answers.all()] == [1, 2]
    assert due.answer.disposition == "in_part"
    assert (due.answered_on, due.days_late) == (d("06-02"), 1)
    with pytest.raises(AnswerIncomplete, match="passed on"):
        correct_answer(
            by=None,
            answer_due=due,
            words=words("redirected", redirected_to=make_body("Ministry")),
            reason="x",
        )


def test_passing_on_gives_the_other_body_its_own_clock(dossier, body, city) -> None:
    ministry, firm = make_body("Ministry"), make_body("Firm", Helix.BUSINESS)
    make_officer("Dana", ministry, city)
    due = register(dossier, "05-15", body=body)
    for to, refusal in ((firm, NotAStateBody), (body, PassedInACircle)):
        with pytest.raises(refusal):
            publish_answer(by=None, answer_due=due, words=words("redirected", redirected_to=to))
    publish_answer(
        by=None,
        answer_due=due,
        words=words("redirected", redirected_to=ministry),
        on=d("05-20"),
    )
    passed = AnswerDue.objects.get(redirected_from=due)
    assert (passed.addressee, passed.received_on, passed.due_on) == (
        ministry,
        d("05-20"),
        d("06-04"),
    )
    assert passed.subject_kk == due.subject_kk
    with pytest.raises(PassedInACircle):
        publish_answer(by=None, answer_due=passed, words=words("redirected", redirected_to=body))
    told = Delivery.objects.filter(event__kind="answer_due", channel="email").values_list(
        "recipient__name"
    )
    assert [name for (name,) in told] == ["Dana"]


STATEMENTS = {
    "unanswers": "UPDATE participation_answerdue"
    " SET answered_on = NULL, days_taken = NULL, days_late = NULL",
    "hides lateness": "UPDATE participation_answerdue SET days_late = 0",
    "moves the date": "UPDATE participation_answerdue SET due_on = due_on + 30",
    "rewrites": "UPDATE participation_answer SET reasoning_kk = 'Other'",
    "signs for another": "UPDATE participation_answer SET signed_name = 'Other'",
    "erases more than a name": "UPDATE participation_answer"
    " SET signed_name = '', signed_post = 'Other'",
    "forgets": "DELETE FROM participation_answer",
    "forgets all": "TRUNCATE participation_answer",
    "a second first one": "INSERT INTO participation_answer (answer_due_id, version, disposition,"
    " reasoning_kk, reasoning_ru, reasoning_en, change_reference, signed_name, signed_post,"
    " correction_reason, responded_on, published_at) SELECT answer_due_id, 1, disposition,"
    " 'x', 'x', '', '', 'x', 'x', '', responded_on, now() FROM participation_answer",
    "a version too far": "INSERT INTO participation_answer (answer_due_id, version, disposition,"
    " reasoning_kk, reasoning_ru, reasoning_en, change_reference, signed_name, signed_post,"
    " correction_reason, responded_on, published_at) SELECT answer_due_id, 3, disposition,"
    " 'x', 'x', '', '', 'x', 'x', 'x', responded_on, now() FROM participation_answer",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_what_is_answered_stays_answered(dossier, statement: str) -> None:
    due = register(dossier, "05-15")
    publish_answer(by=None, answer_due=due, words=words(), on=d("06-02"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    due.refresh_from_db()
    assert (due.days_late, due.answers.get().reasoning_kk) == (1, "Қабылданды.")


def test_an_answer_that_does_not_count_cannot_be_committed(dossier) -> None:
    due = register(dossier)
    Answer.objects.create(
        answer_due=due,
        version=1,
        disposition="accepted",
        reasoning_kk="x",
        reasoning_ru="x",
        signed_name="x",
        signed_post="x",
        responded_on=due.received_on,
    )
    with pytest.raises(IntegrityError, match="does not count"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_published(dossier) -> None:
    due = register(dossier)
    barrier, refused = threading.Barrier(3), []

    def answer(disposition: str) -> None:
        try:
            barrier.wait(30)
            publish_answer(by=None, answer_due=due, words=words(disposition))
        except AlreadyAnswered as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(a,)) for a in ("accepted", "rejected", "done")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(refused) == 2
    assert Answer.objects.get().version == 1


# --- Work inside a body -------------------------------------------------------------------------


def test_a_draft_is_kept_and_two_savings_do_not_overwrite_each_other(
    dossier, officer, body
) -> None:
    due = register(dossier, body=body)
    first = save_draft(by=officer, answer_due=due, revision=0, reasoning_kk="Бір")
    assert first.revision == 1
    save_draft(by=officer, answer_due=due, revision=1, reasoning_kk="Екі")
    with pytest.raises(SavedMeanwhile):
        save_draft(by=officer, answer_due=due, revision=1, reasoning_kk="Үш")
    assert AnswerDraft.objects.get().reasoning_kk == "Екі"
    publish_answer(by=officer, answer_due=due, words=words())
    assert not AnswerDraft.objects.exists()
    with pytest.raises(AlreadyAnswered):
        save_draft(by=officer, answer_due=due, revision=0)


def test_answers_are_handed_to_colleagues_of_the_same_body(dossier, officer, body, city) -> None:
    colleague = make_officer("Dana", body, city)
    stranger = make_officer("Nurlan", make_body("Ministry"), city)
    ours = [register(dossier, body=body) for _ in range(3)]
    assert assign_answers(by=officer, answers_due=ours, to=colleague) == 3
    assert assign_answers(by=officer, answers_due=ours, to=colleague) == 0
    told = Delivery.objects.get(event__kind="answer_assigned", channel="email")
    assert (told.recipient, told.event.data["number"]) == (colleague, 3)
    with pytest.raises(NotAColleague):
        assign_answers(by=officer, answers_due=ours, to=stranger)
    assert set(AnswerDue.objects.values_list("assignee__name", flat=True)) == {"Dana"}
    assert assign_answers(by=officer, answers_due=ours[:1], to=None) == 1
    publish_answer(by=officer, answer_due=ours[1], words=words())
    assert assign_answers(by=officer, answers_due=ours, to=officer) == 2


def test_a_template_is_replaced_by_its_name(body) -> None:
    for text in ("Бір", "Екі"):
        add_template(
            organisation=body,
            name="Thanks",
            disposition="done",
            reasoning_kk=text,
            reasoning_ru="Раз",
        )
    assert AnswerTemplate.objects.get().words()["reasoning_kk"] == "Екі"


def test_who_is_gone_answers_for_nobody_and_leaves_the_answers(dossier, officer, body) -> None:
    due, waiting = register(dossier, body=body), register(dossier, body=body)
    assign_answers(by=officer, answers_due=[due, waiting], to=officer)
    save_draft(by=officer, answer_due=waiting, revision=0, reasoning_kk="Бір")
    publish_answer(by=officer, answer_due=due, words=words(signed_name="Marat"))
    exported = export_person(person=officer)["answers"]
    assert [row["answer_due"] for row in exported["published"]] == [due.pk]
    assert [row["reasoning_kk"] for row in exported["drafts"]] == ["Бір"]
    erase_person(person=officer)
    assert officers_of([body]) == []
    answer = Answer.objects.get()
    assert (answer.signed_name, answer.signed_post) == ("", "Deputy akim")
    assert set(AnswerDue.objects.values_list("assignee", flat=True)) == {None}
    assert AnswerDraft.objects.get().saved_by is None
