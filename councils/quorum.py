"""Quorum and majority, in whole numbers. Knows no Django.

The quorum is a share of the members of that day, or of all seats; most rules ask for more than the
share, some for the share itself. A majority is more than half of those who may vote, so that
abstaining and not voting weigh against a motion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


def quorum_of(people: int, share: Fraction, *, must_exceed: bool = True) -> int:
    """How many have to be present: more than the share of `people`, or at least the share."""
    return floor(people * share) + 1 if must_exceed else ceil(people * share)


@dataclass(frozen=True)
class Floor:
    """Who counts at the moment of a vote: `members` sit on the council, `quorum` must be there."""

    members: int
    quorum: int
    present: int
    recused: int
    recused_count: bool = True

    @property
    def is_quorate(self) -> bool:
        counted = self.present if self.recused_count else self.present - self.recused
        return counted >= self.quorum

    @property
    def base(self) -> int:
        """Those who may vote."""
        return self.present - self.recused

    @property
    def needed(self) -> int:
        """Votes in favour that adopt a motion."""
        return self.base // 2 + 1


@dataclass(frozen=True)
class Outcome:
    is_adopted: bool
    is_decided_by_chair: bool = False


def outcome_of(
    counts: Mapping[str, int], needed: int, *, chair: str = "", has_casting_vote: bool = False
) -> Outcome:
    """Counts of "yes" and "no". With a casting vote the chair's own choice decides a tie."""
    yes, no = counts.get("yes", 0), counts.get("no", 0)
    if yes >= needed:
        return Outcome(is_adopted=True)
    if has_casting_vote and yes == no and chair in ("yes", "no"):
        return Outcome(is_adopted=chair == "yes", is_decided_by_chair=True)
    return Outcome(is_adopted=False)
