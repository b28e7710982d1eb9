"""The supervisor, with real children."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from config.processes import ProcessError, Supervisor, alive, wait_until

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = ["sleep", "60"]
# A supervisor of its own to be signalled: two children write their numbers, one has a child.
PROGRAM = """
import sys
from config.processes import Supervisor
with Supervisor(patience=3) as children:
    children.start("one", ["sh", "-c", "echo $$ > one; exec sleep 60"])
    children.start("two", ["sh", "-c", "sleep 60 & echo $! > three; echo $$ > two; wait"])
    code = children.run()
sys.exit(code)
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def numbers(folder: Path, *names: str) -> list[int]:
    files = [folder / name for name in names]
    assert wait_until(lambda: all(f.exists() and f.read_text().strip() for f in files), 20)
    return [int(file.read_text()) for file in files]


def all_gone(pids: list[int], seconds: float = 10) -> bool:
    return wait_until(lambda: not any(map(alive, pids)), seconds)


def run(start: Callable[[Supervisor], object], **options: float) -> tuple[int, str]:
    out = io.StringIO()
    with Supervisor(out=out, **options) as children:
        start(children)
        code = children.run()
    return code, out.getvalue()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_stops_all_and_nothing_else(
    supervisor: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    bystander = subprocess.Popen(SLEEPER)
    try:
        pids = numbers(tmp_path, "one", "two", "three")
        supervisor.send_signal(number)
        assert supervisor.wait(10) == 0
        assert all_gone(pids)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent")
def test_killed_supervisor_takes_its_children(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids = numbers(tmp_path, "one", "two", "three")
    supervisor.kill()
    try:
        assert all_gone(pids[:2])
    finally:
        os.kill(pids[2], signal.SIGKILL)  # a grandchild is its own parent's to end


def test_child_death_stops_the_others(tmp_path: Path) -> None:
    def start(children: Supervisor) -> None:
        children.start("web", ["sh", "-c", "echo $$ > web; exec sleep 60"], cwd=tmp_path)
        numbers(tmp_path, "web")
        children.start("worker", ["sh", "-c", "echo сәлем; echo oh no >&2; exit 3"])

    code, said = run(start)
    assert code == 3
    assert "  worker | сәлем\n" in said
    assert "worker ended with code 3" in said
    assert "oh no" in said.split("Its last lines:")[1]
    assert all_gone(numbers(tmp_path, "web"))


def test_exit_codes() -> None:
    assert run(lambda children: children.start("beat", ["true"]))[0] == 1
    code, said = run(lambda children: children.start("beat", ["sh", "-c", "kill -9 $$"]))
    assert code == 128 + signal.SIGKILL
    assert "beat ended with code 137" in said


def test_deaf_child_is_killed_after_a_while(tmp_path: Path) -> None:
    program = "trap '' TERM; echo $$ > deaf; while :; do sleep 1; done"

    def start(children: Supervisor) -> None:
        children.start("deaf", ["sh", "-c", program], cwd=tmp_path)
        numbers(tmp_path, "deaf")
        children.start("short", ["false"])

    before = time.monotonic()
    assert run(start, patience=0.5)[0] == 1
    assert 0.5 <= time.monotonic() - before < 30
    assert all_gone(numbers(tmp_path, "deaf"))


def test_leaving_the_block_stops_the_children_and_gives_signals_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Supervisor(out=io.StringIO()) as children:
        children.start("web", ["sh", "-c", "echo $$ > web; exec sleep 60"], cwd=tmp_path)
        numbers(tmp_path, "web")
        assert signal.getsignal(signal.SIGTERM) is not before
    assert all_gone(numbers(tmp_path, "web"))
    assert signal.getsignal(signal.SIGTERM) is before


def test_command_that_does_not_exist() -> None:
    with (
        Supervisor(out=io.StringIO()) as children,
        pytest.raises(ProcessError, match=r"web could not be started .*no-such-program"),
    ):
        children.start("web", ["no-such-program"])


def test_environment_is_given() -> None:
    environment = {"PATH": os.environ["PATH"], "WORD": "қазақша"}
    said = run(lambda c: c.start("web", ["sh", "-c", "echo $WORD; exit 1"], env=environment))[1]
    assert "     web | қазақша\n" in said


def test_much_output_does_not_block() -> None:
    code, said = run(lambda c: c.start("web", ["sh", "-c", "seq 50000; exit 4"]))
    assert code == 4
    assert "     web | 50000\n" in said


def test_wait_ready(tmp_path: Path) -> None:
    out = io.StringIO()
    with Supervisor(out=out) as children:
        children.start("web", ["sh", "-c", "sleep 0.3; touch ready; exec sleep 60"], cwd=tmp_path)
        assert children.wait_ready((tmp_path / "ready").exists, 20)
        assert not children.wait_ready(lambda: False, 0.2)
        assert children.run() == 1
    assert "Not ready after 0.2 seconds." in out.getvalue()


def test_wait_ready_ends_with_the_child() -> None:
    out = io.StringIO()
    with Supervisor(out=out) as children:
        children.start("web", ["sh", "-c", "echo port taken; exit 5"])
        before = time.monotonic()
        assert not children.wait_ready(lambda: False, 60)
        assert time.monotonic() - before < 30
        assert children.run() == 5
    assert "port taken" in out.getvalue()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/down" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def test_wait_until_a_url_answers() -> None:
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            assert wait_until(f"{address}/", 5)  # it answers, if only with 404
            assert not wait_until(f"{address}/down", 0.1)
        finally:
            server.shutdown()
            thread.join()
    assert not wait_until(address, 0.1)
