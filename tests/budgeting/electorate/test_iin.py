"""The check digit and what the digits say, against sums made by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.electorate.iin import (
    CHECK,
    DATE,
    FORM,
    check_digit,
    fault_of,
    invented_iin,
    sex_of,
)

BIRTHDAY = date(1988, 1, 1)


@pytest.mark.parametrize(
    ("digits", "digit"),
    [
        # 8·1 + 8·2 + 0 + 1·4 + 0 + 1·6 + 3·7 + 0 + 0 + 1·10 + 2·11 = 87 = 7·11 + 10: the second
        # pass 8·3 + 8·4 + 0 + 1·6 + 0 + 1·8 + 3·9 + 0 + 0 + 1·1 + 2·2 = 102 = 9·11 + 3
        ("88010130012", 3),
        # 9·1 + 0 + 0·3 + 5·4 + 0·5 + 1·6 + 4·7 + 0 + 0 + 0 + 1·11 = 74 = 6·11 + 8
        ("90050140001", 8),
        # 0 + 5·2 + 1·3 + 2·4 + 3·5 + 1·6 + 5·7 + 0 + 0 + 0 + 7·11 = 154 = 14·11
        ("05123150007", 0),
    ],
)
def test_check_digit_by_hand(digits: str, digit: int) -> None:
    assert check_digit(digits) == digit
    assert fault_of(digits + str(digit)) == ""
    assert fault_of(digits + str((digit + 1) % 10)) == CHECK


def test_a_number_may_have_no_check_digit() -> None:
    """Both passes leave ten for about one number in 121."""
    none = [n for n in range(2000) if check_digit(f"8801013{n:04d}") is None]
    assert none
    assert all(fault_of(f"8801013{n:04d}{last}") == CHECK for n in none[:3] for last in range(10))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "88010130012",
        "8801013001230",
        "88010130012a",
        "８８０１０１３００１２３",
        "88010130012 ",
    ],
)
def test_twelve_plain_digits(typed: str) -> None:
    assert fault_of(typed) == FORM


def test_the_date_is_that_of_birth() -> None:
    number = "880101300123"
    assert fault_of(number, BIRTHDAY) == ""
    assert fault_of(number, date(1988, 1, 2)) == DATE
    assert fault_of(number, date(1888, 1, 1)) == DATE  # the seventh digit says 1900s


@pytest.mark.parametrize(
    ("seventh", "sex"), [("1", "m"), ("4", "f"), ("5", "m"), ("6", "f"), ("0", ""), ("7", "")]
)
def test_the_seventh_digit_tells_the_sex(seventh: str, sex: str) -> None:
    assert sex_of(f"880101{seventh}00123") == sex


def test_zero_says_no_century() -> None:
    number = "88010100001"
    whole = number + str(check_digit(number))
    assert fault_of(whole, BIRTHDAY) == fault_of(whole, date(1888, 1, 1)) == ""


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 9999))
def test_invented_numbers_pass(born_on: date, number: int) -> None:
    assert fault_of(invented_iin(born_on, number), born_on) == ""


@pytest.mark.parametrize(
    ("right", "missed"), [("880101300123", 9), ("900501400018", 1), ("051231500070", 1)]
)
def test_most_slips_are_found(right: str, missed: int) -> None:
    """Not in the eleventh digit, whose weight is 11; fewer after a second pass (the first)."""
    wrong = [
        right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
        for place in (*range(10), 11)
        for by in range(1, 10)
    ]
    assert sum(fault_of(number) == "" for number in wrong) == missed
