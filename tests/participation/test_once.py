"""The same form sent twice on a bad network is one act."""

import threading
import uuid

import pytest
from django.db import connections

from participation.models import JournalEntry, SentForm
from participation.services import record
from participation.services.once import once


def act() -> str:
    entry = record(kind="a.act")
    return f"/entries/{entry.number}/"


@pytest.mark.django_db
def test_the_second_time_leads_to_the_same_place_without_an_act(alice) -> None:
    key = uuid.uuid4()
    assert once(key=key, person=alice, act=act) == "/entries/1/"
    assert once(key=key, person=alice, act=act) == "/entries/1/"
    assert once(key=uuid.uuid4(), person=None, act=act) == "/entries/2/"
    assert JournalEntry.objects.filter(kind="a.act").count() == 2


@pytest.mark.django_db
def test_an_act_that_failed_may_be_tried_again(alice) -> None:
    key = uuid.uuid4()
    with pytest.raises(ZeroDivisionError):
        once(key=key, person=alice, act=lambda: str(1 / 0))
    assert not SentForm.objects.exists()
    assert once(key=key, person=alice, act=act) == "/entries/1/"


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_are_one_act(alice) -> None:
    results: list[list[str]] = []
    keys = [uuid.uuid4() for _ in range(20)]
    step = threading.Barrier(3)

    def send() -> None:
        try:
            mine = []
            for key in keys:
                step.wait(30)
                mine.append(once(key=key, person=alice, act=act))
            results.append(mine)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 3
    assert results[0] == results[1] == results[2]
    assert len(set(results[0])) == 20
    assert JournalEntry.objects.filter(kind="a.act").count() == SentForm.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_the_second_request_acts_where_the_first_one_failed_meanwhile(alice) -> None:
    key, entered, results = uuid.uuid4(), threading.Event(), []

    def fail() -> str:
        entered.set()
        raise ZeroDivisionError

    def first() -> None:
        try:
            with pytest.raises(ZeroDivisionError):
                once(key=key, person=alice, act=fail)
        finally:
            connections.close_all()

    def second() -> None:
        try:
            entered.wait(30)
            results.append(once(key=key, person=alice, act=act))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == ["/entries/1/"]
