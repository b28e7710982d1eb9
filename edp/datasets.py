"""Tables of values by region, activity and year: the form that is read, and what is wrong in one.

    year,region_code,activity_code,activity_name,indicator,value,unit,source,flag

`activity_name`, `unit`, `source` and `flag` may be missing. An empty value, and one with the flag
`c` (confidential), is missing and never zero; zero means zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from edp.specialisation import Number
from participation.csv_files import BadFile, BrokenTable, MissingColumns, rows_of

NEEDED = ("year", "region_code", "activity_code", "indicator", "value")
INDICATORS = ("employment", "gva", "output", "exports", "firms", "wages")
CONFIDENTIAL = "c"
MOST_ERRORS = 20
LONGEST_CODE, LONGEST_NAME = 20, 200
MOST_DIGITS, MOST_DECIMALS = 15, 12
TOLERANCE = Fraction(1, 100)
# With fewer regions than this a sum below the country's says only that regions are left out.
MANY_REGIONS = 17
Values = Mapping[str, Number]

# What may be wrong, in the words of the commands; the site has its own, in three languages.
WORDS = {
    "columns": "there is no column {columns}",
    "table": "{said}",
    "cells": "another number of cells than the header has",
    "year": "the year is {given!r}",
    "empty": "{column} is empty",
    "long": "{column} is longer than {most} letters",
    "indicator": "no indicator is called {given!r}; there are {known}",
    "twice": "the same region, activity, year and indicator as line {first}",
    "value": "the value is {given!r}",
    "levels": "mixed levels: {whole} stands beside {part}, which is a part of it",
    "nothing": "the table has no values",
    "more": "{indicator} {year} {activity}: the regions sum to {told}, {nation} has {whole}",
    "less": "{indicator} {year} {activity}: the regions sum to {told}, {nation} has {whole}",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, by its code and the values that its words need."""

    code: str
    line: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = WORDS[self.code].format(**self.values)
        return f"line {self.line}: {told}" if self.line else told


