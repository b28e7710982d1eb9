"""A draw that anyone can check: what is hashed, when, and how a public number becomes a panel.

The pool is frozen and its hash published; the lottery (a thousand panels that meet every quota)
and its hash follow, before the random number exists. Then the draw is one division. No step
needs a solver to be run again, so no machine can dispute another one's arithmetic.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Attributes = Mapping[str, str]
Panel = tuple[str, ...]
VERSION = "councils-draw/v1"


def pool_file(people: Mapping[str, Attributes]) -> str:
    """Token → attributes, as canonical JSON lines in the order of the tokens."""
    lines = (
        json.dumps(
            {"token": token, **people[token]},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        for token in sorted(people)
    )
    return "".join(line + "\n" for line in lines)


def lottery_file(panels: Iterable[Panel]) -> str:
    """One panel a line, its tokens in order with commas between them."""
    return "".join(",".join(sorted(panel)) + "\n" for panel in panels)


def fingerprint(text: str) -> str:
    """SHA-256 of the UTF-8 text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed(file_hash: str, randomness: str) -> str:
    """From the published hash and the public random value: neither alone decides."""
    return fingerprint(f"{VERSION}\n{file_hash}\n{randomness}")


def drawn_number(seed: str, panels: int) -> int:
    """Which panel, counted from 0. 2^256 is so much larger that the remainder favours none."""
    return int(seed, 16) % panels


def ranking(seed: str, tokens: Iterable[str]) -> list[str]:
    """A simple draw, or the order of replacement: tokens by the hash of seed and token."""
    return sorted(tokens, key=lambda token: fingerprint(f"{seed}|{token}"))


@dataclass(frozen=True)
class Fairness:
    """Chances over the lottery: the least, the greatest, and Gini's index of all (0 is equal)."""

    least: Fraction
    greatest: Fraction
    gini: Fraction


def fairness(tokens: Sequence[str], panels: Sequence[Panel]) -> Fairness:
    counts = Counter(token for panel in panels for token in panel)
    chances = sorted(Fraction(counts[token], len(panels)) for token in tokens)
    number, total = len(chances), sum(chances, Fraction(0))
    weighted = sum((place * chance for place, chance in enumerate(chances, 1)), Fraction(0))
    gini = 2 * weighted / (number * total) - Fraction(number + 1, number) if total else Fraction(0)
    return Fairness(chances[0], chances[-1], gini)
