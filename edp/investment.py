"""Money of a plan: exact sums by year and source, the same at every level of it.

Pure. Amounts are Decimal in units of the plan's currency, exact to the hundredth. The plan is what
is pledged or committed; what is spent is counted beside it and never added to it. The total of a
level is the sum of the totals below, so strategy = priorities = actions = single sums.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

PUBLIC = ("public_republican", "public_local", "quasi_public")
PRIVATE = ("private",)
SOURCES = (*PUBLIC, *PRIVATE, "ifi_donor", "other")
SPENT = "spent"
NOTHING = Decimal(0)
Cell = tuple[int, str]
"""Year and source."""


@dataclass(frozen=True)
class Sum:
    year: int
    source: str
    certainty: str
    amount: Decimal


@dataclass(frozen=True)
class Totals:
    """`planned` and `spent` by year and source."""

    planned: Mapping[Cell, Decimal] = field(default_factory=dict)
    spent: Mapping[Cell, Decimal] = field(default_factory=dict)

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(_joined(self.planned, other.planned), _joined(self.spent, other.spent))

    @property
    def total(self) -> Decimal:
        return sum(self.planned.values(), NOTHING)

    @property
    def total_spent(self) -> Decimal:
        return sum(self.spent.values(), NOTHING)

    @property
    def years(self) -> list[int]:
        return sorted({year for year, _ in self.planned})

    @property
    def sources(self) -> list[str]:
        return [source for source in SOURCES if any(s == source for _, s in self.planned)]

    def of_year(self, year: int) -> Decimal:
        return sum((a for (y, _), a in self.planned.items() if y == year), NOTHING)

    def of_sources(self, *sources: str) -> Decimal:
        return sum((a for (_, s), a in self.planned.items() if s in sources), NOTHING)

    @property
    def public(self) -> Decimal:
        return self.of_sources(*PUBLIC)

    @property
    def private(self) -> Decimal:
        return self.of_sources(*PRIVATE)

    @property
    def public_share(self) -> Fraction | None:
        """Of the whole plan, from 0 to 1; None of no money."""
        return Fraction(self.public) / Fraction(self.total) if self.total else None

    @property
    def private_share(self) -> Fraction | None:
        return Fraction(self.private) / Fraction(self.total) if self.total else None


def _joined(one: Mapping[Cell, Decimal], other: Mapping[Cell, Decimal]) -> dict[Cell, Decimal]:
    joined = dict(one)
    for cell, amount in other.items():
        joined[cell] = joined.get(cell, NOTHING) + amount
    return joined


def totals(sums: Iterable[Sum]) -> Totals:
    """Raises ValueError for an amount below nothing and a source that is not known."""
    planned: dict[Cell, Decimal] = {}
    spent: dict[Cell, Decimal] = {}
    for one in sums:
        if one.amount < 0:
            raise ValueError(f"{one.amount} is less than nothing")
        if one.source not in SOURCES:
            raise ValueError(f"no source is called {one.source!r}")
        cells = spent if one.certainty == SPENT else planned
        cell = one.year, one.source
        cells[cell] = cells.get(cell, NOTHING) + one.amount
    return Totals(planned, spent)


def all_of(levels: Iterable[Totals]) -> Totals:
    """What several parts of a plan come to."""
    whole = Totals()
    for level in levels:
        whole = whole + level
    return whole
