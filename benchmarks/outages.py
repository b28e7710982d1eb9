"""Real processes to be killed: a broker that comes back empty, a worker, a beat.

For `benchmarks.notifications --faults` and for the tests of the same faults.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from config.embedded.valkey import _binary as valkey_binary

LEASE_SECONDS = 3
ROUND_SECONDS = 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 120.0) -> float:
    """Seconds until it was so. Raises AssertionError."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)
    return time.monotonic() - start


class Process:
    """A process in a session of its own, so that its children die with it."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.command, self.environment = command, environment
        self.log = folder / f"{command[-1].strip('-')}-{id(self)}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=settings.BASE_DIR,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """With all its children and without a word, as when a machine dies."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None


def valkey(folder: Path) -> tuple[Process, str]:
    """A broker that keeps nothing: whenever it starts, it is empty."""
    port = free_port()
    command = [str(valkey_binary()), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--appendonly", "no", "--dir", str(folder), "--save", ""]
    return Process(command, folder, {}), f"redis://127.0.0.1:{port}/0"


def url_of_this_database() -> str:
    parts = urlsplit(settings.DATABASE_URL)
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


class Site:
    """A broker, a worker and two beats on this database, with mail to one server."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.broker, self.redis_url = valkey(folder)
        environment = {
            "KENES_MODE": "test",
            "KENES_VAR": str(folder),
            "DATABASE_URL": url_of_this_database(),
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "SECRET_KEY": settings.SECRET_KEY,
            "DELIVERY_LEASE": str(LEASE_SECONDS),
            "DELIVERY_ROUND": str(ROUND_SECONDS),
        }
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        worker = ["worker", "-c", "1", "--without-gossip", "--without-mingle", "-l", "INFO"]
        self.worker = Process([*celery, *worker], folder, environment)
        self.beats = [
            Process(
                [*celery, "beat", "--pidfile=", "-s", str(folder / f"beat-{number}")],
                folder,
                environment,
            )
            for number in (1, 2)
        ]

    @property
    def logs(self) -> str:
        return f"see {self.worker.log}"


@contextmanager
def running_site(folder: Path, mail_port: int) -> Iterator[Site]:
    site = Site(folder, mail_port)
    site.broker.start()
    processes = [site.worker, *site.beats]
    try:
        for process in processes:
            process.start()
        yield site
    finally:
        for process in (*processes, site.broker):
            process.kill()
