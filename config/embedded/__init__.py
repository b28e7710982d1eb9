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

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import processes
from config.embedded import postgres, valkey
from config.embedded.servers import START_SECONDS, STOP_SECONDS, EmbeddedError, log_file
from config.processes import Account, ProcessError

__all__ = ["EmbeddedError", "Status", "ensure_postgres", "ensure_valkey", "status", "stop"]


@dataclass(frozen=True)
class Status:
    """One server of a checkout; `url` and `pid` are None while it does not answer."""

    name: str
    url: str | None
    pid: int | None
    log: Path


def ensure_postgres(var: Path, *, fast: bool = False) -> str:
    """Return the DATABASE_URL of the server under `var`, started if need be.

    `fast` gives up durability and is for tests; a folder is fast or durable for good.

    Raises:
        EmbeddedError: the server cannot be had.
    """
    with _explained(var, "DATABASE_URL") as var:
        postgres.check_kind(var / "postgres", fast)
        url = postgres.url_of(var)
        if url is None:
            with _alone(var):
                url = postgres.url_of(var) or postgres.start(var, fast)
        return url


def ensure_valkey(var: Path, *, fast: bool = False) -> str:
    """Return the REDIS_URL of the server under `var`, started if need be.

    `fast` keeps nothing on disk and is for tests.

    Raises:
        EmbeddedError: the server cannot be had.
    """
    with _explained(var, "REDIS_URL") as var:
        url = valkey.url_of(var)
        if url is None:
            with _alone(var):
                url = valkey.url_of(var) or valkey.start(var, fast)
        return url


def stop(var: Path) -> None:
    """Stop both servers of `var` cleanly; nothing happens where none runs.

    Raises:
        EmbeddedError: a server does not end, or is not ours to end.
    """
    with _explained(var, "DATABASE_URL and REDIS_URL") as var:
        if var.is_dir():
            with _alone(var):
                valkey.stop(var)
                postgres.stop(var)


def status(var: Path) -> tuple[Status, Status]:
    """Tell how PostgreSQL and Valkey of `var` are; starts nothing.

    Raises:
        EmbeddedError: the folder cannot be read.
    """
    with _explained(var, "DATABASE_URL and REDIS_URL") as var:
        database, broker = postgres.url_of(var), valkey.url_of(var)
        postmaster = postgres.postmaster_of(var / "postgres") if database else None
        valkeys = processes.find("valkey-server", var / "valkey") if broker else []
    return (
        Status("postgres", database, postmaster and postmaster.pid, log_file(var, "postgres")),
        Status("valkey", broker, next(iter(valkeys), None), log_file(var, "valkey")),
    )


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
