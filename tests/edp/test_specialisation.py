"""Quotients, growth, shift-share, relatedness and signals against worked examples."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import edp
from edp.specialisation import (
    densities,
    herfindahl_index,
    krugman_index,
    location_quotient,
    proximities,
    shift_share,
    signal,
    specialisations,
    symmetric,
)
from tests.edp.examples import EXAMPLES

LQ = EXAMPLES["lq"]
DATA = Path(edp.__file__).parent / "data"


def _nation(table: dict[str, dict[str, int]]) -> dict[str, int]:
    names = next(iter(table.values()))
    return {name: sum(row[name] for row in table.values()) for name in names}


def _quotients(table: dict[str, dict[str, int]]) -> dict[str, dict[str, Fraction | None]]:
    nation = _nation(table)
    everything = sum(nation.values())
    return {
        region: {
            name: location_quotient(cell, sum(row.values()), nation[name], everything)
            for name, cell in row.items()
        }
        for region, row in table.items()
    }


def test_location_quotients_of_the_worked_example() -> None:
    found = _quotients(LQ["input"])
    for region, row in LQ["expected"].items():
        for name, expected in row.items():
            quotient = found[region][name]
            assert quotient == Fraction(str(expected))
            assert float(symmetric(quotient)) == pytest.approx(LQ["rsca"][region][name], abs=1e-6)


def test_concentration_of_the_worked_example() -> None:
    nation = _nation(LQ["input"])
    for region, row in LQ["input"].items():
        assert float(krugman_index(row, nation)) == pytest.approx(LQ["krugman"][region])
        assert herfindahl_index(row) == Fraction(str(LQ["hhi"][region]))


def test_nothing_can_be_said_of_what_is_empty() -> None:
    assert location_quotient(0, 0, 5, 10) is None
    assert location_quotient(0, 5, 0, 10) is None
    assert location_quotient(0, 5, 5, 10) == 0


cells = st.integers(min_value=0, max_value=10**9)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=6))
def test_weighted_quotients_of_a_region_are_one(rows: list[list[int]]) -> None:
    table = {str(n): dict(zip("abc", row, strict=True)) for n, row in enumerate(rows)}
    nation, found = _nation(table), _quotients(table)
    everything = sum(nation.values())
    for region, row in table.items():
        if sum(row.values()):
            weighted = (
                Fraction(nation[name], everything) * (found[region][name] or 0) for name in row
            )
            assert sum(weighted) == 1


def test_shift_share_of_the_worked_example() -> None:
    example = EXAMPLES["shift_share"]
    given = example["input"]
    found = shift_share(
        cell=(given["e0"], given["e1"]),
        activity=(given["E0"], given["E1"]),
        nation=(given["N0"], given["N1"]),
    )
    assert found is not None
    parts = (found.national, found.industry, found.regional, found.total)
    assert parts == (example["NS"], example["IM"], example["RS"], example["total"])
    now = location_quotient(given["e1"], example["R1"], given["E1"], given["N1"])
    assert location_quotient(given["e0"], example["R0"], given["E0"], given["N0"]) == Fraction(3, 2)
    assert float(now or 0) == pytest.approx(example["LQ1"], abs=1e-6)


counts = st.integers(min_value=1, max_value=10**6)
years = st.tuples(counts, counts)


@given(years, years, years)
def test_the_parts_of_shift_share_sum_to_the_change(
    cell: tuple[int, int], activity: tuple[int, int], nation: tuple[int, int]
) -> None:
    found = shift_share(cell=cell, activity=activity, nation=nation)
    assert found is not None
    assert found.total == cell[1] - cell[0]


def test_shift_share_from_nothing_is_nothing() -> None:
    assert shift_share(cell=(0, 5), activity=(1, 2), nation=(3, 4)) is None


def test_relatedness_of_the_worked_example() -> None:
    example = EXAMPLES["relatedness"]
    expected = [[Fraction(cell) for cell in row] for row in example["proximity_no_diagonal"]]
    assert proximities(example["M"]) == expected
    for row, told in zip(densities(example["M"]), example["density"], strict=True):
        assert [float(value or 0) for value in row] == pytest.approx(told, abs=1e-6)


def test_an_activity_near_nothing_has_no_density() -> None:
    assert densities([[1, 0], [0, 1]]) == [[None, None], [None, None]]


def _zhambyl(region: str, year: str) -> dict[str, int]:
    with (DATA / "zhambyl_employment.csv").open(encoding="utf-8") as file:
        return {
            row["activity_code"]: int(row["value"])
            for row in csv.DictReader(file)
            if (row["region_code"], row["year"]) == (region, year)
        }


def test_signals_of_zhambyl() -> None:
    found = {
        each.activity: each
        for each in specialisations(
            region=(_zhambyl("KZ-31", "2019"), _zhambyl("KZ-31", "2024")),
            nation=(_zhambyl("KZ", "2019"), _zhambyl("KZ", "2024")),
        )
    }
    with (DATA / "zhambyl_signals.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert found.keys() == {row["code"] for row in expected}
    for row in expected:
        each = found[row["code"]]
        assert each.value == int(row["emp24"])
        assert each.signal == row["signal"]
        assert each.shift is not None
        numbers = {
            "share%": 100 * each.share,
            "LQ19": each.quotient_before,
            "LQ24": each.quotient,
            "growth%": 100 * (each.growth or 0),
            "KZgrowth%": 100 * (each.national_growth or 0),
            "RS": each.shift.regional,
        }
        for name, value in numbers.items():
            told = row[name]
            places = len(told.partition(".")[2])
            assert float(value or 0) == pytest.approx(float(told), abs=0.51 * 10**-places), name


@pytest.mark.parametrize(
    ("share", "before", "now", "growth", "nation", "expected"),
    [
        ("0.01", "1.4", "1.5", "0.1", "0.05", "strength"),
        ("0.01", "1.4", "1.5", "0.05", "0.05", "losing_ground"),
        ("0.009", "1.4", "1.5", "0.1", "0.05", "niche"),
        ("0.01", "0.9", "1", "0.1", "0.05", "emerging"),
        ("0.01", "1", "1", "0.1", "0.05", ""),
        ("0.01", "0.4", "0.5", "0.075", "0.05", "potential"),
        ("0.01", "0.4", "0.5", "0.074", "0.05", ""),
        ("0.01", "0.4", "0.5", "0.1", "-0.05", ""),
        ("0.01", "0.4", "0.49", "0.9", "0.05", ""),
    ],
)
def test_where_each_signal_begins(
    share: str, before: str, now: str, growth: str, nation: str, expected: str
) -> None:
    found = signal(
        share=Fraction(share),
        before=Fraction(before),
        now=Fraction(now),
        growth=Fraction(growth),
        national_growth=Fraction(nation),
    )
    assert found == expected


def test_what_is_missing_is_not_zero() -> None:
    (only,) = specialisations(region=({"b": 5}, {"a": 10}), nation=({"a": 50, "b": 50}, {"a": 100}))
    assert only.growth is None
    assert only.quotient_before is None
    assert only.shift is None
    assert only.signal == ""
