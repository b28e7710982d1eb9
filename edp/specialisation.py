"""What a region does more of than the country: quotients, growth, shift-share, relatedness.

Pure and exact: counts in, fractions out; rounding is for display. A signal is a reading of the
numbers in plain words and never a rule of selection: an idea without any signal may win.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Number = int | Fraction


def location_quotient(
    cell: Number, region: Number, activity: Number, nation: Number
) -> Fraction | None:
    """(cell / region) / (activity / nation): 1 is the national share.

    With exports in place of employment it is Balassa's revealed comparative advantage (1965).
    None where the region or the activity is empty: nothing can be said.
    """
    if not region or not activity:
        return None
    return Fraction(cell) * nation / (Fraction(region) * activity)


def symmetric(quotient: Fraction) -> Fraction:
    """(LQ - 1) / (LQ + 1), from -1 to 1 with 0 as the national share (Laursen)."""
    return (quotient - 1) / (quotient + 1)


def shares(values: Mapping[str, Number]) -> dict[str, Fraction]:
    """Parts of the whole, which sum to 1. Empty where the whole is zero."""
    total = Fraction(sum(values.values()))
    return {name: value / total for name, value in values.items()} if total else {}


def krugman_index(region: Mapping[str, Number], nation: Mapping[str, Number]) -> Fraction:
    """Sum of |regional share - national share|: 0 like the country, 2 nothing in common."""
    ours, theirs = shares(region), shares(nation)
    return sum(
        (abs(ours.get(name, Fraction(0)) - share) for name, share in theirs.items()), Fraction(0)
    )


def herfindahl_index(region: Mapping[str, Number]) -> Fraction:
    """Sum of squared shares: 1/n where n activities are equal, 1 where there is only one."""
    return sum((share**2 for share in shares(region).values()), Fraction(0))


def growth(before: Number, after: Number) -> Fraction | None:
    """Relative change over the whole period; None from nothing."""
    return Fraction(after) / before - 1 if before else None


@dataclass(frozen=True)
class ShiftShare:
    """What a change of one activity in one region is made of, in the unit of the data.

    `national`: had it grown like the country; `industry`: as much more as its activity grew
    there; `regional`: the rest, which is the region's own.
    """

    national: Fraction
    industry: Fraction
    regional: Fraction

    @property
    def total(self) -> Fraction:
        return self.national + self.industry + self.regional


def shift_share(
    *,
    cell: tuple[Number, Number],
    activity: tuple[Number, Number],
    nation: tuple[Number, Number],
) -> ShiftShare | None:
    """Each pair is (before, after): of the activity here, in the country, of everything there.

    The three parts sum to the change of `cell` exactly. None where a first value is zero.
    """
    if not (cell[0] and activity[0] and nation[0]):
        return None
    start = Fraction(cell[0])
    here, there = Fraction(cell[1]) / cell[0], Fraction(activity[1]) / activity[0]
    everywhere = Fraction(nation[1]) / nation[0]
    return ShiftShare(
        national=start * (everywhere - 1),
        industry=start * (there - everywhere),
        regional=start * (here - there),
    )


@dataclass(frozen=True)
class Thresholds:
    """Where a signal begins. Values of a ruleset; LQ 1.5 as in Serbia's exercise."""

    strong: Fraction = Fraction(3, 2)
    emerging: Fraction = Fraction(1)
    potential: Fraction = Fraction(1, 2)
    critical_mass: Fraction = Fraction(1, 100)
    outpacing: Fraction = Fraction(3, 2)


@dataclass(frozen=True)
class Specialisation:
    """One activity of one region in two years; shares and growth as fractions of one."""

    activity: str
    value: Number
    share: Fraction
    quotient_before: Fraction | None
    quotient: Fraction | None
    growth: Fraction | None
    national_growth: Fraction | None
    shift: ShiftShare | None
    signal: str


