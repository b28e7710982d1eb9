"""A crowd that asks the site for news, every 3 s unless the site says otherwise: what hall.py and
hearing.py measure alike.

gunicorn runs as in the demo (2 workers, 4 threads each), with a scratch database on the configured
server. In time is an answer within 3 s, before the next would be due. The crowd shares the machine
with the server.
"""

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlsplit

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from config.processes import wait_until

EVERY = 3.0
GOAL = 0.99
DATABASE_OF_BROKER = 7
Figures = dict[str, float | None]


@dataclass
class Log:
    """Seconds and bytes of every answer, of all browsers together."""

    polls: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    page_bytes: list[int] = field(default_factory=list)
    poll_bytes: list[int] = field(default_factory=list)
    not_modified: int = 0
    failures: int = 0

    def figures(self) -> Figures:
        taken = [*self.polls, *self.posts, *self.pages]
        in_time = sum(each <= EVERY for each in taken)
        return {
            "requests": len(taken),
            "failures": self.failures,
            "in_time": in_time / (len(taken) + self.failures),
            "poll_median_ms": round(1000 * statistics.median(self.polls)),
            "poll_slowest_ms": round(1000 * max(self.polls)),
            "post_median_ms": round(1000 * statistics.median(self.posts)) if self.posts else None,
            "not_modified": self.not_modified / len(self.polls),
            "page_bytes": max(self.page_bytes),
            "poll_bytes_mean": round(statistics.mean(self.poll_bytes)),
        }


class Browser:
    """Opens a page, then asks for its fragment `live`, with the ETag it knows."""

    def __init__(self, port: int, page: str, live: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.page, self.live = page, live
        self.cookies: dict[str, str] = {}
        self.etag = ""
        self.every = EVERY

    def live_for(self, seconds: float, log: Log) -> None:
        end = time.monotonic() + seconds
        time.sleep(random.uniform(0, EVERY))
        status, content, took = self.ask("GET", self.page)
        log.pages.append(took)
        log.page_bytes.append(len(content))
        log.failures += status != 200
        self.etag = ""  # that of the page, not of the fragment
        self.begin(seconds)
        while time.monotonic() < end:
            self.poll(log)
            self.act(log)
            time.sleep(self.every * random.uniform(0.8, 1.2))

    def begin(self, seconds: float) -> None:
        """What else a kind of browser prepares for its time."""

    def act(self, log: Log) -> None:
        """What else it does between two questions."""

    def ask(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[int, bytes, float]:
        headers["Accept-Encoding"] = "gzip"
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.perf_counter()
        try:
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        except (ConnectionError, RemoteDisconnected):
            # The server has closed a connection that was idle; a browser opens another.
            self.connection.close()
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - begun
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
            if name.lower() == "etag":
                self.etag = value
            if name.lower() == "ask-again":  # as static/js/hall.js obeys it
                self.every = float(value)
        return answer.status, content, seconds

    def poll(self, log: Log) -> None:
        known = {"If-None-Match": self.etag} if self.etag else {}
        status, content, took = self.ask("GET", self.live, **known)
        log.polls.append(took)
        log.poll_bytes.append(len(content))
        log.not_modified += status == 304
        log.failures += status not in (200, 304)


@contextmanager
def site() -> Iterator[int]:
    """gunicorn as `manage.py demo` starts it; the port."""
    name = connection.settings_dict["NAME"]
    database = urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    broker = urlsplit(settings.REDIS_URL)._replace(path=f"/{DATABASE_OF_BROKER}").geturl()
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0), backlog=512) as listener,
    ):
        environment = os.environ | {
            "KENES_MODE": "demo", "KENES_VAR": folder, "DATABASE_URL": database,
            "REDIS_URL": broker, "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        python = [sys.executable, "-m"]
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
        subprocess.run([*collect, "-i", "admin"], env=environment, check=True)
        command = [*python, "gunicorn", "config.wsgi:application", "--bind",
                   f"fd://{listener.fileno()}", "--worker-class", "gthread", "--workers", "2",
                   "--threads", "4", "--log-level", "error", "--graceful-timeout", "5"]  # fmt: skip
        with subprocess.Popen(command, env=environment, pass_fds=(listener.fileno(),)) as process:
            try:
                port = listener.getsockname()[1]
                if not wait_until(f"http://127.0.0.1:{port}/healthz", 60):
                    raise RuntimeError("gunicorn did not start")
                yield port
            finally:
                process.terminate()
                process.wait(60)


def gather(
    crowd: Callable[[int], Sequence[Browser]],
    seconds: float,
    meanwhile: Callable[[], None] = lambda: None,
) -> Log:
    """Run all that `crowd` makes for a port, each in a thread, and `meanwhile` beside them."""
    log = Log()
    with site() as port:

        def run(browser: Browser) -> None:
            try:
                browser.live_for(seconds, log)
            except OSError:
                log.failures += 1

        threads = [threading.Thread(target=run, args=[browser]) for browser in crowd(port)]
        for thread in threads:
            thread.start()
        meanwhile()
        for thread in threads:
            thread.join()
    return log


def run_benchmark(
    told: str | None, name: str, number: int, measure: Callable[[int, float], Figures]
) -> None:
    """Read the options, measure in a scratch database, print. `told` is the benchmark's docstring;
    `name` what its crowd is called, `number` how many they are by default."""
    parser = argparse.ArgumentParser(description=(told or "").splitlines()[0])
    parser.add_argument(f"--{name}", dest="number", type=int, default=number)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = measure(arguments.number, arguments.seconds)
    finally:
        teardown_databases(databases, verbosity=0)
    found = {name: arguments.number, "seconds": arguments.seconds, **found}
    if arguments.json:
        json.dump(found, sys.stdout)
        return
    for label, value in found.items():
        print(f"{label:>16}  {value}")
    is_met = (found["in_time"] or 0) >= GOAL
    print(f"goal: in_time >= {GOAL}, {'met' if is_met else 'missed'}")
