"""200 phones in one hall: how many of their requests are served before the next would be due.

  python -m benchmarks.hall [--phones 200] [--seconds 30] [--json]

gunicorn runs as in the demo (2 workers, 4 threads each), with a scratch database on the configured
server. Every phone opens its page, asks for the fragment every 3 s as static/js/hall.js does, with
the ETag it knows, and sends one statement at some moment. In time is an answer within 3 s. The
phones share the machine with the server.
"""

import argparse
import gzip
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from config.processes import wait_until
from edp.models import Statement, Workshop
from participation.services.territories import load_territories
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop

EVERY = 3.0
GOAL = 0.99
DATABASE_OF_BROKER = 7


@dataclass
class Log:
    """Seconds and bytes of every answer, of all phones together."""

    polls: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    page_bytes: list[int] = field(default_factory=list)
    poll_bytes: list[int] = field(default_factory=list)
    not_modified: int = 0
    failures: int = 0


class Phone:
    def __init__(self, port: int, code: str, live: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.page, self.live = f"/kk/edp/join/{code}/", live
        self.cookies: dict[str, str] = {}
        self.etag = ""

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
        return answer.status, content, seconds

    def live_for(self, seconds: float, log: Log) -> None:
        end = time.monotonic() + seconds
        time.sleep(random.uniform(0, EVERY))
        _status, content, took = self.ask("GET", self.page)
        log.pages.append(took)
        log.page_bytes.append(len(content))
        speaks_at = time.monotonic() + random.uniform(0, seconds / 2)
        while time.monotonic() < end:
            self.poll(log)
            if speaks_at and time.monotonic() > speaks_at:
                self.speak(log)
                speaks_at = 0
            time.sleep(EVERY * random.uniform(0.8, 1.2))

    def poll(self, log: Log) -> None:
        known = {"If-None-Match": self.etag} if self.etag else {}
        status, content, took = self.ask("GET", self.live, **known)
        log.polls.append(took)
        log.poll_bytes.append(len(content))
        log.not_modified += status == 304
        log.failures += status not in (200, 304)

    def speak(self, log: Log) -> None:
        _status, content, took = self.ask("GET", self.page)
        log.pages.append(took)
        html = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        key = re.search(r'name="form_key" value="([^"]+)"', html)
        if token is None or key is None:
            log.failures += 1
            return
        words = {
            "csrfmiddlewaretoken": token[1],
            "form_key": key[1],
            "text": "Су керек",
            "kind": "need",
            "helix": "business",
            "has_consent": "on",
        }
        form = "application/x-www-form-urlencoded"
        status, _content, took = self.ask(
            "POST", self.page, urlencode(words), **{"Content-Type": form}
        )
        log.posts.append(took)
        log.failures += status != 302


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


def measure(workshop: Workshop, phones: int, seconds: float) -> Log:
    log = Log()
    live = f"/kk/edp/{workshop.process.slug}/workshops/{workshop.number}/live/phone/"
    with site() as port:
        crowd = [Phone(port, workshop.join_code or "", live) for _ in range(phones)]

        def run(phone: Phone) -> None:
            try:
                phone.live_for(seconds, log)
            except OSError:
                log.failures += 1

        threads = [threading.Thread(target=run, args=[phone]) for phone in crowd]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return log


def report(log: Log, phones: int, seconds: float) -> dict[str, object]:
    taken = [*log.polls, *log.posts, *log.pages]
    in_time = sum(each <= EVERY for each in taken)
    return {
        "phones": phones,
        "seconds": seconds,
        "requests": len(taken),
        "failures": log.failures,
        "in_time": in_time / (len(taken) + log.failures),
        "poll_median_ms": round(1000 * statistics.median(log.polls)),
        "poll_slowest_ms": round(1000 * max(log.polls)),
        "post_median_ms": round(1000 * statistics.median(log.posts)) if log.posts else None,
        "statements": Statement.objects.count(),
        "not_modified": log.not_modified / len(log.polls),
        "page_bytes": max(log.page_bytes),
        "poll_bytes_mean": round(statistics.mean(log.poll_bytes)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        process = make_process(load_territories()["taraz"], stage="discovery")
        workshop = make_workshop(process, state="running")
        log = measure(workshop, arguments.phones, arguments.seconds)
        found = report(log, arguments.phones, arguments.seconds)
    finally:
        teardown_databases(databases, verbosity=0)
    if arguments.json:
        json.dump(found, sys.stdout)
    else:
        for name, value in found.items():
            print(f"{name:>16}  {value}")
        print(f"goal: in_time >= {GOAL}, {'met' if found['in_time'] >= GOAL else 'missed'}")  # type: ignore[operator]


if __name__ == "__main__":
    main()
