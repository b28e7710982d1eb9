"""The public log of commitments: Merkle roots (RFC 6962) of epochs, chained by their heads."""

import hashlib
from collections.abc import Sequence

FIRST_HEAD = "0" * 64


def leaf_data(commitment: str, supersedes: str | None) -> bytes:
    return bytes.fromhex(commitment) + bytes.fromhex(supersedes or "")


def merkle_root(leaves: Sequence[bytes]) -> str:
    """Merkle tree hash (hex) after RFC 6962, section 2.1: 0x00 before leaves, 0x01 before nodes.

    Level by level: an odd last node rises unchanged, which gives the RFC's split at the largest
    power of two.
    """
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        paired = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest()
            for i in range(0, len(level) - 1, 2)
        ]
        level = paired + level[len(paired) * 2 :]
    return level[0].hex()


def chain_head(previous_head: str, number: int, size: int, root: str) -> str:
    """SHA-256 (hex) that binds an epoch's number, size and root to all epochs before it."""
    text = f"kenes-epoch-v1\0{previous_head}\0{number}\0{size}\0{root}"
    return hashlib.sha256(text.encode()).hexdigest()
