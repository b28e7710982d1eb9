"""From a table that was handed in to the rows that are kept: which years, whose borders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from edp.datasets import Dataset, Problem
from edp.specialisation import (
    Number,
    Specialisation,
    Thresholds,
    herfindahl_index,
    krugman_index,
    specialisations,
)

METHOD = "2026-11"  # what published numbers were counted by; a change of a formula changes it


@dataclass(frozen=True)
class Place:
    """A region of the table; `changed_on` are the days on which its borders changed."""

    code: str
    changed_on: tuple[date, ...] = ()
    began_on: date | None = None


@dataclass(frozen=True)
class Table:
    """The specialisations of one region by one indicator."""

    code: str
    indicator: str
    year: int
    year_before: int | None
    rows: list[Specialisation]


@dataclass(frozen=True)
class Figure:
    """One region as a whole in one year."""

    code: str
    indicator: str
    year: int
    total: Number
    krugman: Fraction
    hhi: Fraction


def tables(
    dataset: Dataset,
    places: Mapping[str, Place],
    *,
    nation: str,
    thresholds: Thresholds,
    has_today_borders: bool = False,
) -> Iterator[Table]:
    """The last year of every region and indicator, beside the first that may be compared.

    Years before a change of borders are another series, unless whoever made the figures has
    counted them within the borders of today.
    """
    for indicator in dataset.indicators:
        for code, place in places.items():
            years = dataset.years_in_both(indicator, code, nation)
            if code == nation or not years:
                continue
            if not has_today_borders:
                years = [year for year in years if _is_same_place(place, year, years[-1])]
            first, last = years[0], years[-1]
            here = [dataset.table(indicator, year, code) for year in (first, last)]
            there = [dataset.table(indicator, year, nation) for year in (first, last)]
            # One year alone has no growth: there is nothing before it.
            before = (here[0], there[0]) if first != last else ({}, {})
            yield Table(
                code,
                indicator,
                last,
                first if first != last else None,
                specialisations(
                    region=(before[0], here[1]), nation=(before[1], there[1]), thresholds=thresholds
                ),
            )


def _is_same_place(place: Place, year: int, last: int) -> bool:
    """Whether both years lie on the same side of every change; its own year counts as after it."""
    return all((year < day.year) == (last < day.year) for day in place.changed_on)


def figures(dataset: Dataset, places: Mapping[str, Place], *, nation: str) -> Iterator[Figure]:
    """Of every region in every year that the country has too."""
    for indicator in dataset.indicators:
        for code in places:
            if code == nation:
                continue
            for year in dataset.years_in_both(indicator, code, nation):
                here = dataset.table(indicator, year, code)
                if not sum(here.values()):
                    continue
                there = dataset.table(indicator, year, nation)
                yield Figure(
                    code,
                    indicator,
                    year,
                    sum(here.values()),
                    krugman_index(here, there),
                    herfindahl_index(here),
                )


def border_warnings(
    dataset: Dataset, places: Mapping[str, Place], *, has_today_borders: bool
) -> Iterator[Problem]:
    """Of every region whose figures are from before and after a change, or from before it began."""
    if has_today_borders:
        return
    for code, place in places.items():
        years = sorted({year for _, year, region in dataset.values if region == code})
        for day in place.changed_on:
            if years and years[0] < day.year <= years[-1]:
                yield Problem("borders", values={"region": code, "year": day.year})
        if place.began_on and years and years[0] < place.began_on.year:
            yield Problem("not_there", values={"region": code, "year": years[0]})


def thresholds_from(data: Mapping[str, Any]) -> Thresholds:
    """From the part "specialisation" of a ruleset; what it does not say is as usual."""
    names = ("strong", "emerging", "potential", "critical_mass", "outpacing")
    return Thresholds(**{name: Fraction(str(data[name])) for name in names if name in data})
