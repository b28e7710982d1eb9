"""What a register of residents costs to take over, and codes on letters to make.

  python -m benchmarks.register [--lines 200000]

The same file once by a plain COPY of its columns, and once as an officer hands it in: sealed,
unsealed, numbers checked and hashed, repeated and known lines found, lines written with their
keys and guards. Then a code for every line, and their table as for a printing house. Seconds by the
clock; memory is the process's highest mark.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
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
from budgeting.models import Cycle
from budgeting.register_keys import register_key
from budgeting.sealed_uploads import PIECE, sealed
from budgeting.services.cycles import create_cycle
from budgeting.services.proofs.imports import hand_in_register, read_register
from budgeting.services.proofs.letters import ask_for_letters, make_letters, print_letters
from participation.models import Ruleset
from participation.services import Wording
from participation.services.territories import load_territories
from tests.databases import migrated_database

RULES: dict[str, Any] = {
    "ballot": "approval",
    "count": {"method": "greedy", "satisfaction": "votes"},
    "voters": {"proofs": ["letter"], "needs_line": True},
}


def write_file(path: Path, number: int) -> None:
    first = date(1930, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write("iin,born_on,district,household\n")
        for n in range(number):
            # A day has ten people, far enough apart that none gets another's number.
            born_on = first + timedelta(days=n % 28_000)
            file.write(f"{invented_iin(born_on, n // 28_000 * 20)},{born_on},,{n}\n")


def seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def plain_copy(path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (iin text, born_on date, district text, household text)")
        statement = "COPY plain FROM STDIN (FORMAT csv, HEADER)"
        with path.open("rb") as file, cursor.copy(statement) as copy:
            while piece := file.read(PIECE):
                copy.write(piece)


def make_cycle() -> Cycle:
    return create_cycle(
        by=None,
        territory=load_territories()["taraz"],
        slug="bench",
        year=2027,
        ruleset=Ruleset.objects.create(kind="budgeting.vote", key="b", name="b", data=RULES),
        wordings=[Wording("kk", "Тараз")],
        envelopes=[],
        dates=[],
    )


def take_over(cycle: Cycle, path: Path) -> None:
    with path.open("rb") as clear, tempfile.TemporaryFile() as copy:
        pieces: Iterator[bytes] = iter(lambda: clear.read(PIECE), b"")
        copy.writelines(sealed(pieces, register_key().seal()))
        copy.seek(0)
        source = hand_in_register(by=None, cycle=cycle, file=File(copy), size=path.stat().st_size)
    read_register(source=source)
    print(f"{source.get_state_display()}: {source.lines_new} new, {source.lines_wrong} wrong")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--lines", type=int, default=200_000)
    number = parser.parse_args().lines
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.MEDIA_ROOT = settings.REGISTER_KEY_DIR = Path(folder)
            path = Path(folder) / "register.csv"
            write_file(path, number)
            before = megabytes()
            bare = seconds(lambda: plain_copy(path))
            cycle, officer = make_cycle(), User.objects.create_user("bench@example.org")
            ours = seconds(lambda: take_over(cycle, path))
            print(f"{number} lines: {number / ours:.0f} a second, {ours / bare:.1f} × a bare COPY")
            made = seconds(lambda: letters(cycle, officer))
            print(f"letters: {number / made:.0f} codes a second")
            print(f"memory: {before} MB before, {megabytes()} MB at most")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
