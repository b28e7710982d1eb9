"""Seats from shares: worked examples, what holds of all, and the quotas that a secretary writes."""

from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.apportionment import seats_by_share
from councils.forms.draws import FeatureForm
from tests.edp.examples import EXAMPLES

WORKED = EXAMPLES["quotas_largest_remainder"]
LINE = "{code}; Қ; Р; E; {rest}"


@pytest.mark.parametrize("example", WORKED, ids=lambda example: str(example["seats"]))
def test_worked_examples(example) -> None:
    shares = [Fraction(share) for share in example["shares"]]
    assert seats_by_share(shares, example["seats"]) == example["expected"]


def test_of_equal_remainders_the_first_comes_first() -> None:
    assert seats_by_share([Fraction(1)] * 3, 4) == [2, 1, 1]
    assert seats_by_share([Fraction(0), Fraction(1)], 3) == [0, 3]


@pytest.mark.parametrize("shares", [[], [0, 0], [-1, 2]])
def test_what_is_no_share(shares) -> None:
    with pytest.raises(ValueError, match="not negative"):
        seats_by_share([Fraction(share) for share in shares], 3)


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any),
    st.integers(0, 500),
)
def test_every_seat_is_given_and_nobody_is_a_whole_seat_off(numbers, seats) -> None:
    shares = [Fraction(number) for number in numbers]
    found = seats_by_share(shares, seats)
    assert sum(found) == seats
    for share, own in zip(shares, found, strict=True):
        assert abs(own - seats * share / sum(shares)) < 1


def form_with(*rests: str, seats: int = 15) -> FeatureForm:
    values = "\n".join(
        LINE.format(code=f"v{number}", rest=rest) for number, rest in enumerate(rests)
    )
    words = {"name_kk": "Жас", "name_ru": "Возраст", "source": "Санақ 2021"}
    given = {"code": "age", "values": values, "form_key": str(uuid4()), **words}
    return FeatureForm(given, seats=seats)


def test_shares_become_quotas() -> None:
    form = form_with("52 %", "28%", "20,0 %")
    assert form.is_valid(), form.errors
    values = form.cleaned_data["values"]
    assert [(value.low, value.high) for value in values] == [(8, 8), (4, 4), (3, 3)]


def test_quotas_may_be_written_out() -> None:
    form = form_with("7; 9", "6; 8")
    assert form.is_valid(), form.errors
    assert [(value.low, value.high) for value in form.cleaned_data["values"]] == [(7, 9), (6, 8)]


@pytest.mark.parametrize(
    ("rests", "said"),
    [
        (("52 %", "40 %"), "sum to 92.0"),
        (("52 %", "7; 9"), "Line 2: give every line a share"),
        (("0 %", "0 %"), "sum to 0"),
        (("9; 7",), "Line 1"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(rests, said) -> None:
    form = form_with(*rests)
    assert not form.is_valid()
    assert said in str(form.errors["values"])
