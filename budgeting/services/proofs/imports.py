"""A register comes in: handed over sealed, read and checked line by line, taken over by set.

Reading goes in pieces of their own transactions, so that the page sees how far it is; what is taken
over is one transaction. A worker that is killed is followed by another that begins anew.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from uuid import uuid4

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from budgeting.electorate.register_rows import Fault, Reader, Row, UnreadableRegister, text_lines
from budgeting.models import (
    Cycle,
    Register,
    RegisterDraft,
    RegisterFault,
    RegisterImport,
)
from budgeting.sealed_uploads import unsealed
from budgeting.services.proofs.lines import key_of, register_of
from participation.models import Territory
from participation.models.territory import lies_within
from participation.services import record

log = structlog.get_logger()
State = RegisterImport.State
BATCH = 20_000  # lines between two reports of progress
LEASE = timedelta(minutes=10)  # a worker that has not reported for so long is gone


@transaction.atomic
def hand_in_register(
    *,
    by: User | None,
    cycle: Cycle,
    file: File,
    size: int,
    is_trial: bool = False,
    keeps_good_lines: bool = False,
) -> RegisterImport:
    """Keep a sealed file until it is read; `size` in bytes, as it was sent."""
    return RegisterImport.objects.create(
        register=register_of(cycle=cycle),
        asked_by=by,
        sealed_file=default_storage.save(f"registers/{uuid4().hex}.sealed", file),
        size=size,
        is_trial=is_trial,
        keeps_good_lines=keeps_good_lines,
    )


def read_waiting() -> None:
    """Read what waits, and what a worker left behind."""
    gone = timezone.now() - LEASE
    waiting = Q(state=State.WAITING) | Q(state=State.READING, touched_at__lt=gone)
    for source in RegisterImport.objects.filter(waiting).order_by("pk"):
        try:
            read_register(source=source)
        except Exception:
            # One file that cannot be read must not hold up the others.
            log.exception("register_stuck", source=source.pk)


def read_register(*, source: RegisterImport) -> RegisterImport:
    """Read, check, and take over what may be. A second reader of the same file does nothing."""
    if not _claim(source):
        return source
    try:
        with default_storage.open(source.sealed_file, "rb") as file:
            pieces = unsealed(file, key_of(source.register).seal())
            _draft(source, _counted(source, pieces))
    except UnreadableRegister as unreadable:
        source.problem, source.columns = unreadable.problem, ", ".join(unreadable.columns)
        _settle(source, State.REFUSED)
    else:
        _take_over(source)
    default_storage.delete(source.sealed_file)
    return source


def _claim(source: RegisterImport) -> bool:
    """One reader at a time; what another has left of its drafts goes."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.READING, touched_at__lt=now - LEASE)
    fresh = {"lines_read": 0, "lines_wrong": 0, "bytes_read": 0}
    claimed = RegisterImport.objects.filter(free, pk=source.pk).update(
        state=State.READING, touched_at=now, **fresh
    )
    if claimed:
        _forget_drafts(source)
        RegisterFault.objects.filter(source=source).delete()
        source.refresh_from_db()
    return bool(claimed)


def _forget_drafts(source: RegisterImport) -> None:
    RegisterDraft.objects.filter(source=source).delete()


