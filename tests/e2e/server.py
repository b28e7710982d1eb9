"""A site for the browser tests, served as in production: gunicorn, compressed and hashed files.

It has a database of its own beside the tests' one, so that it may be written to and flushed
without regard for other tests.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from redis import Redis

from config.processes import wait_until
from tests.e2e.filled import ROOT, copied_database, filled_once

START_SECONDS = 60
FIRST_BROKER = 8  # Valkey's databases from 8 to 15 are the browser tests'


@dataclass(frozen=True)
class Site:
    """`sessions` holds a signed-in session for each person of tests.e2e.world."""

    address: str
    sessions: dict[str, str]
    log: Path


@contextmanager
def running_site(folder: Path, worker: int, shared: Path) -> Iterator[Site]:
    """Serve a copy of the filled database on a free port of localhost, removed afterwards."""
    log = folder / "site.log"
    with (
        _broker(worker) as redis_url,
        filled_once(shared, redis_url) as filled,
        copied_database(filled, worker) as database_url,
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
        _empty(redis_url)  # of what the filling left there: a copy has none of it
        shutil.copytree(filled.files, folder, dirs_exist_ok=True)
        with _gunicorn(environment, listener, log):
            if not wait_until(f"{address}/healthz", START_SECONDS):
                raise RuntimeError(f"The site does not answer:\n{log.read_text()}")
            yield Site(address, filled.sessions, log)


@contextmanager
def _broker(worker: int) -> Iterator[str]:
    number = FIRST_BROKER + worker % 8
    url = urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()
    _empty(url)
    try:
        yield url
    finally:
        _empty(url)


def _empty(redis_url: str) -> None:
    with Redis.from_url(redis_url) as broker:
        broker.flushdb()


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
