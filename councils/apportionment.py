"""Seats from shares of the people, in whole numbers. Knows no Django."""

from collections.abc import Sequence
from fractions import Fraction


def seats_by_share(shares: Sequence[Fraction], seats: int) -> list[int]:
    """So many seats for each share: whole quotas first, the rest to the largest remainders.

    Of equal remainders the first comes first. Shares need not sum to 1: they are taken of their
    sum. Raises ValueError for a negative share and where all are 0. Source: Hare quota with largest
    remainders (Hamilton's method).
    """
    total = sum(shares)
    if total <= 0 or min(shares) < 0:
        raise ValueError("shares are not negative and not all of them 0")
    exact = [seats * share / total for share in shares]
    found = [int(quota) for quota in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_remainder[: seats - sum(found)]:
        found[place] += 1
    return found
