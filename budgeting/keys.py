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
    """A new random key on disk, readable by this service only. Raises FileExistsError."""
    path = _path(election)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ElectionKey(election, secrets.token_bytes(KEY_BYTES))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with open(descriptor, "wb") as file:
        file.write(key.secret)
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(election: int, fingerprint: str) -> ElectionKey:
    """The key of an election. Raises ElectionKeyMissing rather than use a wrong one."""
    try:
        key = ElectionKey(election, _path(election).read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise ElectionKeyMissing(f"no key for election {election}") from error
    if key.fingerprint != fingerprint:
        raise ElectionKeyMissing(f"the key file of election {election} is another election's")
    return key


def forget_key(election: int) -> None:
    _path(election).unlink(missing_ok=True)
