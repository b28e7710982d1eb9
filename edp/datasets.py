"""Tables of values by region, activity and year: the form that is read, and what is wrong in one.

    year,region_code,activity_code,activity_name,indicator,value,unit,source,flag

`activity_name`, `unit`, `source` and `flag` may be missing. An empty value, and one with the flag
`c` (confidential), is missing and never zero; zero means zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from edp.specialisation import Number
from participation.csv_files import BadFile, rows_of

NEEDED = ("year", "region_code", "activity_code", "indicator", "value")
INDICATORS = ("employment", "gva", "output", "exports", "firms", "wages")
CONFIDENTIAL = "c"
MOST_ERRORS = 20
TOLERANCE = Fraction(1, 100)
Values = Mapping[str, Number]


class BadDataset(ValueError):
    """Every line that is wrong, at most twenty of them, each with its number."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass
class Dataset:
    """`values` is (indicator, year, region) → activity → value; `warnings` do not stop anyone."""

    values: dict[tuple[str, int, str], dict[str, Number]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    warnings: list[str] = field(default_factory=list)

    def years(self, indicator: str, region: str) -> list[int]:
        return sorted({y for i, y, r in self.values if (i, r) == (indicator, region)})

    @property
    def regions(self) -> list[str]:
        return sorted({region for _, _, region in self.values})

    @property
    def indicators(self) -> list[str]:
        return sorted({indicator for indicator, _, _ in self.values})

    def table(self, indicator: str, year: int, region: str) -> Values:
        return self.values.get((indicator, year, region), {})


def read_dataset(text: str, *, nation: str = "KZ") -> Dataset:
    """Raises BadDataset that names every line with an error."""
    dataset, problems = Dataset(), list[str]()
    seen: dict[tuple[str, int, str, str], int] = {}
    try:
        for line, cells in rows_of(text, NEEDED):
            try:
                _add(dataset, cells, seen, line)
            except ValueError as error:
                problems.append(f"line {line}: {error}")
                if len(problems) == MOST_ERRORS:
                    break
    except BadFile as error:
        problems.append(str(error))
    problems += list(_mixed_levels(dataset))[: MOST_ERRORS - len(problems)]
    if not problems and not dataset.values:
        problems.append("the table has no values")
    if problems:
        raise BadDataset(problems)
    dataset.warnings += _sums(dataset, nation)
    return dataset


def _add(
    dataset: Dataset,
    cells: dict[str, str] | None,
    seen: dict[tuple[str, int, str, str], int],
    line: int,
) -> None:
    if cells is None:
        raise ValueError("another number of cells than the header has")
    if not cells["year"].isdecimal() or len(cells["year"]) != 4:
        raise ValueError(f"the year is {cells['year']!r}")
    for name in ("region_code", "activity_code"):
        if not cells[name]:
            raise ValueError(f"{name} is empty")
    indicator = cells["indicator"].lower()
    if indicator not in INDICATORS:
        raise ValueError(f"no indicator is called {indicator!r}; there are {', '.join(INDICATORS)}")
    key = (indicator, int(cells["year"]), cells["region_code"])
    activity = cells["activity_code"]
    if first := seen.get((*key, activity)):
        raise ValueError(f"the same region, activity, year and indicator as line {first}")
    seen[*key, activity] = line
    dataset.names.setdefault(activity, cells.get("activity_name", ""))
    if not cells["value"] or cells.get("flag", "").lower() == CONFIDENTIAL:
        dataset.missing += 1
        return
    dataset.values.setdefault(key, {})[activity] = _number(cells["value"])


def _number(text: str) -> Number:
    """A count or an amount; spaces between thousands and a decimal comma are understood."""
    compact = "".join(text.split()).replace(",", ".")
    if not compact.replace(".", "", 1).isdecimal() or not compact.isascii() or len(compact) > 30:
        raise ValueError(f"the value is {text[:30]!r}")
    value = Fraction(compact)
    return int(value) if value.denominator == 1 else value


def _mixed_levels(dataset: Dataset) -> Iterator[str]:
    """A section beside its own divisions would be counted twice: C beside C20, C20 beside C201."""
    codes = sorted(dataset.names)
    for code in codes:
        inside = [other for other in codes if other != code and _is_part(other, code)]
        if inside:
            yield f"mixed levels: {code} stands beside {inside[0]}, which is a part of it"


def _is_part(code: str, whole: str) -> bool:
    """By the codes of OKED, NACE and ISIC: a section is a letter, its parts add digits to it."""
    rest = code.removeprefix(whole)
    is_longer = code.startswith(whole) and rest != code
    return is_longer and (rest[:1].isdigit() or rest[:1] == ".") and not whole.isdigit()


def _sums(dataset: Dataset, nation: str) -> Iterator[str]:
    """Regions that sum to more than the country, or to less where there are many of them."""
    for indicator, year, region in sorted(dataset.values):
        if region != nation:
            continue
        parts = [
            table
            for (i, y, r), table in dataset.values.items()
            if (i, y) == (indicator, year) and r != nation
        ]
        for activity, whole in dataset.values[indicator, year, nation].items():
            told = sum(table.get(activity, 0) for table in parts)
            if told > whole * (1 + TOLERANCE):
                place = f"{indicator} {year} {activity}"
                yield f"{place}: the regions sum to {told}, {nation} has {whole}"
