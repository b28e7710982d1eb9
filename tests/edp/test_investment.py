"""Sums of money: exact, and the same at every level."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp.investment import SOURCES, Sum, all_of, totals

amounts = st.decimals(min_value=0, max_value=10**15, places=2)
sums = st.builds(
    Sum,
    year=st.integers(2027, 2031),
    source=st.sampled_from(SOURCES),
    certainty=st.sampled_from(["pledged", "committed", "spent"]),
    amount=amounts,
)


@given(st.lists(st.lists(st.lists(sums, max_size=4), max_size=3), max_size=3))
def test_every_level_comes_to_the_same(priorities: list[list[list[Sum]]]) -> None:
    by_level = all_of(all_of(totals(action) for action in actions) for actions in priorities)
    flat = [s for actions in priorities for action in actions for s in action]
    at_once = totals(flat)
    assert by_level == at_once
    assert at_once.total == sum((s.amount for s in flat if s.certainty != "spent"), Decimal(0))
    assert at_once.total_spent == sum(
        (s.amount for s in flat if s.certainty == "spent"), Decimal(0)
    )
    assert at_once.total == sum((at_once.of_year(y) for y in at_once.years), Decimal(0))
    assert at_once.total == sum((at_once.of_sources(s) for s in at_once.sources), Decimal(0))


def test_the_pilot_line_is_two_fifths_public() -> None:
    plan = totals(
        [
            Sum(2027, "private", "pledged", Decimal("1200000000")),
            Sum(2027, "public_local", "committed", Decimal("300000000")),
            Sum(2028, "public_republican", "pledged", Decimal("500000000")),
        ]
    )
    assert (plan.total, plan.public, plan.private) == (2_000_000_000, 800_000_000, 1_200_000_000)
    assert (plan.public_share, plan.private_share) == (Fraction(2, 5), Fraction(3, 5))
    assert plan.years == [2027, 2028]
    assert plan.sources == ["public_republican", "public_local", "private"]


def test_what_is_spent_is_not_added_to_the_plan() -> None:
    plan = totals([Sum(2027, "private", "spent", Decimal("0.01"))])
    assert (plan.total, plan.total_spent, plan.public_share) == (0, Decimal("0.01"), None)


@pytest.mark.parametrize(
    ("source", "amount"), [("private", Decimal("-0.01")), ("lottery", Decimal(1))]
)
def test_what_cannot_be_is_refused(source: str, amount: Decimal) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        totals([Sum(2027, source, "pledged", amount)])