def _counted(source: RegisterImport, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        source.bytes_read += len(piece)
        yield piece


def _draft(source: RegisterImport, pieces: Iterable[bytes]) -> None:
    key = key_of(source.register)
    reader = Reader(hashed=key.number, places=_places(source.register), today=timezone.localdate())
    lines = reader.rows(text_lines(pieces))
    while batch := list(islice(lines, BATCH)):
        rows = [row for row in batch if isinstance(row, Row)]
        faults = [row for row in batch if isinstance(row, Fault)]
        with transaction.atomic():
            _write_rows(source, rows)
            _write_faults(source, faults)
            source.lines_read += len(batch)
            source.lines_wrong += len(faults)
            source.save(update_fields=["lines_read", "lines_wrong", "bytes_read", "touched_at"])


def _places(register: Register) -> dict[str, int]:
    """Places of the budget by their code and by their address; no code is the whole of it."""
    whole = register.cycle.dossier.territory
    own = Territory.objects.filter(Q(pk=whole.pk) | lies_within("parent", [whole.pk]))
    places = {"": whole.pk}
    for place in own:
        places |= {name.casefold(): place.pk for name in (place.kato, place.slug) if name}
    return places


def _write_rows(source: RegisterImport, rows: list[Row]) -> None:
    columns = "source_id, line, iin_hash, born_on, territory_id, lives_since, household, sex"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY budgeting_registerdraft ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(
                (source.pk, row.line, row.iin_hash, row.born_on, row.place, row.lives_since,
                 row.household, row.sex)
            )  # fmt: skip


def _write_faults(source: RegisterImport, faults: list[Fault]) -> None:
    statement = 'COPY budgeting_registerfault (source_id, line, "column", problem) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for fault in faults:
            copy.write_row((source.pk, fault.line, fault.column, fault.problem))


@transaction.atomic
def _take_over(source: RegisterImport) -> None:
    # Two files of one register come one after the other.
    register = Register.objects.select_for_update(no_key=True).get(pk=source.register_id)
    source.lines_wrong += _find_repeated(source) + _find_contradicting(source)
    source.lines_known = _count_known(source)
    drafts = RegisterDraft.objects.filter(source=source).values("iin_hash").distinct().count()
    source.lines_new = drafts - source.lines_known
    if source.is_trial:
        state = State.CHECKED
    elif source.lines_wrong and not source.keeps_good_lines:
        state = State.REFUSED
    else:
        state = State.DONE
        _write_lines(source)
        record(
            kind="budgeting.register_imported",
            dossier=register.cycle.dossier,
            actor=source.asked_by,
            lines=source.lines_read,
            new=source.lines_new,
            wrong=source.lines_wrong,
        )
    _forget_drafts(source)
    _settle(source, state)


def _settle(source: RegisterImport, state: str) -> None:
    source.state = state
    source.save()


def _run(statement: str, source: RegisterImport) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"source": source.pk, "register": source.register_id})
        return int(cursor.rowcount)


def _find_repeated(source: RegisterImport) -> int:
    """Every line after the first with the same number; they are taken out."""
    return _run(
        """
        WITH numbered AS (
          SELECT id, line, row_number() OVER (PARTITION BY iin_hash ORDER BY line) AS place
          FROM budgeting_registerdraft WHERE source_id = %(source)s
        ), gone AS (
          DELETE FROM budgeting_registerdraft d USING numbered n
          WHERE d.id = n.id AND n.place > 1 RETURNING d.line
        )
        INSERT INTO budgeting_registerfault (source_id, line, "column", problem)
        SELECT %(source)s::bigint, line, 'iin', 'repeated' FROM gone
        """,
        source,
    )


def _find_contradicting(source: RegisterImport) -> int:
    """Lines whose number the register knows with another date of birth; they are taken out."""
    return _run(
        """
        WITH gone AS (
          DELETE FROM budgeting_registerdraft d USING budgeting_registerline l
          WHERE d.source_id = %(source)s AND l.register_id = %(register)s
            AND l.iin_hash = d.iin_hash AND l.born_on <> d.born_on
          RETURNING d.line
        )
        INSERT INTO budgeting_registerfault (source_id, line, "column", problem)
        SELECT %(source)s::bigint, line, 'born_on', 'differs' FROM gone
        """,
        source,
    )


def _count_known(source: RegisterImport) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM budgeting_registerdraft d
            JOIN budgeting_registerline l
              ON l.register_id = %s AND l.iin_hash = d.iin_hash
            WHERE d.source_id = %s
            """,
            [source.register_id, source.pk],
        )
        return int(cursor.fetchone()[0])


def _write_lines(source: RegisterImport) -> None:
    """New lines, in an order that says nothing of the file's; known ones move with their people,
    unless somebody is tied to them already."""
    _run(
        """
        INSERT INTO budgeting_registerline AS l
          (register_id, iin_hash, born_on, territory_id, lives_since, household, sex)
        SELECT %(register)s::bigint, iin_hash, born_on, territory_id, lives_since, household, sex
        FROM budgeting_registerdraft WHERE source_id = %(source)s ORDER BY iin_hash
        ON CONFLICT (register_id, iin_hash) DO UPDATE SET
          territory_id = excluded.territory_id,
          lives_since = excluded.lives_since,
          household = excluded.household,
          sex = excluded.sex
        WHERE l.person_id IS NULL
          AND (l.territory_id, l.lives_since, l.household, l.sex) IS DISTINCT FROM
            (excluded.territory_id, excluded.lives_since, excluded.household, excluded.sex)
        """,
        source,
    )


def faults_of(source: RegisterImport) -> Iterator[tuple[int, str, str]]:
    """(line, column, problem), however many, without holding them all."""
    faults = RegisterFault.objects.filter(source=source).order_by(F("line"), "pk")
    rows = faults.values_list("line", "column", "problem").iterator(chunk_size=5000)
    yield from rows
