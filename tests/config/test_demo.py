"""`manage.py demo` as people start it: a process of its own, real servers, a real Ctrl-C."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import embedded
from config.demo import LOGINS, PASSWORD
from config.processes import wait_until

# How long one start may take on a busy machine before it counts as hanging.
PATIENCE = 900


class Demo:
    """One run of the command, with what it says."""

    def __init__(self, var: Path, *arguments: str, **environment: str) -> None:
        kept = {k: v for k, v in os.environ.items() if k not in ("KENES_MODE", "PORT")}
        self.lines: list[str] = []
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", *arguments],
            cwd=settings.BASE_DIR,
            env={**kept, "KENES_VAR": str(var), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(self.process.stdout)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def wait_welcome(self) -> float:
        """How long it took until the address was printed."""
        over = wait_until(
            lambda: "Ctrl-C stops everything" in self.said or self.process.poll() is not None,
            PATIENCE,
        )
        assert over, self.said
        assert self.process.poll() is None, self.said
        return time.monotonic() - self.started

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        code = self.process.wait(60)
        self.reader.join(10)
        return code


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """Servers of root run as somebody else, who may not enter pytest's own folders."""
    folder = Path(tempfile.mkdtemp(prefix="demo-")).resolve()
    folder.chmod(0o755)
    yield folder / "var"
    embedded.stop(folder / "var")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demos() -> Iterator[list[Demo]]:
    """Whatever a failed test leaves running ends with it."""
    running: list[Demo] = []
    yield running
    for demo in running:
        if demo.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                demo.stop(signal.SIGTERM)


def fetch(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def latest_record(port: int) -> str:
    """The head of the public record, which stands at the foot of every page."""
    found = re.search(r"/en/record/\">.*?([0-9a-f]{4}…[0-9a-f]{4})", fetch(port, "/en/")[1])
    assert found
    return found[1]


def server_pids(var: Path) -> list[int]:
    return [server.pid for server in embedded.status(var) if server.pid is not None]


def test_first_start_serves_everything_and_stops_everything(
    var: Path, port: int, demos: list[Demo]
) -> None:
    demos.append(demo := Demo(var, "--port", str(port)))
    seconds = demo.wait_welcome()
    assert "Loading demo data" in demo.said
    assert f"http://localhost:{port}/" in demo.said
    assert PASSWORD in demo.said
    assert all(login.email in demo.said for login in LOGINS)
    for language, title in (("kk", "Тараз бюджеті 2027"), ("ru", "Бюджет Тараза 2027"),
                            ("en", "Taraz budget 2027")):  # fmt: skip
        status, body = fetch(port, f"/{language}/")
        assert status == 200
        assert f'lang="{language}"' in body
        assert title in body
    assert fetch(port, "/healthz") == (200, "ok\n")
    assert wait_until(lambda: fetch(port, "/readyz")[0] == 200, 60), fetch(port, "/readyz")
    assert json.loads(fetch(port, "/readyz")[1]) == {
        "database": True, "broker": True, "worker": True
    }  # fmt: skip
    for slug in ("swiecie-2023", "wieliczka-green-budget-2023", "taraz-2027", "astana-2026"):
        assert fetch(port, f"/en/budgeting/{slug}/")[0] in (200, 404), slug
    (var / "head").write_text(latest_record(port))
    (var / "seconds").write_text(str(seconds))

    pids = [child.pid for child in demo.children()] + server_pids(var)
    assert len(pids) >= 5  # two web workers and their master, a worker, beat; two servers
    assert demo.stop(signal.SIGTERM) == 0, demo.said
    assert wait_until(lambda: not any(map(psutil.pid_exists, pids)), 20)
    assert [server.url for server in embedded.status(var)] == [None, None]


def test_second_start_takes_seconds_and_keeps_the_data(
    var: Path, port: int, demos: list[Demo]
) -> None:
    demos.append(demo := Demo(var, PORT=str(port)))
    seconds = demo.wait_welcome()
    assert "Loading demo data" not in demo.said
    assert seconds < float((var / "seconds").read_text()) / 2  # the machine may be busy
    assert latest_record(port) == (var / "head").read_text()

    # While it runs: a second one on the same port says what to do and harms nothing.
    other = Demo(var, "--port", str(port))
    assert other.process.wait(60) != 0
    other.reader.join(10)
    assert f"Port {port} on 127.0.0.1 cannot be had" in other.said
    assert "make demo PORT=8001" in other.said
    assert "Traceback" not in other.said
    assert fetch(port, "/en/")[0] == 200

    assert demo.stop(signal.SIGINT) == 0, demo.said
    assert [server.url for server in embedded.status(var)] == [None, None]


def test_reset_starts_afresh(var: Path, port: int, demos: list[Demo]) -> None:
    demos.append(demo := Demo(var, "--port", str(port), "--reset"))
    demo.wait_welcome()
    assert "Removing the old demo data" in demo.said
    assert "Loading demo data" in demo.said
    assert latest_record(port) != (var / "head").read_text()
    assert fetch(port, "/en/budgeting/taraz-2027/")[0] == 200
    assert demo.stop(signal.SIGTERM) == 0


def test_reset_never_empties_a_database_of_others(var: Path, port: int) -> None:
    nobody = "postgresql://nobody@127.0.0.1:1/none"
    demo = Demo(var, "--port", str(port), "--reset", DATABASE_URL=nobody, REDIS_URL="redis://none")
    assert demo.process.wait(60) != 0
    demo.reader.join(10)
    assert "DATABASE_URL is set" in demo.said
    assert "Removing" not in demo.said
