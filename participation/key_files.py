"""Secrets as files outside the database: random, whole or not at all, readable by us only."""

import os
import secrets
from pathlib import Path


def make_key_file(path: Path, size: int) -> bytes:
    """The secret in the file; made on the disk if there is none, never written over."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, secrets.token_bytes(size))
    return path.read_bytes()


def _write(path: Path, secret: bytes) -> None:
    """Whole or not at all, and on the disk before anything relies on it."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with open(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
