"""The cryptography of a ballot, without Django: sealing, commitments, receipts, the public log."""

from .log import chain_head, merkle_root
from .receipts import Receipt
from .sealing import Choices, ElectionKey, OpenBallot, SealedBallot, canonical, commitment

__all__ = [
    "Choices",
    "ElectionKey",
    "OpenBallot",
    "Receipt",
    "SealedBallot",
    "canonical",
    "chain_head",
    "commitment",
    "merkle_root",
]
