"""Delphi rounds: quartiles, agreement, change, and when to stop.

Rounds stop when opinions are stable, not when they agree: consensus is reported, and so are
dissent and polarisation (von der Gracht 2012). Ratings are whole numbers of a scale; results
are exact fractions but for the coefficient of variation.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Parameters:
    """Values of a ruleset, fixed before the first round (Diamond 2014). `agree_from` is the
    lowest rating that agrees; `max_spread` the widest middle half that is a consensus."""

    low: int = 1
    high: int = 9
    agree_from: int = 7
    max_spread: Fraction = Fraction(2)
    min_agreement: Fraction = Fraction(3, 4)
    stable_below: Fraction = Fraction(15, 100)
    pole: Fraction = Fraction(1, 4)
    max_rounds: int = 3
    min_panel: int = 8


@dataclass(frozen=True)
class Summary:
    """One statement in one round. `histogram` counts each value of the scale from the lowest."""

    number: int
    q1: Fraction
    median: Fraction
    q3: Fraction
    mean: Fraction
    variation: float
    agreement: Fraction
    histogram: tuple[int, ...]
    is_consensus: bool
    is_polarised: bool
    dissenters: int

    @property
    def spread(self) -> Fraction:
        """The interquartile range."""
        return self.q3 - self.q1


def quantile(ratings: Sequence[int], part: Fraction) -> Fraction:
    """By linear interpolation between order statistics (type 7 of Hyndman and Fan 1996)."""
    ordered = sorted(ratings)
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def summary(ratings: Sequence[int], parameters: Parameters = Parameters()) -> Summary:
    """Raises ValueError without ratings, or for one that is off the scale."""
    p = parameters
    if not ratings:
        raise ValueError("no ratings")
    if min(ratings) < p.low or max(ratings) > p.high:
        raise ValueError(f"ratings go from {p.low} to {p.high}")
    number = len(ratings)
    q1, median, q3 = (quantile(ratings, Fraction(n, 4)) for n in (1, 2, 3))
    mean = Fraction(sum(ratings), number)
    agreement = Fraction(sum(r >= p.agree_from for r in ratings), number)
    counts = Counter(ratings)
    third = Fraction(p.high - p.low + 1, 3)
    lowest = Fraction(sum(r < p.low + third for r in ratings), number)
    highest = Fraction(sum(r > p.high - third for r in ratings), number)
    is_consensus = q3 - q1 <= p.max_spread and agreement >= p.min_agreement
    return Summary(
        number=number,
        q1=q1,
        median=median,
        q3=q3,
        mean=mean,
        variation=_variation(ratings, mean),
        agreement=agreement,
        histogram=tuple(counts[value] for value in range(p.low, p.high + 1)),
        is_consensus=is_consensus,
        is_polarised=lowest >= p.pole and highest >= p.pole,
        dissenters=sum(r < p.agree_from for r in ratings) if is_consensus else 0,
    )


def _variation(ratings: Sequence[int], mean: Fraction) -> float:
    """Coefficient of variation of the sample; 0 for a single rating."""
    if len(ratings) < 2 or not mean:
        return 0.0
    squares = sum(((r - mean) ** 2 for r in ratings), Fraction(0))
    return math.sqrt(squares / (len(ratings) - 1)) / float(mean)


def change(before: Mapping[str, int], after: Mapping[str, int]) -> Fraction | None:
    """The part of the panel that moved: half the sum of differences of the two histograms.

    Of those who answered both rounds, by panellist (Scheibe, Skutsch and Schofer 1975). None if
    nobody did.
    """
    both = before.keys() & after.keys()
    if not both:
        return None
    first, second = (Counter(ratings[name] for name in both) for ratings in (before, after))
    moved = sum(abs(first[value] - second[value]) for value in first.keys() | second.keys())
    return Fraction(moved, 2 * len(both))


def is_stable(moved: Fraction | None, parameters: Parameters = Parameters()) -> bool:
    return moved is not None and moved < parameters.stable_below


def why_stop(
    rounds: Sequence[Mapping[str, int]], parameters: Parameters = Parameters()
) -> str | None:
    """stable, max_rounds or below_quorum; None while another round is worth asking for.

    `rounds` holds ratings by panellist, the last round last.
    """
    if not rounds:
        return None
    if len(rounds[-1]) < parameters.min_panel:
        return "below_quorum"
    if len(rounds) > 1 and is_stable(change(rounds[-2], rounds[-1]), parameters):
        return "stable"
    return "max_rounds" if len(rounds) >= parameters.max_rounds else None


def stop_of(reasons: Sequence[str]) -> str:
    """Of a study with several statements: it goes on while any of them asks for another round.

    `reasons` are those of why_stop, empty for none. Too few answers to one statement end all;
    a study is stable only if each statement is.
    """
    if "below_quorum" in reasons:
        return "below_quorum"
    if not reasons or "" in reasons:
        return ""
    return "stable" if set(reasons) == {"stable"} else "max_rounds"


def is_outside(rating: int, told: Summary) -> bool:
    """Whether a rating lies outside the middle half, which invites a reason."""
    return not told.q1 <= rating <= told.q3
