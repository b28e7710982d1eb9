"""Rounds of consultation and their texts: what is announced stays, what is published stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from edp.facts.consultation import facts_of
from edp.models import Consultation, Passage, TextVersion, Workshop
from edp.services import consultation as services
from edp.services.consultation import errors
from edp.tasks import close_consultations
from participation.models import Event, JournalEntry, Territory
from participation.services import Wording, create_dossier
from participation.services.answers import publish_answer
from tests.edp.consulting import (
    close,
    make_consultation,
    pass_last_day,
    passage_of,
    say,
    terms,
    version_of,
    words,
)
from tests.edp.making import make_process
from tests.participation.answers import words as answer_words

pytestmark = pytest.mark.django_db


def refused_by_database(sql: str, *args: Any) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, args)


def test_it_opens_with_its_text_and_is_told(city: Territory, bob: User, alice: User) -> None:
    consultation = make_consultation(city, is_open=False)
    services.open_consultation(by=bob, consultation=consultation)
    consultation.refresh_from_db()
    assert consultation.state == "open"
    assert consultation.dossier.published_at is not None
    assert consultation.dossier.state == "open"
    assert version_of(consultation).published_at is not None
    assert Event.objects.filter(kind="consultation_opened").count() == 1
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"edp.consultation_opened", "edp.text_version_published"} <= kinds


def test_only_at_its_stage(city: Territory) -> None:
    process = make_process(city, stage="discovery")
    with pytest.raises(errors.NotTheTime):
        services.create_consultation(by=None, process=process, wordings=[], terms=terms())
    early = make_consultation(city, stage="evaluation", is_open=False, slug="early")
    with pytest.raises(errors.NotTheTime):
        services.open_consultation(by=None, consultation=early)


def test_it_lasts_long_enough(city: Territory, bob: User) -> None:
    today = timezone.localdate()
    short = make_consultation(city, is_open=False, closes_on=today + timedelta(days=20))
    with pytest.raises(errors.TermTooShort, match="20"):
        services.open_consultation(by=bob, consultation=short)
    services.change_consultation(
        by=bob,
        consultation=short,
        wordings=[],
        terms=terms(opens_on=today - timedelta(days=1)),
    )
    with pytest.raises(errors.OpensInThePast):
        services.open_consultation(by=bob, consultation=short)


def test_a_text_in_one_language_is_not_published(city: Territory, bob: User) -> None:
    consultation = make_consultation(city, is_open=False)
    services.add_passage(
        version=version_of(consultation),
        words=words(texts={"kk": "Мәтін", "ru": "", "en": "Text"}),
    )
    with pytest.raises(errors.TextIncomplete):
        services.open_consultation(by=bob, consultation=consultation)
    refused_by_database("UPDATE edp_textversion SET published_at = now()")


def test_one_is_open_at_a_time(city: Territory) -> None:
    consultation = make_consultation(city)
    second = services.create_consultation(
        by=None, process=consultation.process, wordings=[], terms=terms()
    )
    services.add_passage(version=version_of(second), words=words())
    with pytest.raises(errors.OneIsOpen):
        services.open_consultation(by=None, consultation=second)
    assert second.number == 2


def test_what_is_announced_stays(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    with pytest.raises(errors.OpenedAlready):
        services.change_consultation(by=bob, consultation=consultation, wordings=[], terms=terms())
    for change in (
        "closes_on = closes_on - 1",
        "opens_on = opens_on - 30",
        "vote_salt = 'known'",
        "what_can_change_ru = 'nothing'",
        "state = 'draft'",
        "state = 'reported'",
    ):
        refused_by_database(f"UPDATE edp_consultation SET {change}")
    refused_by_database("DELETE FROM edp_consultation")
    later = consultation.closes_on + timedelta(days=7)
    services.extend_consultation(by=bob, consultation=consultation, closes_on=later)
    with pytest.raises(errors.TermTooShort):
        services.extend_consultation(by=bob, consultation=consultation, closes_on=later)


def test_a_published_text_never_changes(city: Territory) -> None:
    consultation = make_consultation(city)
    passage = passage_of(consultation)
    with pytest.raises(errors.VersionPublished):
        services.change_passage(passage=passage, words=words("other"))
    for sql in (
        "UPDATE edp_passage SET text_kk = 'other'",
        "DELETE FROM edp_passage",
        "UPDATE edp_textversion SET published_at = NULL",
        "DELETE FROM edp_textversion",
    ):
        refused_by_database(sql)
    assert Passage.objects.get(pk=passage.pk).text_kk == passage.text_kk


def test_the_next_version_begins_as_a_copy(city: Territory, alice: User, bob: User) -> None:
    consultation = make_consultation(city)
    comment = say(alice, consultation)
    version = services.start_version(by=bob, consultation=consultation)
    with pytest.raises(errors.VersionInPreparation):
        services.start_version(by=bob, consultation=consultation)
    first, second = version.passages.order_by("number")[:2]
    services.change_passage(passage=first, words=words("new", because_of=[comment.pk]))
    services.remove_passage(passage=second)
    added = services.add_passage(version=version, words=words("four"))
    with pytest.raises(errors.NoSuchComment, match="999"):
        services.change_passage(passage=added, words=words("four", because_of=[999]))
    assert (added.number, added.key) == (3, 4)
    assert list(version.passages.values_list("number", "key")) == [(1, 1), (2, 3), (3, 4)]
    services.publish_version(by=bob, version=version)
    old = TextVersion.objects.get(consultation=consultation, number=1)
    assert [row.text_en for row in old.passages.all()] == ["The one.", "The two.", "The three."]
    assert list(first.because_of.values_list("comment", flat=True)) == [comment.pk]
    refused_by_database("DELETE FROM edp_passagecomment_changed")
    assert Event.objects.filter(kind="consultation_text").count() == 1


def test_a_key_is_not_lent_again(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    version = services.start_version(by=bob, consultation=consultation)
    services.remove_passage(passage=version.passages.get(number=3))
    assert services.add_passage(version=version, words=words("four")).key == 4


def test_it_closes_when_its_last_day_has_passed(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    with pytest.raises(errors.NotOverYet):
        services.close_consultation(by=bob, consultation=consultation)
    assert services.due_to_close() == []
    pass_last_day(consultation)
    assert services.due_to_close() == [consultation]
    close_consultations()
    services.close_consultation(by=bob, consultation=consultation)
    consultation.refresh_from_db()
    assert consultation.state == "closed"
    assert JournalEntry.objects.filter(kind="edp.consultation_closed").count() == 1


def test_no_report_before_all_is_answered(city: Territory, alice: User, bob: User) -> None:
    consultation = make_consultation(city)
    comment = say(alice, consultation)
    with pytest.raises(errors.NotOverYet):
        services.publish_report(by=bob, consultation=consultation)
    close(consultation)
    with pytest.raises(errors.AnswersMissing):
        services.publish_report(by=bob, consultation=consultation)
    refused_by_database("UPDATE edp_consultation SET state = 'reported'")
    due = comment.answers_due.get()
    publish_answer(by=None, answer_due=due, words=answer_words("rejected"))
    services.publish_report(by=bob, consultation=consultation)
    consultation.refresh_from_db()
    assert consultation.state == "reported"
    assert Event.objects.filter(kind="consultation_reported").count() == 1
    with pytest.raises(errors.ConsultationReported):
        services.start_version(by=bob, consultation=consultation)


def test_the_facts_of_the_gate(city: Territory, alice: User) -> None:
    process = make_process(city, stage="consultation", slug="none")
    none = facts_of(process)
    assert (none.working_days, none.hearings, none.unanswered) == (0, 0, 0)
    assert not none.is_list_of_changes_published
    today = timezone.localdate()
    consultation = make_consultation(
        city, opens_on=today - timedelta(days=35), closes_on=today + timedelta(days=5)
    )
    say(alice, consultation)
    for kind, state, days in (
        ("hearing", "held", 3),
        ("hearing", "announced", 3),
        ("roundtable", "held", 3),
        ("hearing", "reported", 60),
    ):
        _workshop(consultation, kind, state, days)
    found = facts_of(consultation.process)
    assert found.working_days == services.working_days_of(consultation.opens_on, today) > 20
    assert (found.hearings, found.unanswered) == (1, 1)


def _workshop(consultation: Consultation, kind: str, state: str, days_ago: int) -> None:
    number = consultation.process.workshops.count() + 1
    dossier = create_dossier(
        kind="edp.workshop",
        territory=consultation.dossier.territory,
        state=state,
        path=f"edp/zhambyl/workshops/{number}/",
        wordings=[Wording("kk", "Тыңдау"), Wording("ru", "Слушания")],
    )
    start = timezone.now() - timedelta(days=days_ago)
    Workshop.objects.create(
        dossier=dossier,
        process=consultation.process,
        number=number,
        kind=kind,
        state=state,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        report_kk="Есеп",
        report_ru="Отчёт",
    )
