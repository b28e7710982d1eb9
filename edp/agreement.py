"""Do assessors agree? Krippendorff's alpha and Kendall's W, exact, with missing values and ties.

K. Krippendorff, Content Analysis (2004), chapter 11; M. G. Kendall and B. Babington Smith,
"The problem of m rankings" (1939), with the usual correction for ties.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

Rows = Sequence[Sequence[int | None]]
"""One row an assessor, one column a unit; None is missing."""
RELIABLE, TENTATIVE = Fraction(4, 5), Fraction(667, 1000)


def krippendorff_alpha(rows: Rows, level: str = "interval") -> Fraction | None:
    """1 - observed by expected disagreement: 1 agree, 0 like chance, below 0 worse than chance.

    `level` is nominal, ordinal, interval or ratio. Units with fewer than two values do not
    count. None where nothing varies, or nothing can be compared. Raises ValueError for another
    level.
    """
    units = [[v for v in unit if v is not None] for unit in zip(*rows, strict=True)]
    units = [unit for unit in units if len(unit) >= 2]
    totals = Counter(value for unit in units for value in unit)
    number = sum(totals.values())
    difference = _differences(level, totals)
    observed = sum(
        (
            sum((difference(a, b) for a, b in permutations(unit, 2)), Fraction(0)) / (len(unit) - 1)
            for unit in units
        ),
        Fraction(0),
    )
    expected = sum(
        (totals[a] * totals[b] * difference(a, b) for a, b in permutations(totals, 2)), Fraction(0)
    )
    return 1 - (number - 1) * observed / expected if expected else None


def _differences(level: str, totals: Counter[int]) -> Callable[[int, int], Fraction]:
    """The squared distance of two values at a level of measurement."""
    if level == "nominal":
        return lambda a, b: Fraction(a != b)
    if level == "interval":
        return lambda a, b: Fraction((a - b) ** 2)
    if level == "ratio":
        return lambda a, b: Fraction(a - b, a + b) ** 2 if a + b else Fraction(0)
    if level != "ordinal":
        raise ValueError(f"no level of measurement is called {level!r}")

    def ordinal(a: int, b: int) -> Fraction:
        low, high = min(a, b), max(a, b)
        between = sum(count for value, count in totals.items() if low <= value <= high)
        return (between - Fraction(totals[a] + totals[b], 2)) ** 2 if a != b else Fraction(0)

    return ordinal


def reading(alpha: Fraction | None) -> str:
    """reliable, tentative, low, or none where nothing varies (Krippendorff's usual limits)."""
    if alpha is None:
        return "none"
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "low"


@dataclass(frozen=True)
class Concordance:
    """`w` from 0 (no common order) to 1 (the same order); chi-square has `freedom` degrees."""

    w: Fraction
    rank_sums: tuple[Fraction, ...]
    squares: Fraction
    ties: int
    chi_square: Fraction
    freedom: int


def kendall_w(scores: Sequence[Sequence[int | Fraction]]) -> Concordance | None:
    """Whether raters put things in the same order; high scores are best, ties share a rank.

    One row a rater, every thing scored by all. None with fewer than two raters or things, or
    where every rater ties everything. Raises ValueError if rows have different lengths.
    """
    raters, things = len(scores), len(scores[0]) if scores else 0
    if raters < 2 or things < 2:
        return None
    ranks = [_ranks(row) for row in scores]
    sums = tuple(sum(column, Fraction(0)) for column in zip(*ranks, strict=True))
    mean = Fraction(raters * (things + 1), 2)
    squares = sum(((each - mean) ** 2 for each in sums), Fraction(0))
    ties = sum(n**3 - n for row in scores for n in Counter(row).values())
    most = raters**2 * (things**3 - things) - raters * ties
    if not most:
        return None
    w = 12 * squares / most
    return Concordance(w, sums, squares, ties, raters * (things - 1) * w, things - 1)


def _ranks(row: Sequence[int | Fraction]) -> list[Fraction]:
    return [
        Fraction(2 * sum(other > score for other in row) + row.count(score) + 1, 2) for score in row
    ]
