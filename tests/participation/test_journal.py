"""The public record is one unbroken chain, whoever writes to it and however many at once."""

import hashlib
import json
import threading
from datetime import UTC

import pytest
from django.db import connection, connections, transaction

from participation.models import JournalEntry
from participation.services import first_broken_entry, record
from tests.conftest import as_restore

INSERT = (
    "INSERT INTO participation_journalentry (number, at, kind, reference, body, previous_hash,"
    " hash) VALUES (%s, now(), %s, '', %s, 'mine', 'mine')"
)


def chain() -> list[JournalEntry]:
    return list(JournalEntry.objects.order_by("number"))


def insert(*rows: tuple[int, str, str]) -> None:
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(INSERT, row)


@pytest.mark.django_db
def test_entries_are_numbered_and_linked() -> None:
    first, second = record(kind="a.first", n=1), record(kind="a.second", n=2)
    assert (first.number, second.number) == (1, 2)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    assert first_broken_entry() is None


@pytest.mark.django_db
def test_a_hash_can_be_computed_by_hand() -> None:
    entry = record(kind="budgeting.counted", rule="жасыл", votes=3)
    at = entry.at.astimezone(UTC)
    lines = [
        "0" * 64,
        "1",
        f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
        "budgeting.counted",
        "",
        '{"rule":"жасыл","votes":3}',
    ]
    assert entry.hash == hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
    assert at.microsecond % 1000 == 0
    assert entry.data == {"rule": "жасыл", "votes": 3}


@pytest.mark.django_db
def test_whoever_inserts_by_hand_gets_a_place_in_the_chain_and_no_choice_of_it() -> None:
    record(kind="a.first")
    insert((77, "a.raw", "{}"), (1, "a.raw", '{"n": 2}'))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participation_journalentry (number, at, kind, reference, body,"
            " previous_hash, hash) SELECT 0, '1999-01-01', 'a.many', '', n::text, n::text, n::text"
            " FROM generate_series(1, 3) n"
        )
    entries = chain()
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert "mine" not in {entry.hash for entry in entries}
    assert min(entry.at.year for entry in entries) > 1999
    assert first_broken_entry() is None


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_one_chain() -> None:
    barrier = threading.Barrier(4)
    failed: list[Exception] = []

    def write(writer: int) -> None:
        try:
            barrier.wait(30)
            for n in range(25):
                if writer % 2:
                    record(kind="a.service", writer=writer, n=n)
                else:
                    with transaction.atomic():
                        insert((0, "a.raw", json.dumps({"n": n})), (0, "a.raw", "{}"))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    entries = chain()
    assert [entry.number for entry in entries] == list(range(1, 151))
    assert first_broken_entry() is None
    assert sorted(entry.at for entry in entries) == [entry.at for entry in entries]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_gap() -> None:
    record(kind="a.first")
    with transaction.atomic():
        record(kind="a.lost")
        transaction.set_rollback(True)
    record(kind="a.second")
    assert [entry.number for entry in chain()] == [1, 2]
    assert first_broken_entry() is None


TAMPERINGS = {
    "body": "UPDATE participation_journalentry SET body = '{}' WHERE number = 3",
    "kind": "UPDATE participation_journalentry SET kind = 'b' WHERE number = 3",
    "time": "UPDATE participation_journalentry SET at = at + interval '1 second' WHERE number = 3",
    "reference": "UPDATE participation_journalentry SET reference = 'BC-1' WHERE number = 3",
    "hash": "UPDATE participation_journalentry SET hash = repeat('a', 64) WHERE number = 3",
    "link": "UPDATE participation_journalentry SET previous_hash = 'b' WHERE number = 3",
    "number": "UPDATE participation_journalentry SET number = 33 WHERE number = 3",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_an_entry_changed_past_the_triggers_is_found(statement) -> None:
    third = [record(kind="a.kind", n=n) for n in range(5)][2]
    with as_restore(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1
    broken = first_broken_entry()
    assert broken is not None
    # An entry that was renumbered leaves its successor without a predecessor.
    assert broken.pk == third.pk or broken.number == 4


@pytest.mark.django_db
def test_an_entry_removed_past_the_triggers_is_found() -> None:
    for n in range(4):
        record(kind="a.kind", n=n)
    with as_restore(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM participation_journalentry WHERE number = 2")
    broken = first_broken_entry()
    assert broken is not None
    assert broken.number == 3


@pytest.mark.django_db
def test_an_entry_rewritten_with_a_right_hash_breaks_the_next_link() -> None:
    for n in range(4):
        record(kind="a.kind", n=n)
    forged = JournalEntry.objects.get(number=2)
    forged.body = "{}"
    with as_restore():
        JournalEntry.objects.filter(pk=forged.pk).update(body="{}", hash=forged.computed_hash())
    broken = first_broken_entry()
    assert broken is not None
    assert broken.number == 3


@pytest.mark.django_db
def test_erasing_a_person_from_an_entry_keeps_the_chain(alice) -> None:
    record(kind="a.kind", actor=alice)
    with as_restore():
        JournalEntry.objects.update(actor=None)
    assert first_broken_entry() is None
