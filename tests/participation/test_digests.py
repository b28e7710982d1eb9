"""One letter a morning, grouped by dossier, never empty, never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from accounts.models import User
from participation.models import Delivery, Event, Preference, Reach
from participation.services import notify
from participation.services.delivery import deliver_due
from participation.services.digests import gather_due
from participation.services.preferences import choose_paces
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import make_person
from tests.participation.telling import make_kind

ALMATY = ZoneInfo("Asia/Almaty")
SUNDAY = datetime(2026, 11, 22, 15, tzinfo=ALMATY)
MONDAY = datetime(2026, 11, 23, 8, 1, tzinfo=ALMATY)
State = Delivery.State


@pytest.fixture(autouse=True)
def _kind(monkeypatch) -> None:
    make_kind(monkeypatch)


def tell(dossier, *people: User, times: int = 1, at: datetime = SUNDAY) -> None:
    with time_machine.travel(at):
        for _ in range(times):
            notify(kind="ballot_cast", recipients=people, dossier=dossier)


def send(at: datetime) -> int:
    with time_machine.travel(at):
        gather_due()
        return deliver_due()


@pytest.mark.django_db
def test_the_news_of_a_day_are_one_letter_grouped_by_dossier(cycle, bob, make_cycle) -> None:
    other = make_cycle("taraz-2028").dossier
    tell(cycle.dossier, bob, times=2)
    tell(other, bob, at=SUNDAY + timedelta(minutes=1))
    assert send(SUNDAY + timedelta(hours=2)) == 0
    assert send(MONDAY) == 1
    (message,) = mail.outbox
    assert message.to == [bob.email]
    assert "3" in message.subject
    assert message.body.count(f"/ru/{cycle.dossier.path}") == 1
    assert message.body.count(f"/ru/{other.path}") == 1
    assert message.body.index(other.path) < message.body.index(cycle.dossier.path)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    assert send(MONDAY + timedelta(minutes=5)) == 0


@pytest.mark.django_db
def test_a_morning_comes_where_the_reader_is(cycle, alice, charlie) -> None:
    Reach.objects.create(person=alice, time_zone="Europe/London")
    tell(cycle.dossier, alice, charlie)
    assert send(MONDAY) == 1
    assert mail.outbox[0].to == [charlie.email]
    assert send(datetime(2026, 11, 23, 8, 1, tzinfo=ZoneInfo("Europe/London"))) == 1


@pytest.mark.django_db
def test_weekly_and_daily_on_a_monday_are_one_letter(cycle, alice, monkeypatch) -> None:
    Preference.objects.create(person=alice, category="followed", channel="email", pace="weekly")
    tell(cycle.dossier, alice, at=SUNDAY - timedelta(days=3))
    make_kind(monkeypatch, category="own")
    tell(cycle.dossier, alice)
    assert send(SUNDAY) == 0
    assert send(MONDAY) == 1


@pytest.mark.django_db
def test_a_digest_with_nothing_left_in_it_is_not_sent(cycle, alice) -> None:
    tell(cycle.dossier, alice)
    with time_machine.travel(MONDAY):
        gather_due()
        choose_paces(person=alice, paces={("followed", "email"): "never"})
        assert deliver_due() == 0
    assert mail.outbox == []
    assert not Delivery.objects.filter(state__in=[State.WAITING, State.SENDING]).exists()


@pytest.mark.django_db
def test_who_has_no_news_gets_no_letter(alice) -> None:
    assert send(MONDAY) == 0
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_what_comes_too_late_for_a_digest_goes_with_the_next(cycle, alice) -> None:
    """A row that is committed after its morning was gathered must not wait for ever."""
    tell(cycle.dossier, alice)
    assert send(MONDAY) == 1
    tell(cycle.dossier, alice)
    assert send(MONDAY + timedelta(minutes=1)) == 0
    assert Delivery.objects.filter(state=State.HELD).count() == 1
    assert send(MONDAY + timedelta(days=1)) == 1
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_beats_that_gather_at_once_make_one_digest_each(cycle) -> None:
    people = [make_person(f"p{n}@example.org", "P") for n in range(12)]
    tell(cycle.dossier, *people, times=3)
    with time_machine.travel(MONDAY):
        results = at_once(*[gather_due] * 4)
        assert not errors_in(results)
        assert sum(results) == 12
        assert deliver_due() == 12
    assert sorted(m.to[0] for m in mail.outbox) == sorted(p.email for p in people)


@pytest.mark.django_db
def test_a_digest_that_failed_is_sent_later_whole(cycle, alice, mailbox) -> None:
    mailbox.data_answers = ["451 later"]
    tell(cycle.dossier, alice, times=2)
    assert send(MONDAY) == 0
    assert Delivery.objects.filter(state=State.HELD).count() == 2
    assert send(MONDAY + timedelta(minutes=5)) == 1
    assert len(mailbox.messages) == 1
    assert not Delivery.objects.filter(state=State.HELD).exists()


@pytest.mark.django_db
def test_a_long_digest_costs_no_more_queries_and_names_the_rest_by_number(
    cycle, alice, django_assert_max_num_queries
) -> None:
    tell(cycle.dossier, alice, times=70)
    with time_machine.travel(MONDAY):
        gather_due()
        with django_assert_max_num_queries(25):
            assert deliver_due() == 1
    assert "10 more" in mail.outbox[0].body
