"""Questions and letters: none is lost, each has a fate, and the minutes hold them all."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.services import erase_person, export_person
from councils.facts.hearing_record import record_of_hearing
from councils.models import HearingRegistration, Question, Submission
from councils.services.hearings import errors
from councils.services.hearings.course import end_hearing
from councils.services.hearings.minutes import write_minutes
from councils.services.hearings.places import Guest, register
from councils.services.hearings.questions import (
    answer,
    answer_in_writing,
    ask,
    decline,
    show,
    support,
    voter_of,
)
from councils.services.hearings.submissions import Written, submit, withdraw
from councils.services.meetings.minutes import publish_minutes, sign_minutes
from participation.models import AnswerDue
from participation.services.answers import Words, publish_answer
from participation.uploads import examine
from tests.councils.hearings import at, come, make_hearing, make_question

pytestmark = pytest.mark.django_db
TEXTS = {"kk": "Хаттама", "ru": "Протокол"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def hall(council):
    return make_hearing(council, state="open")


def say(question, text="Бүгін") -> Question:
    return answer(by=None, question=question, text=text, language="kk", answered_by="Ахметов")


def publish(meeting, secretary, chair):
    minutes = write_minutes(by=secretary, meeting=meeting, texts=TEXTS)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary")
    sign_minutes(by=chair, minutes=minutes, signer="chair")
    return publish_minutes(by=secretary, minutes=minutes)


def test_support_counts_once(hall, alice) -> None:
    question = make_question(hall)
    for who in (voter_of(person=alice), voter_of(person=alice), voter_of(phone="x")):
        support(question=question, voter=who)
    assert question.votes.count() == 2
    assert {len(vote.voter) for vote in question.votes.all()} == {40}
    say(question)
    with pytest.raises(errors.QuestionSettled):
        support(question=question, voter=voter_of(phone="y"))


def test_what_was_not_answered_is_owed_by_the_body(council) -> None:
    hall = make_hearing(council, state="open")
    live, shown, unread = (make_question(hall, f"{n}?", is_shown=n < 3) for n in (1, 2, 3))
    say(live)
    end_hearing(by=None, meeting=hall)
    shown.refresh_from_db()
    due = AnswerDue.objects.get()
    assert (shown.state, shown.answer_due, due.addressee) == (
        "in_writing", due, council.supervised_body,
    )  # fmt: skip
    assert (due.received_on, due.length) == (timezone.localdate(), 10)
    assert due.subject_ru == "№ 2. 2?"
    with pytest.raises(errors.QuestionsOpen):
        write_minutes(by=None, meeting=hall, texts=TEXTS)
    decline(by=None, question=unread, because="off_matter")
    with pytest.raises(errors.QuestionSettled):
        show(by=None, question=unread)


def test_the_clock_of_a_written_answer_begins_on_the_day_of_the_hearing(council) -> None:
    hall = make_hearing(council, state="open", starts_at=at("2026-03-17"), on=date(2026, 2, 27))
    due = answer_in_writing(by=None, question=make_question(hall)).answer_due
    assert due is not None
    assert (due.received_on, due.due_on) == (date(2026, 3, 17), date(2026, 4, 3))


def test_minutes_hold_every_question_and_stay(hall, secretary, chair) -> None:
    say(make_question(hall))
    answer_in_writing(by=None, question=make_question(hall))
    hidden = decline(by=None, question=make_question(hall, "Сенің…"), because="abusive")
    come(hall)
    end_hearing(by=None, meeting=hall)
    minutes = publish(hall, secretary, chair)
    told = minutes.record["hearing"]
    assert [row["state"] for row in told["questions"]] == ["answered", "in_writing", "declined"]
    assert told["questions"][hidden.number - 1]["text"] == ""
    assert told["registrations"]["present"] == 1
    assert told == record_of_hearing(hall)
    for sql in (
        "UPDATE councils_question SET answer = 'x' WHERE state = 'answered'",
        "UPDATE councils_question SET text = 'x'",
        "DELETE FROM councils_question",
        "INSERT INTO councils_question (meeting_id, number, language, text, asked_at, state, "
        "answer, answer_language, answered_by, declined_because) "
        f"VALUES ({hall.pk}, 9, 'ru', '?', now(), 'waiting', '', '', '', '')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)


def test_the_database_publishes_no_minutes_in_which_a_question_is_missing(
    hall, secretary, chair
) -> None:
    say(make_question(hall))
    end_hearing(by=None, meeting=hall)
    minutes = write_minutes(by=secretary, meeting=hall, texts=TEXTS)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary")
    sign_minutes(by=chair, minutes=minutes, signer="chair")
    Question.objects.create(
        meeting=hall, number=2, language="ru", text="?", asked_at=timezone.now(),
        state="declined", declined_because="repeated",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="a question is missing"), transaction.atomic():
        publish_minutes(by=secretary, minutes=minutes)


def test_the_answer_in_writing_stands_at_the_question(client, hall) -> None:
    question = answer_in_writing(by=None, question=make_question(hall))
    end_hearing(by=None, meeting=hall)
    words = Words(
        disposition="done", reasoning_kk="Иә", reasoning_ru="Да", signed_name="А", signed_post="Б"
    )
    publish_answer(by=None, answer_due=question.answer_due, words=words)
    page = client.get(f"/en{hall.get_absolute_url().removeprefix('/en')}").content.decode()
    assert "Answered in writing on" in page


# --- Letters ------------------------------------------------------------------------------------


def letter(meeting, **said) -> Submission:
    return submit(meeting=meeting, written=Written(text="Хат", language="kk", **said))


def test_a_letter_has_a_number_and_is_never_deleted(hall) -> None:
    first, second = letter(hall, may_publish=True), letter(hall)
    assert second.tracking_number == f"{hall.dossier.reference}-002"
    withdraw(by=None, submission=first, reason="Қате")
    with pytest.raises(errors.AlreadyWithdrawn):
        withdraw(by=None, submission=first, reason="Қате")
    for sql in (
        "DELETE FROM councils_submission",
        "UPDATE councils_submission SET text = 'x'",
        "UPDATE councils_submission SET withdrawn_at = NULL, withdrawn_because = '' "
        "WHERE withdrawn_at IS NOT NULL",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)


def test_files_are_as_public_as_their_letter(client, hall) -> None:
    upload = examine("Сызба.pdf", PDF)
    for may_publish, status in ((True, 200), (False, 404)):
        row = submit(
            meeting=hall,
            written=Written(text="Хат", language="kk", may_publish=may_publish),
            uploads=[upload],
        )
        address = f"/en/councils/submissions/files/{row.files.get().key}/"
        assert client.get(address).status_code == status
    withdraw(by=None, submission=Submission.objects.get(number=1), reason="Қате")
    first = Submission.objects.get(number=1).files.get()
    assert client.get(f"/en/councils/submissions/files/{first.key}/").status_code == 404


def test_a_letter_by_the_form_with_a_file(client, hall) -> None:
    sent = {
        "form_key": "00000000-0000-4000-8000-000000000001",
        "text": "Автобус қажет",
        "name": "Айгүл",
        "attachments": SimpleUploadedFile("a.pdf", PDF),
    }
    path = f"/en/councils/astana/hearings/{hall.number}/submit/"
    assert client.post(path, sent).status_code == 302
    row = Submission.objects.get()
    assert (row.files.get().name, row.may_publish, row.language) == ("a.pdf", False, "kk")
    page = client.get(f"/en/councils/astana/hearings/{hall.number}/")
    assert "Автобус" not in page.content.decode()


# --- A person's data ----------------------------------------------------------------------------


def test_exported_and_erased(council, alice, charlie) -> None:
    ahead = make_hearing(council, capacity=1)
    register(meeting=ahead, guest=Guest(name="Алиса", contact="+77010000001"), person=alice)
    register(meeting=ahead, guest=Guest(), person=charlie)
    question = ask(meeting=ahead, text="Қашан?", language="kk", asked_by=alice)
    row = submit(
        meeting=ahead,
        written=Written(text="Хат", language="kk", name="Алиса"),
        person=alice,
        uploads=[examine("a.pdf", PDF)],
    )
    support(question=show(by=None, question=question), voter=voter_of(person=alice))
    told = export_person(person=alice)["councils_hearings"]
    assert told["questions"][0]["text"] == "Қашан?"
    assert (told["places"][0]["name"], told["submissions"][0]["files"]) == ("Алиса", ["a.pdf"])

    erase_person(person=alice)

    place = HearingRegistration.objects.get(state="cancelled")
    assert (place.person, place.name, place.contact) == (None, "", "")
    assert ahead.hearing_registrations.get(person=charlie).state == "registered"
    question.refresh_from_db()
    row.refresh_from_db()
    assert (question.asked_by, question.text, question.votes.count()) == (None, "Қашан?", 1)
    assert (row.text, row.name, row.person, row.files.count()) == ("", "", None, 0)
    assert not question.votes.filter(voter=voter_of(person=alice)).exists()