def specialisations(
    *,
    region: tuple[Mapping[str, Number], Mapping[str, Number]],
    nation: tuple[Mapping[str, Number], Mapping[str, Number]],
    thresholds: Thresholds = Thresholds(),
) -> list[Specialisation]:
    """Every activity of the region, from values by activity in the first and the last year.

    An activity that is missing from a year is not zero: what needs it is None.
    """
    totals = [sum(year.values()) for year in region], [sum(year.values()) for year in nation]
    return [
        _specialisation(name, region, nation, totals, thresholds)
        for name in region[1]
        if name in nation[1]
    ]


def _specialisation(
    name: str,
    region: tuple[Mapping[str, Number], Mapping[str, Number]],
    nation: tuple[Mapping[str, Number], Mapping[str, Number]],
    totals: tuple[list[Number], list[Number]],
    thresholds: Thresholds,
) -> Specialisation:
    quotients = [
        location_quotient(here[name], total, there[name], all_there)
        if name in here and name in there
        else None
        for here, there, total, all_there in zip(region, nation, *totals, strict=True)
    ]
    cell, activity = _years(name, region), _years(name, nation)
    share = Fraction(region[1][name]) / totals[0][1] if totals[0][1] else Fraction(0)
    ours = growth(*cell) if cell else None
    theirs = growth(*activity) if activity else None
    return Specialisation(
        activity=name,
        value=region[1][name],
        share=share,
        quotient_before=quotients[0],
        quotient=quotients[1],
        growth=ours,
        national_growth=theirs,
        shift=shift_share(cell=cell, activity=activity, nation=(totals[1][0], totals[1][1]))
        if cell and activity
        else None,
        signal=signal(
            share=share,
            before=quotients[0],
            now=quotients[1],
            growth=ours,
            national_growth=theirs,
            thresholds=thresholds,
        ),
    )


def _years(
    name: str, table: tuple[Mapping[str, Number], Mapping[str, Number]]
) -> tuple[Number, Number] | None:
    first, last = table
    return (first[name], last[name]) if name in first and name in last else None


def signal(
    *,
    share: Fraction,
    before: Fraction | None,
    now: Fraction | None,
    growth: Fraction | None,
    national_growth: Fraction | None,
    thresholds: Thresholds = Thresholds(),
) -> str:
    """strength, losing_ground, niche, emerging, potential, or nothing ("").

    Without both years only the size can be told: niche, or nothing.
    """
    if now is None:
        return ""
    if now >= thresholds.strong and share < thresholds.critical_mass:
        return "niche"
    if growth is None or national_growth is None or before is None:
        return ""
    is_faster = growth > national_growth
    if now >= thresholds.strong:
        return "strength" if is_faster else "losing_ground"
    if now > before and now >= thresholds.emerging:
        return "emerging" if is_faster else ""
    outpaces = growth >= thresholds.outpacing * national_growth > 0
    return "potential" if now > before and now >= thresholds.potential and outpaces else ""


def proximities(presence: Sequence[Sequence[bool | int]]) -> list[list[Fraction]]:
    """How often two activities live in the same region, regions × activities in (Hidalgo 2007).

    Regions that have both, by the larger number of regions that have either; zero with itself.
    """
    columns = list(zip(*presence, strict=True))
    ubiquity = [sum(map(bool, column)) for column in columns]
    found = [[Fraction(0)] * len(columns) for _ in columns]
    for i, j in combinations(range(len(columns)), 2):
        both = sum(bool(a and b) for a, b in zip(columns[i], columns[j], strict=True))
        if most := max(ubiquity[i], ubiquity[j]):
            found[i][j] = found[j][i] = Fraction(both, most)
    return found


def densities(presence: Sequence[Sequence[bool | int]]) -> list[list[Fraction | None]]:
    """How much of what is near each activity a region already has, 0 to 1 (Balland 2019).

    An activity's nearness to itself is left out, so that those present do not look nearer.
    None for an activity that is near nothing.
    """
    near = proximities(presence)
    return [
        [
            sum((link for link, has in zip(row, region, strict=True) if has), Fraction(0)) / around
            if (around := sum(row))
            else None
            for row in near
        ]
        for region in presence
    ]
