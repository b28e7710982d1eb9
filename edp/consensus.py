"""What the helices agree on: dot votes in balance, and consensus across declared groups.

Group-informed consensus is the formula of Polis (C. Small et al. 2021) with the four helices
in place of computed clusters, so nobody is put into a group that they did not declare.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


def raw_dots(dots: Mapping[str, Sequence[int]]) -> list[int]:
    """Dots of each thing; `dots` is helix → dots of each thing."""
    return [sum(column) for column in zip(*dots.values(), strict=True)]


def balanced_dots(dots: Mapping[str, Sequence[int]]) -> list[Fraction]:
    """Mean over the helices of the share of dots that each gave: every helix weighs the same.

    A helix that gave no dots does not count.
    """
    rows = [row for row in dots.values() if sum(row)]
    return [
        sum((Fraction(row[place], sum(row)) for row in rows), Fraction(0)) / len(rows)
        for place in range(len(rows[0]) if rows else 0)
    ]


@dataclass(frozen=True)
class Votes:
    """Votes of one helix on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def probability(self) -> Fraction:
        """That a member agrees, smoothed by one vote either way; 1/2 where nobody voted."""
        return Fraction(self.agree + 1, self.total + 2)


@dataclass(frozen=True)
class Consensus:
    """`product` is the consensus; `geometric_mean` compares different numbers of groups.

    Not to be ranked or shown by helix unless `is_eligible`: nine votes and none from one helix
    would outrank a statement that all four support.
    """

    product: Fraction
    geometric_mean: float
    weakest: Fraction
    agreement: Fraction | None
    is_eligible: bool


def helix_consensus(votes: Mapping[str, Votes], min_votes: int = 5) -> Consensus:
    """Raises ValueError without groups. `min_votes` of every group make it eligible."""
    if not votes:
        raise ValueError("no groups")
    each = [group.probability for group in votes.values()]
    product = math.prod(each, start=Fraction(1))
    total = sum(group.total for group in votes.values())
    agreed = sum(group.agree for group in votes.values())
    return Consensus(
        product=product,
        geometric_mean=float(product) ** (1 / len(each)),
        weakest=min(each),
        agreement=Fraction(agreed, total) if total else None,
        is_eligible=all(group.total >= min_votes for group in votes.values()),
    )
