"""A site for the browser tests, served as in production: gunicorn, compressed and hashed files.

It has a database of its own beside the tests' one, so that it may be written to and flushed
without regard for other tests.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from redis import Redis

from config.processes import alive, wait_until
from tests.databases import address_of, create_copy, drop, migrated_database

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
FIRST_BROKER = 8  # Valkey's databases from 8 to 15 are the browser tests'


@dataclass(frozen=True)
class Site:
    """`sessions` holds a signed-in session for each person of tests.e2e.world."""

    address: str
    sessions: dict[str, str]
    log: Path


@contextmanager
def running_site(folder: Path, worker: int) -> Iterator[Site]:
    """Fill a new database, serve it on a free port of localhost, and remove both afterwards."""
    log = folder / "site.log"
    with (
        _database(worker) as database_url,
        _broker(worker) as redis_url,
        socket.create_server(("127.0.0.1", 0), backlog=128) as listener,
    ):
        address = f"http://localhost:{listener.getsockname()[1]}"
        environment = os.environ | {
            "KENES_MODE": "demo",
            "KENES_VAR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SITE_URL": address,
            "LOG_LEVEL": "WARNING",
        }
        sessions = _fill(environment, log)
        with _gunicorn(environment, listener, log):
            if not wait_until(f"{address}/healthz", START_SECONDS):
                raise RuntimeError(f"The site does not answer:\n{log.read_text()}")
            yield Site(address, sessions, log)


@contextmanager
def _database(worker: int) -> Iterator[str]:
    prefix = "kenes_e2e"
    name = f"{prefix}_{os.getpid()}_{worker}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as admin:
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{prefix}%"]
        ).fetchall():
            found = re.fullmatch(rf"{prefix}_(\d+)_\d+", old)
            if found and not alive(int(found[1])):  # left over from a run that was killed
                drop(admin, old)
        create_copy(admin, name, migrated_database())
        try:
            yield address_of(name)
        finally:
            drop(admin, name)


@contextmanager
def _broker(worker: int) -> Iterator[str]:
    number = FIRST_BROKER + worker % 8
    url = urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()
    with Redis.from_url(url) as broker:
        broker.flushdb()
        try:
            yield url
        finally:
            broker.flushdb()


def _fill(environment: dict[str, str], log: Path) -> dict[str, str]:
    with log.open("wb") as errors:
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.world"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"The site's data could not be made:\n{log.read_text()}")
    sessions: dict[str, str] = json.loads(done.stdout)
    return sessions


@contextmanager
def _gunicorn(environment: dict[str, str], listener: socket.socket, log: Path) -> Iterator[None]:
    number = listener.fileno()
    with (
        log.open("ab") as out,
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi:application",
             "--bind", f"fd://{number}", "--worker-class", "gthread", "--workers", "1",
             "--threads", "4", "--log-level", "warning", "--graceful-timeout", "2"],
            cwd=ROOT,
            env=environment,
            pass_fds=(number,),
            stdout=out,
            stderr=out,
        ) as process,
    ):  # fmt: skip
        try:
            yield
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: browsers keep connections open
            process.wait(20)
