"""What was said stays as it was said: by the services, and by raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from edp.models import Statement
from edp.services.workshops import errors
from edp.services.workshops.planning import end_workshop
from edp.services.workshops.statements import (
    AlreadyErased,
    ReasonMissing,
    capture_statement,
    erase_statement,
    put_aside,
    release_statement,
    say_from_phone,
    supersede_statement,
    translate_statement,
)
from participation.models import JournalEntry
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop

pytestmark = pytest.mark.django_db
SAID = {"kind": "obstacle", "language": "ru", "has_consent": True}


@pytest.fixture
def workshop(city):
    return make_workshop(make_process(city, stage="discovery"), state="running")


def capture(workshop, text="Ждём подключения 14 месяцев", **more) -> Statement:
    return capture_statement(
        by=None, process=workshop.process, workshop=workshop, text=text, **SAID | more
    )


def test_captured_and_published_with_consent_alone(workshop) -> None:
    statement = capture(workshop, competence="national", helix="business")
    assert statement.published_at
    assert Statement.objects.obstacles_of_the_republic().get() == statement
    assert JournalEntry.objects.filter(kind="edp.statement_published").exists()
    with pytest.raises(errors.ConsentMissing):
        capture(workshop, has_consent=False)
    assert [capture(workshop).number, capture(workshop).number] == [2, 3]


def test_words_from_a_phone_wait_for_the_rapporteur(workshop) -> None:
    said = {"workshop": workshop, "helix": "business", "text": "Нужен кран", **SAID}
    with pytest.raises(errors.ConsentMissing):
        say_from_phone(**said | {"has_consent": False})
    first, second = say_from_phone(**said), say_from_phone(**said)
    assert first.published_at is None
    assert list(Statement.objects.waiting()) == [first, second]
    assert release_statement(by=None, statement=first, competence="local").published_at
    with pytest.raises(ReasonMissing):
        put_aside(by=None, statement=second, reason=" ")
    put_aside(by=None, statement=second, reason="оскорбление")
    assert not Statement.objects.waiting().exists()
    with pytest.raises(errors.StatementPublished):
        put_aside(by=None, statement=first, reason="поздно")
    end_workshop(by=None, workshop=workshop)
    with pytest.raises(errors.PhonesNotAsked):
        say_from_phone(**said)


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Иначе'",
        "helix = 'government'",
        "kind = 'need'",
        "published_at = NULL",
        "has_consent = false",
        "is_named = true",
        "number = 99",
        "erased_at = now()",
        "text = '', erased_at = now(), helix = ''",
    ],
)
def test_raw_sql_cannot_change_what_is_published(workshop, change) -> None:
    statement = capture(workshop, helix="business")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE edp_statement SET {change} WHERE id = %s", [statement.pk])
    statement.refresh_from_db()
    assert statement.text == "Ждём подключения 14 месяцев"


@pytest.mark.parametrize("verb", ["DELETE FROM edp_statement", "TRUNCATE edp_statement CASCADE"])
def test_raw_sql_cannot_delete_it(workshop, verb) -> None:
    capture(workshop)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_translations_themes_and_successors_come_later(workshop) -> None:
    statement = capture(workshop)
    translate_statement(by=None, statement=statement, language="kk", text="14 ай күтеміз")
    newer = supersede_statement(by=None, statement=statement, text="Ждём 9 месяцев")
    statement.refresh_from_db()
    assert statement.superseded_by == newer
    assert statement.translations == {"kk": "14 ай күтеміз"}
    with pytest.raises(errors.StatementPublished):
        supersede_statement(by=None, statement=statement, text="Ещё раз")


def test_erasure_leaves_a_tombstone_that_counts(workshop, alice) -> None:
    statement = capture(workshop, author=alice, is_named=True, helix="business")
    translate_statement(by=None, statement=statement, language="kk", text="14 ай")
    with pytest.raises(ReasonMissing):
        erase_statement(by=None, statement=statement, reason="")
    erase_statement(by=None, statement=statement, reason="по просьбе")
    statement.refresh_from_db()
    assert (statement.text, statement.translations, statement.author) == ("", {}, None)
    assert statement.helix == "business"
    assert Statement.objects.public().count() == 1
    with pytest.raises(AlreadyErased):
        translate_statement(by=None, statement=statement, language="en", text="14 months")
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(text="обратно", erased_at=None)


def test_nothing_is_published_without_consent_even_by_sql(workshop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(
            process=workshop.process,
            number=77,
            kind="need",
            channel="hall",
            language="kk",
            text="Су керек",
            said_at=workshop.starts_at,
            published_at=workshop.starts_at,
        )
