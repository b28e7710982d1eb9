"""The cryptography of a ballot, without Django: sealing, commitments, receipts, the public log."""

from .log import chain_head, merkle_root
from .papers import BLANK, SPOILED, VALID, PaperPlace, Reading
from .receipts import Receipt
from .sealing import Choices, ElectionKey, OpenBallot, SealedBallot, canonical, commitment

__all__ = [
    "BLANK",
    "SPOILED",
    "VALID",
    "Choices",
    "ElectionKey",
    "OpenBallot",
    "PaperPlace",
    "Reading",
    "Receipt",
    "SealedBallot",
    "canonical",
    "chain_head",
    "commitment",
    "merkle_root",
]
