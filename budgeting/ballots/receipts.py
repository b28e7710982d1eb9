"""A signed receipt: proof to anyone that the platform accepted a ballot with this commitment."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from budgeting.ballots.sealing import ElectionKey


def _message(election: int, commitment: str) -> bytes:
    return f"kenes-receipt-v1\0{election}\0{commitment}".encode()


@dataclass(frozen=True)
class Receipt:
    """`nonce` and the choices give `commitment`, which the public log lists after its epoch."""

    election: int
    commitment: str
    nonce: str
    signature: str

    @classmethod
    def issue(cls, key: ElectionKey, *, commitment: str, nonce: bytes) -> "Receipt":
        signature = key.signing_key.sign(_message(key.election, commitment))
        return cls(key.election, commitment, nonce.hex(), signature.hex())

    def is_genuine(self, public_key: str) -> bool:
        """Whether the holder of the election's receipt key (hex) signed this receipt."""
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        try:
            key.verify(bytes.fromhex(self.signature), _message(self.election, self.commitment))
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def code(self) -> str:
        """The commitment in groups of four, short enough to read out: 16 of 64 digits."""
        return "-".join(self.commitment[i : i + 4] for i in range(0, 16, 4))
