"""Minutes: frozen, signed by two, published for good, corrected by a next version."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from councils.models import Council, Meeting, Minutes
from councils.services.meetings import errors
from councils.services.meetings.minutes import (
    correct_minutes,
    draft_minutes,
    due_dates,
    hash_of,
    publish_minutes,
    sign_minutes,
)
from councils.services.meetings.planning import end_meeting
from tests.councils.meetings import make_meeting
from tests.councils.voting import put, sit, vote_by_hands

pytestmark = pytest.mark.django_db
TEXTS = {"kk": "Талқыланды", "ru": "Обсудили", "en": "Discussed"}


@pytest.fixture
def meeting(council: Council) -> Meeting:
    open_meeting = sit(council, 15)
    vote_by_hands(put(open_meeting), (12, 2, 1))
    return end_meeting(by=None, meeting=open_meeting)


def publish(meeting: Meeting, secretary: User, chair: User) -> Minutes:
    minutes = draft_minutes(by=secretary, meeting=meeting, texts=TEXTS)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary")
    sign_minutes(by=chair, minutes=minutes, signer="chair")
    return publish_minutes(by=secretary, minutes=minutes)


def test_what_stands_in_them(meeting, secretary, chair) -> None:
    minutes = publish(meeting, secretary, chair)
    (item,) = minutes.record["agenda"]
    vote = item["motions"][0]["vote"]
    assert [vote[name] for name in ("present", "quorum", "yes", "no", "abstain")] == [
        15, 11, 12, 2, 1,
    ]  # fmt: skip
    assert vote["votes"][0] == ["C1", "yes"]
    there = [row for row in minutes.record["participants"] if row["present"]]
    assert (len(minutes.record["participants"]), len(there)) == (21, 15)
    assert minutes.sha256 == hash_of(Minutes.objects.get(pk=minutes.pk))
    assert json.dumps(minutes.record)


def test_not_before_the_end(council: Council) -> None:
    with pytest.raises(errors.WrongTime):
        draft_minutes(by=None, meeting=make_meeting(council, state="open"), texts=TEXTS)


def test_both_languages_and_both_signatures(meeting, secretary, chair) -> None:
    with pytest.raises(errors.MinutesMissing):
        draft_minutes(by=secretary, meeting=meeting, texts={"kk": "Бар", "ru": " "})
    minutes = draft_minutes(by=secretary, meeting=meeting, texts=TEXTS)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary")
    with pytest.raises(errors.TwoSignatures):
        sign_minutes(by=secretary, minutes=minutes, signer="chair")
    with pytest.raises(errors.NotSigned):
        publish_minutes(by=secretary, minutes=minutes)
    with pytest.raises(errors.MinutesSigned):
        draft_minutes(by=secretary, meeting=meeting, texts=TEXTS)


def test_a_correction_is_the_next_version(meeting, secretary, chair) -> None:
    first = publish(meeting, secretary, chair)
    with pytest.raises(errors.ReasonMissing):
        correct_minutes(by=secretary, meeting=meeting, texts=TEXTS, reason="")
    second = correct_minutes(
        by=secretary, meeting=meeting, texts={**TEXTS, "ru": "Обсудили всё"}, reason="Опечатка"
    )
    assert (second.version, second.published_at) == (2, None)
    first.refresh_from_db()
    assert first.text_ru == "Обсудили"


def test_raw_sql_does_not_alter_them(meeting, secretary, chair) -> None:
    minutes = publish(meeting, secretary, chair)
    for sql in (
        "UPDATE councils_minutes SET text_ru = 'Иначе' WHERE id = %s",
        "UPDATE councils_minutes SET record = '{}' WHERE id = %s",
        "UPDATE councils_minutes SET published_at = NULL WHERE id = %s",
        "DELETE FROM councils_minutes WHERE id = %s",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [minutes.pk])


def test_what_is_signed_is_not_rewritten_behind_the_signature(meeting, secretary) -> None:
    minutes = draft_minutes(by=secretary, meeting=meeting, texts=TEXTS)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary")
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(text_kk="Басқа")


def test_when_they_are_due(council: Council) -> None:
    """Nauryz is skipped: domain/councils.md 5.6, the hearing of 17 March 2026."""
    held = make_meeting(council, state="held", starts_at=datetime(2026, 3, 17, 10, tzinfo=UTC))
    assert due_dates(held) == (date(2026, 3, 27), date(2026, 4, 3))


def test_overdue_minutes_are_shown(client, council: Council) -> None:
    held = make_meeting(council, state="held", starts_at=timezone.now() - timedelta(days=1))
    assert b"overdue" not in client.get(held.get_absolute_url()).content
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert b"overdue" in client.get(held.get_absolute_url()).content


def test_versions_on_one_page(client, meeting, secretary, chair) -> None:
    address = f"/en/councils/astana/minutes/{meeting.number}/"
    assert b"not published yet" in client.get(address).content
    publish(meeting, secretary, chair)
    second = correct_minutes(
        by=secretary, meeting=meeting, texts={**TEXTS, "ru": "Обсудили всё"}, reason="Опечатка"
    )
    assert "Обсудили всё" not in client.get(address).content.decode()
    sign_minutes(by=secretary, minutes=second, signer="secretary")
    sign_minutes(by=chair, minutes=second, signer="chair")
    publish_minutes(by=secretary, minutes=second)
    html = client.get(address).content.decode()
    assert "<ins>Обсудили всё</ins>" in html
    assert "<del>Обсудили</del>" in html
    assert "Опечатка" in html
    assert client.get(f"{address}?version=1").status_code == 200
    assert client.get(f"{address}?version=7").status_code == 404
