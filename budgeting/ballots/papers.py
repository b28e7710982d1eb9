"""What somebody read on a paper, sealed until all papers of its batch agree."""

import json
from dataclasses import dataclass

from budgeting.ballots.sealing import Choices, ElectionKey

VALID, BLANK, SPOILED = "valid", "blank", "spoiled"
OUTCOMES = (VALID, BLANK, SPOILED)
# All sealed readings of a size class look alike, so that a length tells nothing.
_PADDING = 256


@dataclass(frozen=True)
class PaperPlace:
    """One look at one paper: a sealed reading opens at its own place only."""

    batch: int
    number: int
    look: int

    @property
    def label(self) -> bytes:
        return f"{self.batch}/{self.number}/{self.look}".encode()


@dataclass(frozen=True)
class Reading:
    """`choices` are in canonical order, and empty unless the paper is valid."""

    outcome: str
    choices: Choices

    def sealed(self, key: ElectionKey, place: PaperPlace, *, room: int = 0) -> bytes:
        """`room`: bytes that the longest choices of this vote may take."""
        plain = json.dumps([self.outcome, self.choices], separators=(",", ":")).encode()
        plain = plain.ljust(room + len(json.dumps([SPOILED, ""])))
        return key.seal_note(place.label, plain + b" " * (-len(plain) % _PADDING))

    @classmethod
    def opened(cls, key: ElectionKey, place: PaperPlace, body: bytes) -> "Reading":
        """Raises cryptography.exceptions.InvalidTag for a reading of another place or key."""
        outcome, choices = json.loads(key.open_note(place.label, body))
        return cls(outcome, choices)
