"""A register comes in: all of it or what is good of it, told line by line, kept without numbers."""

import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from budgeting.models import (
    Cycle,
    RegisterDraft,
    RegisterImport,
    RegisterLine,
)
from budgeting.register_keys import RegisterKeyMissing, register_key
from budgeting.services.proofs.imports import faults_of, read_register, read_waiting
from budgeting.services.proofs.lines import tie
from participation.models import JournalEntry, Territory
from tests.budgeting.ballot_box import at_once, errors_in
from tests.budgeting.registers import (
    BIRTHDAYS,
    hand_in,
    import_register,
    line_number,
    number_of,
    table,
)

pytestmark = pytest.mark.django_db


def counts(source: RegisterImport) -> tuple[str, int, int, int, int]:
    return (
        source.state,
        source.lines_read,
        source.lines_new,
        source.lines_known,
        source.lines_wrong,
    )


def test_a_register_is_taken_over(cycle: Cycle) -> None:
    source = import_register(cycle, table(range(30)))
    assert counts(source) == ("done", 30, 30, 0, 0)
    assert RegisterLine.objects.count() == 30
    assert line_number(cycle, 3).born_on == BIRTHDAYS[3]
    assert JournalEntry.objects.get(kind="budgeting.register_imported").data["new"] == 30
    assert not RegisterDraft.objects.exists()
    assert not default_storage.exists(source.sealed_file)


def test_the_same_file_again_adds_nobody(cycle: Cycle) -> None:
    import_register(cycle, table(range(10)))
    assert counts(import_register(cycle, table(range(12)))) == ("done", 12, 2, 10, 0)
    assert RegisterLine.objects.count() == 12


def test_a_trial_changes_nothing(cycle: Cycle) -> None:
    source = import_register(cycle, table(range(5)), is_trial=True)
    assert counts(source) == ("checked", 5, 5, 0, 0)
    assert not RegisterLine.objects.exists()


BAD = "\n".join(
    [
        f"{number_of(0)},01.01.2999,",  # 13: born in the future
        f"{number_of(1)},{BIRTHDAYS[1]:%d.%m.%Y},",  # 14: the same as line 3
        f"880101300124,{date(1988, 1, 1):%d.%m.%Y},",  # 15: a wrong check digit
        f"{number_of(11)},{BIRTHDAYS[11]:%d.%m.%Y},nowhere",  # 16: no such district
    ]
)
FAULTS = [
    (12, "born_on", "future"),
    (13, "iin", "repeated"),
    (14, "iin", "iin_check"),
    (15, "district", "unknown_district"),
]


@pytest.mark.parametrize(("keeps", "state", "lines"), [(False, "refused", 0), (True, "done", 10)])
def test_duplicates_and_wrong_numbers(cycle: Cycle, keeps: bool, state: str, lines: int) -> None:
    """All or nothing, or what is good: the officer says; every wrong line is told either way."""
    source = import_register(cycle, table(range(10)) + BAD, keeps_good_lines=keeps)
    assert counts(source) == (state, 14, 10, 0, 4)
    assert list(faults_of(source)) == FAULTS
    assert RegisterLine.objects.count() == lines


def test_another_date_of_birth_is_told_not_taken(cycle: Cycle) -> None:
    """By its hash, as a number carries its date in itself."""
    head = "iin_hash,born_on\n"
    assert import_register(cycle, head + "ab" * 32 + ",01.01.1990").state == "done"
    source = import_register(cycle, head + "ab" * 32 + ",01.01.1991", keeps_good_lines=True)
    assert list(faults_of(source)) == [(2, "born_on", "differs")]
    assert RegisterLine.objects.get().born_on == date(1990, 1, 1)


def test_people_move_until_they_are_shown(cycle: Cycle, city: Territory, alice: User) -> None:
    part = Territory.objects.create(
        slug="part", kind="city_district", kato="311010001", parent=city, name_kk="Б", name_ru="Б"
    )
    import_register(cycle, table(range(2)))
    tie(line=line_number(cycle, 0), person=alice)
    moved = table(range(2)).replace(",\n", ",311010001\n")
    assert counts(import_register(cycle, moved)) == ("done", 2, 0, 2, 0)
    assert line_number(cycle, 0).territory == city
    assert line_number(cycle, 1).territory == part


@pytest.mark.parametrize(
    ("text", "problem", "columns"),
    [("", "empty", ""), ("a,b\n1,2", "no_column", "iin, born_on"), ("x" * 300_000, "no_table", "")],
)
def test_what_is_no_register(cycle: Cycle, text: str, problem: str, columns: str) -> None:
    source = import_register(cycle, text)
    assert (source.state, source.problem, source.columns) == ("refused", problem, columns)


def test_nothing_of_a_number_is_kept_or_logged(
    cycle: Cycle, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    text = table(range(3)) + "880101300124,01.01.1988,"
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as statements:
        source = hand_in(cycle, text, keeps_good_lines=True)
        kept = b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*.sealed"))
        read_register(source=source)
    said = caplog.text + "".join(query["sql"] for query in statements)
    for number in (number_of(0), number_of(2), "880101300124"):
        assert number not in said
        assert number.encode() not in kept
    with connection.cursor() as cursor:
        for name in ("line", "draft", "fault", "import"):
            cursor.execute(f"SELECT t::text FROM budgeting_register{name} t")
            assert not any(number_of(0) in row[0] for row in cursor.fetchall())


def test_a_worker_that_died_is_followed_by_another(cycle: Cycle) -> None:
    source = hand_in(cycle, table(range(3)))
    RegisterImport.objects.update(state="reading", lines_read=2)
    read_waiting()
    assert RegisterImport.objects.get().state == "reading"  # perhaps it still works
    RegisterImport.objects.update(touched_at=timezone.now() - timedelta(minutes=11))
    read_waiting()
    source.refresh_from_db()
    assert counts(source) == ("done", 3, 3, 0, 0)


def test_another_key_is_refused(cycle: Cycle, settings: Any, tmp_path: Path) -> None:
    import_register(cycle, table(range(1)))
    fingerprint = register_key().fingerprint
    settings.REGISTER_KEY_DIR = tmp_path / "elsewhere"
    with pytest.raises(RegisterKeyMissing):
        register_key(fingerprint)
    register_key()
    with pytest.raises(RegisterKeyMissing):
        line_number(cycle, 0)


@pytest.mark.django_db(transaction=True)
def test_two_readers_of_one_file_read_it_once(cycle: Cycle) -> None:
    source = hand_in(cycle, table(range(50)))
    acts = [lambda: read_register(source=RegisterImport.objects.get(pk=source.pk))] * 2
    assert not errors_in(at_once(*acts))
    source.refresh_from_db()
    assert counts(source) == ("done", 50, 50, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_people_at_once(cycle: Cycle) -> None:
    sources = [hand_in(cycle, table(range(40))) for _ in range(2)]
    acts = [lambda source=source: read_register(source=source) for source in sources]
    assert not errors_in(at_once(*acts))
    assert RegisterLine.objects.count() == 40
    assert {source.state for source in RegisterImport.objects.all()} == {"done"}
