"""Election keys as files outside the database: made at the freeze, read by cast and seal."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from budgeting.ballots.sealing import KEY_BYTES, ElectionKey


class ElectionKeyMissing(Exception):
    """The key file is absent or is not the one whose fingerprint the election carries."""


def _path(election: int) -> Path:
    return Path(settings.BALLOT_KEY_DIR) / f"election-{election}.key"


def create_key(election: int) -> ElectionKey:
    """The key of an election in preparation: random, on disk, readable by this service only.

    A file left by a freeze that did not reach its commit has sealed nothing and is used, so no
    key is ever written over. Call it with the row of the election locked.
    """
    path = _path(election)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, secrets.token_bytes(KEY_BYTES))
    return ElectionKey(election, path.read_bytes())


def _write(path: Path, secret: bytes) -> None:
    """Whole or not at all, and on the disk before the election is frozen."""
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


def read_key(election: int, fingerprint: str) -> ElectionKey:
    """The key of an election. Raises ElectionKeyMissing rather than use a wrong one."""
    try:
        key = ElectionKey(election, _path(election).read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise ElectionKeyMissing(f"no key for election {election}") from error
    if key.fingerprint != fingerprint:
        raise ElectionKeyMissing(f"the key file of election {election} is another election's")
    return key
