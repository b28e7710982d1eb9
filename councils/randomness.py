"""Public random values: whose round it is, and how secrets become one value.

drand's quicknet makes a round every three seconds; its value is the SHA-256 of the round's
signature (drand.love, "quicknet"). The hash is checked here. That the signature is the network's
own is a pairing on BLS12-381, for which no checked implementation is among our dependencies: the
page says so, and anybody compares the signature with any public copy of the round.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

QUICKNET_GENESIS = 1_692_803_367  # seconds since 1970
QUICKNET_PERIOD = 3  # seconds
LEAST_PARTIES = 3


def round_at(moment: datetime) -> int:
    """The round of quicknet that is the newest at this moment."""
    return (int(moment.timestamp()) - QUICKNET_GENESIS) // QUICKNET_PERIOD + 1


def time_of_round(number: int) -> datetime:
    return datetime.fromtimestamp(QUICKNET_GENESIS + QUICKNET_PERIOD * (number - 1), UTC)


def value_of_signature(signature: str) -> str:
    """Raises ValueError for what is no signature of quicknet: 48 bytes, hexadecimal."""
    raw = bytes.fromhex(signature)
    if len(raw) != 48:
        raise ValueError("a signature of quicknet has 96 hexadecimal digits")
    return hashlib.sha256(raw).hexdigest()


def commitment_to(secret: str) -> str:
    """What a party publishes before: SHA-256 of its secret, in UTF-8."""
    return hashlib.sha256(secret.encode()).hexdigest()


def value_of_secrets(secrets: Sequence[str]) -> str:
    """SHA-256 of the secrets in the order of the parties, a line break between two."""
    return hashlib.sha256("\n".join(secrets).encode()).hexdigest()
