"""What both servers have in common: their error, their logs, their wheels."""

import importlib.util
import os
import platform
import re
from pathlib import Path

from config.processes import ProcessError

NAME = "kenes"
START_SECONDS = 120.0
STOP_SECONDS = 60.0
LOG_BYTES = 5_000_000
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}


class EmbeddedError(RuntimeError):
    """A server cannot be had; the message says why and what to do."""


def wheel(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        system = f"{platform.system()} {platform.machine()}"
        raise ProcessError(
            f"The package {package.replace('_', '-')} is missing (for {system} there may be none): "
            "install it."
        )
    return Path(found.origin).parent


def log_file(var: Path, name: str) -> Path:
    return var / "log" / f"{name}.log"


def log_size(log: Path) -> int:
    """Where the next words will stand in a log, which is put aside when it has grown long."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.stat().st_size if log.exists() else 0


def log_since(log: Path, offset: int) -> str:
    return log.read_bytes()[offset:].decode("utf-8", "replace")


def not_started(server: str, setting: str, log: Path, offset: int) -> str:
    return (
        f"{server} did not start ({reason_in(log_since(log, offset))}): see {log} or set {setting}."
    )


def reason_in(said: str) -> str:
    """The line of a program's words that tells best why it failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search("FATAL|PANIC|error:", line, re.IGNORECASE)]
    return (telling or lines or ["it gave no reason"])[-1].removesuffix(".")
