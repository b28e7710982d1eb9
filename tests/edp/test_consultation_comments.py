"""Every published comment of a consultation is owed exactly one reasoned answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person
from edp.models import PassageComment
from edp.services import consultation as services
from edp.services.consultation import errors
from participation.models import AnswerDue, Comment, Role, Territory
from participation.services.answers import correct_answer, publish_answer
from participation.services.answers.errors import AnswerIncomplete
from participation.services.comments import write_comment
from participation.services.moderation import decide_comment
from tests.conftest import make_person
from tests.edp.consulting import close, make_consultation, passage_of, say
from tests.participation.answers import make_body as make_state_body
from tests.participation.answers import words

pytestmark = pytest.mark.django_db
LONG = "Every plant must publish what it emits, each month and on one page for everybody."


def test_a_comment_is_owed_one_answer(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    comment = say(alice, consultation, number=2)
    due = AnswerDue.objects.get(comment=comment)
    assert due.addressee == consultation.decider
    assert (due.received_on, due.length) == (timezone.localdate(), 10)
    assert due.subject_en == f"Comment {comment.pk} on passage 2, “On two”"
    row = PassageComment.objects.get(comment=comment)
    assert (row.answer_due, row.channel, row.passage) == (due, "web", passage_of(consultation, 2))


def test_also_where_it_was_written_in_the_discussion(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    dossier = consultation.dossier
    comment = write_comment(by=alice, dossier=dossier, text="All of it.", page_language="en")
    row = PassageComment.objects.get(comment=comment)
    assert row.passage is None
    assert row.answer_due is not None
    reply = write_comment(
        by=alice, dossier=dossier, text="And this.", page_language="en", answers=comment
    )
    assert not PassageComment.objects.filter(comment=reply).exists()


def test_a_comment_without_an_answer_due_cannot_be(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)

    def write_past_the_service() -> None:
        with transaction.atomic():
            Comment.objects.create(
                dossier=consultation.dossier,
                author=alice,
                helix="civil_society",
                language="en",
                text="x",
                html="x",
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="owed an answer"):
        write_past_the_service()


def test_what_was_received_stays(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    one, two = say(alice, consultation), say(alice, consultation)
    due = AnswerDue.objects.get(comment=two)
    for sql in (
        "DELETE FROM edp_passagecomment",
        "UPDATE edp_passagecomment SET channel = 'letter'",
        f"UPDATE edp_passagecomment SET answer_due_id = {due.pk} WHERE comment_id = {one.pk}",
        "UPDATE edp_passagecomment SET passage_id = NULL",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_none_before_it_opens_and_none_after_it_closed(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    close(consultation)
    with pytest.raises(errors.ConsultationClosed):
        say(alice, consultation)
    with pytest.raises(errors.ConsultationClosed):
        write_comment(by=alice, dossier=consultation.dossier, text="Late.", page_language="en")
    assert not Comment.objects.exists()


def test_one_that_waits_for_a_moderator_is_owed_an_answer_once_public(
    city: Territory, alice: User, bob: User
) -> None:
    consultation = make_consultation(city)
    moderator = _moderator(city)
    say(alice, consultation, LONG)
    waiting = say(bob, consultation, LONG)
    assert waiting.state == "waiting"
    row = PassageComment.objects.get(comment=waiting)
    assert row.answer_due is None
    decide_comment(by=moderator, comment=waiting, outcome="keep")
    row.refresh_from_db()
    assert row.answer_due is not None
    assert AnswerDue.objects.filter(comment=waiting).count() == 1


def _moderator(city: Territory) -> User:
    moderator = make_person("moderator@example.org", "Moderator")
    Role.objects.create(
        person=moderator,
        kind=Role.Kind.MODERATOR,
        territory=city.parent,
        valid_from=timezone.now(),
    )
    return moderator


def test_a_hidden_comment_counts_as_received_and_holds_up_nothing(
    city: Territory, alice: User
) -> None:
    consultation = make_consultation(city)
    comment = say(alice, consultation)
    assert services.unanswered_in(consultation) == 1
    decide_comment(by=_moderator(city), comment=comment, outcome="hide", reason="off_topic")
    assert consultation.comments.count() == 1
    assert services.unanswered_in(consultation) == 0
    close(consultation)
    services.publish_report(by=None, consultation=consultation)


def test_one_passed_on_waits_for_the_other_body(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    comment = say(alice, consultation)
    other = make_state_body("Department of ecology")
    due = comment.answers_due.get()
    publish_answer(by=None, answer_due=due, words=words("redirected", redirected_to=other))
    assert services.unanswered_in(consultation) == 1
    last = comment.answers_due.get(answered_on=None)
    publish_answer(by=None, answer_due=last, words=words("rejected"))
    assert services.unanswered_in(consultation) == 0


@pytest.mark.parametrize("disposition", ["accepted", "in_part"])
def test_a_yes_says_what_changes(city: Territory, alice: User, disposition: str) -> None:
    due = say(alice, make_consultation(city)).answers_due.get()
    with pytest.raises(AnswerIncomplete):
        publish_answer(by=None, answer_due=due, words=words(disposition))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participation_answer (answer_due_id, version, correction_reason,"
            " responded_on, published_at, disposition, reasoning_kk, reasoning_ru, reasoning_en,"
            " change_reference, signed_name, signed_post)"
            " VALUES (%s, 1, '', current_date, now(), %s, 'a', 'b', '', ' ', 'c', 'd')",
            [due.pk, disposition],
        )
    publish_answer(by=None, answer_due=due, words=words(disposition, change_reference="Passage 1"))
    with pytest.raises(AnswerIncomplete):
        correct_answer(by=None, answer_due=due, words=words(disposition), reason="A slip.")


def test_a_letter_is_entered_for_somebody_without_an_account(
    city: Territory, alice: User, bob: User
) -> None:
    consultation = make_consultation(city)
    _begin_earlier(consultation)
    day = timezone.localdate() - timedelta(days=3)
    comment = _enter(bob, consultation, received_on=day)
    row = PassageComment.objects.get(comment=comment)
    assert (row.channel, row.entered_by, row.received_on) == ("letter", bob, day)
    assert row.answer_due is not None
    assert row.answer_due.received_on == day
    assert (comment.author.name, comment.helix) == ("Ж. Әбенова, Қаратау", "academia")
    assert not comment.author.is_active
    assert timezone.localdate(comment.created_at) == day
    erase_person(person=bob)
    comment.refresh_from_db()
    assert comment.text == "A laboratory can test it."
    erase_person(person=comment.author)
    comment.refresh_from_db()
    assert comment.text == ""


def test_many_may_write_the_same_letter(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    _begin_earlier(consultation)
    for _ in range(3):
        _enter(bob, consultation, text=LONG)
    assert AnswerDue.objects.filter(dossier=consultation.dossier).count() == 3


def test_a_letter_of_another_time_is_refused(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(errors.DayNotPossible):
            _enter(bob, consultation, received_on=day)
    close(consultation)
    _enter(bob, consultation, received_on=consultation.closes_on)
    services_reported = consultation.comments.count()
    assert services_reported == 1


def _begin_earlier(consultation: Any) -> None:
    from tests.conftest import as_restore

    with as_restore():
        type(consultation).objects.filter(pk=consultation.pk).update(
            opens_on=consultation.opens_on - timedelta(days=10)
        )


def _enter(by: User, consultation: Any, **changed: Any) -> Any:
    heard = services.Heard(
        **{
            "speaker": "Ж. Әбенова, Қаратау",
            "helix": "academia",
            "text": "A laboratory can test it.",
            "received_on": timezone.localdate(),
            "channel": "letter",
            **changed,
        }
    )
    return services.enter_heard(by=by, consultation=consultation, heard=heard)
