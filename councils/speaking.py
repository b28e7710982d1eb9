"""Whose turn it is to speak at a hearing. Knows no Django.

Who has not spoken yet comes first, whoever signed up when; then who has spoken least; then who
asked first. So nobody speaks twice before everybody has spoken once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """`seconds` is how long the person has spoken so far, at this hearing; 0 is not at all.

    `has_spoken` counts earlier hearings of the council too, as far as they are known.
    """

    key: int
    has_spoken: bool
    seconds: int
    asked_at: datetime


def turns(waiting: Iterable[Waiting]) -> list[Waiting]:
    """In the order in which they are called; a change of one's own rank needs no other's."""
    return sorted(waiting, key=lambda one: (one.has_spoken, one.seconds, one.asked_at, one.key))


def seconds_left(allowed: int, spoken: int) -> int:
    """Negative once the time is over."""
    return allowed - spoken


def clock(seconds: int) -> str:
    """3:00, 0:07, and −0:12 for whoever is over the time."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'−' if seconds < 0 else ''}{minutes}:{rest:02}"