class BadDataset(ValueError):
    """Every line that is wrong, at most twenty of them, each with its number."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class _WrongLine(ValueError):
    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Cell:
    """One line as it is kept; `value` is None where it is missing or confidential."""

    line: int
    year: int
    region: str
    activity: str
    indicator: str
    value: Number | None
    unit: str
    source: str
    flag: str


@dataclass
class Dataset:
    """`values` is (indicator, year, region) → activity → value; `warnings` do not stop anyone.

    `disclosed` are lines that are flagged confidential and yet say a value.
    """

    values: dict[tuple[str, int, str], dict[str, Number]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    region_lines: dict[str, int] = field(default_factory=dict)
    missing: int = 0
    disclosed: list[int] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def years(self, indicator: str, region: str) -> list[int]:
        return sorted({y for i, y, r in self.values if (i, r) == (indicator, region)})

    def years_in_both(self, indicator: str, region: str, nation: str) -> list[int]:
        there = set(self.years(indicator, nation))
        return [year for year in self.years(indicator, region) if year in there]

    @property
    def regions(self) -> list[str]:
        return sorted({region for _, _, region in self.values})

    @property
    def indicators(self) -> list[str]:
        return sorted({indicator for indicator, _, _ in self.values})

    def table(self, indicator: str, year: int, region: str) -> Values:
        return self.values.get((indicator, year, region), {})


def read_dataset(text: str, *, nation: str = "KZ", cells: list[Cell] | None = None) -> Dataset:
    """`cells`, where given, gets every line. Raises BadDataset that names every wrong one."""
    dataset, problems = Dataset(), list[Problem]()
    seen: dict[tuple[str, int, str, str], int] = {}
    try:
        for line, row in rows_of(text, NEEDED):
            try:
                cell = _cell(row, seen, line)
            except _WrongLine as wrong:
                problems.append(Problem(wrong.code, line, wrong.values))
                if len(problems) == MOST_ERRORS:
                    break
                continue
            _add(dataset, cell, row or {})
            if cells is not None:
                cells.append(cell)
    except BadFile as error:
        problems.append(_of_file(error))
    problems += list(_mixed_levels(dataset))[: MOST_ERRORS - len(problems)]
    if not problems and not dataset.values:
        problems.append(Problem("nothing"))
    if problems:
        raise BadDataset(problems)
    dataset.warnings += _sums(dataset, nation)
    return dataset


def _of_file(error: BadFile) -> Problem:
    if isinstance(error, MissingColumns):
        return Problem("columns", 1, {"columns": ", ".join(error.columns)})
    line = error.line if isinstance(error, BrokenTable) else None
    said = error.said if isinstance(error, BrokenTable) else str(error)
    return Problem("table", line, {"said": said})


def _cell(
    row: dict[str, str] | None, seen: dict[tuple[str, int, str, str], int], line: int
) -> Cell:
    if row is None:
        raise _WrongLine("cells")
    if not (row["year"].isascii() and row["year"].isdecimal()) or len(row["year"]) != 4:
        raise _WrongLine("year", given=row["year"][:30])
    for name in ("region_code", "activity_code"):
        if not row[name]:
            raise _WrongLine("empty", column=name)
    for name in ("region_code", "activity_code", "unit", "flag", "activity_name", "source"):
        most = LONGEST_NAME if name in ("activity_name", "source") else LONGEST_CODE
        if len(row.get(name, "")) > most:
            raise _WrongLine("long", column=name, most=most)
    indicator = row["indicator"].lower()
    if indicator not in INDICATORS:
        raise _WrongLine("indicator", given=indicator[:30], known=", ".join(INDICATORS))
    key = (indicator, int(row["year"]), row["region_code"], row["activity_code"])
    if first := seen.get(key):
        raise _WrongLine("twice", first=first)
    seen[key] = line
    flag = row.get("flag", "").lower()
    is_known = bool(row["value"]) and flag != CONFIDENTIAL
    return Cell(
        line=line,
        year=key[1],
        region=key[2],
        activity=key[3],
        indicator=indicator,
        value=_number(row["value"]) if is_known else None,
        unit=row.get("unit", ""),
        source=row.get("source", ""),
        flag=flag,
    )


def _add(dataset: Dataset, cell: Cell, row: dict[str, str]) -> None:
    dataset.names.setdefault(cell.activity, row.get("activity_name", ""))
    dataset.region_lines.setdefault(cell.region, cell.line)
    if cell.value is None:
        dataset.missing += 1
        if row["value"]:
            dataset.disclosed.append(cell.line)
        return
    key = (cell.indicator, cell.year, cell.region)
    dataset.values.setdefault(key, {})[cell.activity] = cell.value


def _number(text: str) -> Number:
    """A count or an amount; spaces between thousands and a decimal comma are understood."""
    compact = "".join(text.split()).replace(",", ".")
    whole, _, decimals = compact.partition(".")
    is_number = compact.replace(".", "", 1).isdecimal() and compact.isascii()
    if not is_number or len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise _WrongLine("value", given=text[:30])
    value = Fraction(compact)
    return int(value) if value.denominator == 1 else value


def _mixed_levels(dataset: Dataset) -> Iterator[Problem]:
    """A section beside its own divisions would be counted twice: C beside C20, C20 beside C201."""
    first_part: dict[str, str] = {}
    for code in sorted(dataset.names):
        for length in range(1, len(code)):
            whole = code[:length]
            if whole in dataset.names and _is_part(code, whole):
                first_part.setdefault(whole, code)
    for whole, part in sorted(first_part.items()):
        yield Problem("levels", values={"whole": whole, "part": part})


def _is_part(code: str, whole: str) -> bool:
    """By the codes of OKED, NACE and ISIC: a section is a letter, its parts add digits to it."""
    rest = code.removeprefix(whole)
    is_longer = code.startswith(whole) and rest != code
    return is_longer and (rest[:1].isdigit() or rest[:1] == ".") and not whole.isdigit()


def _sums(dataset: Dataset, nation: str) -> Iterator[Problem]:
    """Regions that sum to more than the country, or to less where there are many of them."""
    by_period: dict[tuple[str, int], list[Values]] = {}
    for (indicator, year, region), table in dataset.values.items():
        if region != nation:
            by_period.setdefault((indicator, year), []).append(table)
    for indicator, year, region in sorted(dataset.values):
        if region != nation:
            continue
        for activity, whole in dataset.values[indicator, year, nation].items():
            given = [table[activity] for table in by_period.get((indicator, year), [])
                     if activity in table]  # fmt: skip
            told = sum(given)
            is_less = told < whole * (1 - TOLERANCE) and len(given) >= MANY_REGIONS
            if told > whole * (1 + TOLERANCE) or is_less:
                values = {"indicator": indicator, "year": year, "activity": activity,
                          "told": str(told), "nation": nation, "whole": str(whole)}  # fmt: skip
                yield Problem("less" if is_less else "more", values=values)
