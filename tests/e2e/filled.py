"""The filled database and its files, made once a run: each worker's site is a copy of them."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from config.processes import alive
from tests.databases import address_of, create_copy, drop, migrated_database

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "kenes_e2e"
RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
NEVER_ASKED = "http://localhost"  # the address in letters that were sent before there was a site


@dataclass(frozen=True)
class Filled:
    """`sessions` holds a signed-in session for each person of tests.e2e.world."""

    database: str
    files: Path
    sessions: dict[str, str]


@contextmanager
def filled_once(shared: Path, redis_url: str) -> Iterator[Filled]:
    """`shared` is a folder of this run: who comes second waits there, who goes last clears up."""
    files, users, sessions = (shared / f"world{end}" for end in ("", ".users", ".sessions.json"))
    name = f"{PREFIX}_{RUN}_world"
    with _alone(shared):
        if not sessions.exists():
            shutil.rmtree(files, ignore_errors=True)
            files.mkdir()
            sessions.write_text(json.dumps(_fill(name, files, redis_url)))
        _count(users, 1)
    try:
        yield Filled(name, files, json.loads(sessions.read_text()))
    finally:
        with _alone(shared):
            if _count(users, -1) == 0:
                sessions.unlink()
                shutil.rmtree(files)
                with _admin() as admin:
                    drop(admin, name)


@contextmanager
def copied_database(filled: Filled, worker: int) -> Iterator[str]:
    """The address of a database of the worker's own."""
    name = f"{PREFIX}_{RUN}_{worker}"
    with _admin() as admin:
        create_copy(admin, name, filled.database)
        try:
            yield address_of(name)
        finally:
            drop(admin, name)


def _fill(name: str, files: Path, redis_url: str) -> dict[str, str]:
    with _admin() as admin:
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        ).fetchall():
            found = re.match(rf"{PREFIX}_(\d+)_", old)
            if found and not alive(int(found[1])):  # left over from a run that was killed
                drop(admin, old)
        drop(admin, name)
        create_copy(admin, name, migrated_database())
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.world"],
        cwd=ROOT,
        env=os.environ
        | {
            "KENES_MODE": "demo",
            "KENES_VAR": str(files),
            "DATABASE_URL": address_of(name),
            "REDIS_URL": redis_url,
            "SITE_URL": NEVER_ASKED,
            "LOG_LEVEL": "WARNING",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The site's data could not be made:\n{done.stderr}")
    sessions: dict[str, str] = json.loads(done.stdout)
    return sessions


def _admin() -> psycopg.Connection:
    return psycopg.connect(settings.DATABASE_URL, autocommit=True)


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    with (shared / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _count(users: Path, change: int) -> int:
    number = int(users.read_text()) + change if users.exists() else change
    users.write_text(str(number))
    return number
