"""One secret of 32 bytes an election: voters' slots, sealed bodies, commitments, receipts' key.

Everything is derived from the voter, the request and the content, so the same request sent
twice gives the same bytes and the same receipt. Without the key slots and bodies are noise:
destroying it after the complaints period severs who voted from what was voted for ever.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Choices = list[str] | dict[str, int]
"""Project ids (approval: sorted; ordinal: best first) or points by project id."""

KEY_BYTES = 32
# All bodies of one size class look alike, so that a length tells nothing about the choices.
_PADDING = 256


def canonical(choices: Choices) -> bytes:
    """The one JSON form of a ballot's choices that is hashed, stored and published (UTF-8)."""
    return json.dumps(choices, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(election: int, nonce: bytes, choices: Choices) -> str:
    """SHA-256 (hex) over tag, election, nonce and canonical choices: binding and, by the nonce
    of 32 secret bytes, hiding until the ballot is opened."""
    head = b"kenes-ballot-v1\0" + str(election).encode() + b"\0"
    return hashlib.sha256(head + nonce + canonical(choices)).hexdigest()


@dataclass(frozen=True)
class SealedBallot:
    """What is stored (slot, idempotency, body) and what the voter is given (the rest)."""

    slot: bytes
    idempotency: bytes
    body: bytes
    nonce: bytes
    commitment: str


@dataclass(frozen=True)
class OpenBallot:
    nonce: bytes
    choices: Choices
    commitment: str


@dataclass(frozen=True)
class ElectionKey:
    election: int
    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"an election key has {KEY_BYTES} bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return f"ElectionKey(election={self.election})"

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(b"kenes-key-v1\0" + self.secret).hexdigest()

    def slot(self, voter: int) -> bytes:
        return self._mac("slot", str(voter).encode())

    def seal(self, *, voter: int, request: str, choices: Choices, room: int = 0) -> SealedBallot:
        """`room`: bytes that the longest choices of this vote may take; all bodies have it."""
        return self._sealed(self.slot(voter), request, choices, room)

    def seal_paper(
        self, *, batch: int, number: int, choices: Choices, room: int = 0
    ) -> SealedBallot:
        """A paper's ballot: its slot is that of no voter and of no other paper."""
        slot = self._mac("paper", f"{batch}/{number}".encode())
        return self._sealed(slot, "paper", choices, room)

    def _sealed(self, slot: bytes, request: str, choices: Choices, room: int) -> SealedBallot:
        idempotency = self._mac("request", slot + request.encode() + b"\0" + canonical(choices))
        nonce = self._mac("nonce", slot + idempotency)
        plain = nonce + canonical(choices).ljust(room, b"\0")
        plain += b"\0" * (-len(plain) % _PADDING)
        aead_nonce = self._mac("aead-nonce", slot + idempotency)[:12]
        body = aead_nonce + self._cipher.encrypt(aead_nonce, plain, slot)
        return SealedBallot(
            slot, idempotency, body, nonce, commitment(self.election, nonce, choices)
        )

    def open(self, *, slot: bytes, body: bytes) -> OpenBallot:
        """Raises cryptography.exceptions.InvalidTag for a body of another slot or key."""
        plain = self._cipher.decrypt(body[:12], body[12:], slot)
        nonce, choices = plain[:32], json.loads(plain[32:].rstrip(b"\0"))
        return OpenBallot(nonce, choices, commitment(self.election, nonce, choices))

    def seal_note(self, place: bytes, plain: bytes) -> bytes:
        """What nobody may read during the vote and is no ballot yet; opens at its place only."""
        nonce = self._mac("note-nonce", place + b"\0" + plain)[:12]
        return nonce + self._note_cipher.encrypt(nonce, plain, place)

    def open_note(self, place: bytes, body: bytes) -> bytes:
        """Raises cryptography.exceptions.InvalidTag for a note of another place or key."""
        return self._note_cipher.decrypt(body[:12], body[12:], place)

    @cached_property
    def signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derive("receipt"))

    @property
    def receipt_public_key(self) -> str:
        return self.signing_key.public_key().public_bytes_raw().hex()

    @cached_property
    def _cipher(self) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(self._derive("body"))

    @cached_property
    def _note_cipher(self) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(self._derive("note"))

    def _mac(self, purpose: str, data: bytes) -> bytes:
        return hmac.digest(self._derive(purpose), data, "sha256")

    def _derive(self, purpose: str) -> bytes:
        info = f"kenes {self.election} {purpose}".encode()
        return HKDF(SHA256(), 32, salt=None, info=info).derive(self.secret)
