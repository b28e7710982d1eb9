"""The RIS3 assessment wheel: six steps of three factors, each from 0 to 5; no single score.

0 is "no information": it is missing and never a low mark, so it enters no mean. Steps and factors
are those of the European RIS3 assessment wheel, which draws a spider and adds nothing up. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

STEPS: dict[str, tuple[str, str, str]] = {
    "context": ("assets", "beyond_borders", "dynamics"),
    "governance": ("structures", "participation", "management"),
    "vision": ("broad_innovation", "grand_challenges", "scenarios"),
    "priorities": ("past_priorities", "consistency", "critical_mass"),
    "policy_mix": ("roadmap", "balance", "framework"),
    "monitoring": ("indicators", "monitoring", "update"),
}
FACTORS = tuple(factor for factors in STEPS.values() for factor in factors)
NO_INFORMATION, LOWEST, HIGHEST = 0, 1, 5


@dataclass(frozen=True)
class Mean:
    """`value` on the scale 1 to 5, None of nothing; `number` of scores that count."""

    value: Fraction | None
    number: int


def mean(scores: Sequence[int]) -> Mean:
    """Raises ValueError for a score off the scale."""
    if any(not NO_INFORMATION <= score <= HIGHEST for score in scores):
        raise ValueError("scores go from 0 to 5")
    told = [score for score in scores if score != NO_INFORMATION]
    return Mean(Fraction(sum(told), len(told)) if told else None, len(told))


def factor_means(sheets: Sequence[Mapping[str, int]]) -> dict[str, Mean]:
    """Of each factor over all assessors; a factor that a sheet leaves out is no information."""
    return {factor: mean([s.get(factor, NO_INFORMATION) for s in sheets]) for factor in FACTORS}


def step_means(sheets: Sequence[Mapping[str, int]]) -> dict[str, Mean]:
    """Of each step over all scores of its three factors."""
    return {
        step: mean([s.get(factor, NO_INFORMATION) for s in sheets for factor in factors])
        for step, factors in STEPS.items()
    }


def spoke(place: int, value: Fraction | int, centre: int, radius: int) -> tuple[float, float]:
    """Where a value of 0 to 5 lies on the spoke of a factor; the first points upwards."""
    angle = 2 * pi * place / len(FACTORS) - pi / 2
    length = radius * float(value) / HIGHEST
    return round(centre + length * cos(angle), 1), round(centre + length * sin(angle), 1)
