"""Election keys as files outside the database: made at the freeze, read by cast and seal."""

from pathlib import Path

from django.conf import settings

from budgeting.ballots.sealing import KEY_BYTES, ElectionKey
from participation.key_files import make_key_file


class ElectionKeyMissing(Exception):
    """The key file is absent or is not the one whose fingerprint the election carries."""


def _path(election: int) -> Path:
    return Path(settings.BALLOT_KEY_DIR) / f"election-{election}.key"


def create_key(election: int) -> ElectionKey:
    """The key of an election in preparation: random, on disk, readable by this service only.

    A file left by a freeze that did not reach its commit has sealed nothing and is used, so no
    key is ever written over. Call it with the row of the election locked.
    """
    return ElectionKey(election, make_key_file(_path(election), KEY_BYTES))


def read_key(election: int, fingerprint: str) -> ElectionKey:
    """The key of an election. Raises ElectionKeyMissing rather than use a wrong one."""
    try:
        key = ElectionKey(election, _path(election).read_bytes())
    except (FileNotFoundError, ValueError) as error:
        raise ElectionKeyMissing(f"no key for election {election}") from error
    if key.fingerprint != fingerprint:
        raise ElectionKeyMissing(f"the key file of election {election} is another election's")
    return key
