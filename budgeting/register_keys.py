"""The secret behind registers and codes: a file outside the database, as the keys of ballots are.

Numbers of people have little chance in them: a hash that anybody can compute would be found by
trying all. Without this file what the database holds of them is noise.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings

from participation.key_files import make_key_file

KEY_BYTES = 32


class RegisterKeyMissing(Exception):
    """The key file is absent or is not the one with which this register was hashed."""


@dataclass(frozen=True)
class RegisterKey:
    """HMAC-SHA256 with a key of its own for each use; `secret` has 32 bytes."""

    secret: bytes

    def _part(self, use: str) -> bytes:
        return hmac.digest(self.secret, use.encode(), "sha256")

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(b"kenes-register" + self.secret).hexdigest()

    @property
    def for_numbers(self) -> bytes:
        """The key with which `iin_hash` = HMAC-SHA256(key, IIN) is made, here or by a sender."""
        return self._part("iin")

    def number(self, iin: str) -> bytes:
        return hmac.digest(self.for_numbers, iin.encode(), "sha256")

    def code(self, code: str) -> bytes:
        return hmac.digest(self._part("code"), code.encode(), "sha256")

    def letter(self, seed: bytes, line: int) -> bytes:
        """What the code of a line in a batch is made of: gone once the batch's seed is."""
        return hmac.digest(self._part("letter"), seed + line.to_bytes(8), "sha256")

    def tag(self, iin_hash: bytes) -> str:
        """The public journal's name of a line: always the same, not to be found by trying."""
        return hmac.digest(self._part("tag"), iin_hash, "sha256").hex()[:16]

    def seal(self) -> Fernet:
        """For files with numbers while they wait to be read."""
        return Fernet(urlsafe_b64encode(self._part("seal")))


def register_key(fingerprint: str = "") -> RegisterKey:
    """The key, made at first use. Raises RegisterKeyMissing rather than use another one."""
    path = Path(settings.REGISTER_KEY_DIR) / "register.key"
    if fingerprint and not path.exists():
        raise RegisterKeyMissing("the key of the register is missing")
    key = RegisterKey(make_key_file(path, KEY_BYTES))
    if fingerprint and key.fingerprint != fingerprint:
        raise RegisterKeyMissing("the key file is not the one of this register")
    return key
