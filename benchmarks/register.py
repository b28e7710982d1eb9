"""What a register of residents costs to take over, and codes on letters to make.

  python -m benchmarks.register [--lines 200000]

The same file three ways: by a plain COPY of its columns; row by row, an INSERT each through the
same checks (its first lines only); and as an officer hands it in: sealed, unsealed, numbers checked
and hashed, repeated and known lines found, lines written with their keys and guards. One line in a
hundred is wrong, one in a thousand repeated. Then a code for every line, and their table as for a
printing house. Seconds by the clock, and of this process's processor beside them; memory is the
process's highest mark.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.files import File
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from accounts.models import User
from budgeting.electorate.iin import invented_iin
from budgeting.electorate.register_rows import Reader, Row
from budgeting.models import Cycle, RegisterImport, RegisterLine
from budgeting.register_keys import register_key
from budgeting.register_words import FAULTS
from budgeting.sealed_uploads import PIECE, sealed
from budgeting.services.cycles import create_cycle
from budgeting.services.proofs.imports import faults_of, hand_in_register, read_register
from budgeting.services.proofs.letters import ask_for_letters, make_letters, print_letters
from budgeting.services.proofs.lines import key_of, register_of
from participation.models import Ruleset
from participation.services import Wording
from participation.services.territories import load_territories
from tests.databases import migrated_database

RULES: dict[str, Any] = {
    "ballot": "approval",
    "count": {"method": "greedy", "satisfaction": "cardinality"},
    "voters": {"proofs": ["letter"], "needs_line": True},
}
WRONG_EACH, REPEATED_EACH = 100, 1000
ROW_BY_ROW = 10_000  # lines of the slow way: its speed does not depend on their number


def write_file(path: Path, number: int) -> None:
    first = date(1930, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write("iin,born_on,district,household\n")
        for n in range(number):
            # Those of one day are far enough apart that none gets another's number.
            place = n - 1 if n % REPEATED_EACH == 1 else n
            born_on = first + timedelta(days=place % 28_000)
            iin = invented_iin(born_on, place // 28_000 * 20)
            wrong = iin[:5] + iin[6:] if n % WRONG_EACH == 2 else iin
            file.write(f"{wrong},{born_on},,{n}\n")


@dataclass
class Cost:
    """Seconds by the clock and of this process's processor."""

    clock: float
    processor: float


def cost_of(act: Callable[[], Any]) -> Cost:
    begun, used = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - begun, time.process_time() - used)


def plain_copy(path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (iin text, born_on date, district text, household text)")
        statement = "COPY plain FROM STDIN (FORMAT csv, HEADER)"
        with path.open("rb") as file, cursor.copy(statement) as copy:
            while piece := file.read(PIECE):
                copy.write(piece)


def row_by_row(cycle: Cycle, path: Path, number: int) -> None:
    """What a page with a form a line would do: read, look for the line, insert it."""
    register = register_of(cycle=cycle)
    places = {"": cycle.dossier.territory_id}
    reader = Reader(hashed=key_of(register).number, places=places, today=timezone.localdate())
    with path.open(encoding="utf-8") as lines:
        for row in islice(reader.rows(iter(lines)), number):
            if isinstance(row, Row):
                RegisterLine.objects.get_or_create(
                    register=register,
                    iin_hash=row.iin_hash,
                    defaults={
                        "born_on": row.born_on,
                        "territory_id": row.place,
                        "household": row.household,
                        "sex": row.sex,
                    },
                )


class Watch(Thread):
    """What the page would show meanwhile: looks twice a second over a connection of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[int] = []
        self._over = Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            percents = [source.percent for source in RegisterImport.objects.all()]
            self.seen += [one for one in percents if one not in self.seen]
        connection.close()

    def stop(self) -> None:
        self._over.set()
        self.join()


def make_cycle(slug: str, ruleset: Ruleset) -> Cycle:
    return create_cycle(
        by=None,
        territory=load_territories()["taraz"],
        slug=slug,
        year=2027,
        ruleset=ruleset,
        wordings=[Wording("kk", "Тараз")],
        envelopes=[],
        dates=[],
    )


def take_over(cycle: Cycle, path: Path) -> None:
    with path.open("rb") as clear, tempfile.TemporaryFile() as copy:
        pieces: Iterator[bytes] = iter(lambda: clear.read(PIECE), b"")
        copy.writelines(sealed(pieces, register_key().seal()))
        copy.seek(0)
        source = hand_in_register(
            by=None,
            cycle=cycle,
            file=File(copy),
            size=path.stat().st_size,
            keeps_good_lines=True,
        )
    read_register(source=source)
    faults = sum(len(f"{line}\t{column}\t{FAULTS[why]}\n".encode())
                 for line, column, why in faults_of(source))  # fmt: skip
    print(
        f"{source.get_state_display()}: {source.lines_new} new, {source.lines_wrong} wrong; "
        f"file of faults {faults / 1000:.0f} kB beside {source.size / 1_000_000:.1f} MB"
    )


def letters(cycle: Cycle, by: User) -> None:
    batch = make_letters(
        batch=ask_for_letters(
            by=by,
            cycle=cycle,
            territory=cycle.dossier.territory,
            kind="people",
            valid_until=timezone.now() + timedelta(days=30),
        )
    )
    print(f"{sum(1 for _ in print_letters(by=by, batch=batch))} codes made and printed")


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def report(number: int, folder: Path) -> None:
    path = folder / "register.csv"
    write_file(path, number)
    before = megabytes()
    ruleset = Ruleset.objects.create(kind="budgeting.vote", key="b", name="b", data=RULES)
    cycle, other = make_cycle("bench", ruleset), make_cycle("rows", ruleset)
    bare = cost_of(lambda: plain_copy(path))
    few = min(number, ROW_BY_ROW)
    single = cost_of(lambda: row_by_row(other, path, few))
    watch = Watch()
    watch.start()
    ours = cost_of(lambda: take_over(cycle, path))
    watch.stop()
    print(
        f"{number} lines: {number / ours.clock:.0f} a second "
        f"({ours.clock:.1f} s, {ours.processor:.1f} s of this processor)\n"
        f"row by row: {few / single.clock:.0f} a second; ours is "
        f"{single.clock / few * number / ours.clock:.1f} × as fast, "
        f"{ours.clock / bare.clock:.1f} × a bare COPY"
    )
    print(f"progress seen: {len(watch.seen)} steps, {watch.seen[:3]} … {watch.seen[-2:]}")
    officer = User.objects.create_user("bench@example.org")
    made = cost_of(lambda: letters(cycle, officer))
    print(f"letters: {number / made.clock:.0f} codes a second")
    print(f"memory: {before} MB before, {megabytes()} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--lines", type=int, default=200_000)
    number = parser.parse_args().lines
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.MEDIA_ROOT = settings.REGISTER_KEY_DIR = Path(folder)
            report(number, Path(folder))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
