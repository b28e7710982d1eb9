"""The drawing of a term: as wide as its days, as high as its members, nothing cut off."""

from datetime import date

from councils.composition import Seat, composition
from councils.composition_strip import FOOT, WIDTH, strip_of
from councils.terms import formation_begins, months_before, years_after

BEGINS, ENDS = date(2025, 2, 3), date(2028, 2, 3)


def test_columns_fill_the_width_and_stand_on_the_foot() -> None:
    seats = [Seat(f"C{n}", "civil", BEGINS) for n in range(2)]
    seats += [Seat("S1", "state", BEGINS), Seat("C3", "civil", BEGINS, date(2026, 8, 5))]
    strip = strip_of(composition(seats, BEGINS, ENDS), 4, date(2026, 2, 3))
    assert strip is not None
    assert sum(column.width for column in strip.columns) == WIDTH
    assert all(column.civil_y + column.civil_height == FOOT for column in strip.columns)
    assert [tick.label for tick in strip.years] == ["2026", "2027"]
    assert strip.today == WIDTH / 3


def test_a_day_outside_the_term_is_not_marked() -> None:
    strip = strip_of(composition([], BEGINS, ENDS), 0, ENDS)
    assert strip is not None
    assert strip.today is None
    assert strip_of([], 21, BEGINS) is None


def test_the_next_council_is_formed_from_two_months_before() -> None:
    assert formation_begins(ENDS, 2) == date(2027, 12, 2)
    assert months_before(date(2028, 4, 30), 2) == date(2028, 2, 29)
    assert years_after(date(2028, 2, 29), 3) == date(2031, 3, 1)
