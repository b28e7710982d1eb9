"""Two at one seat, or at one council, at the same moment, on real connections."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from councils import errors
from councils.models import Council, Post
from participation.models import Territory
from tests.budgeting.ballot_box import at_once, errors_in
from tests.councils.making import make_council
from tests.councils.test_council_mandates import BEGINS, DAY, leave, sit

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results: list[Any]) -> list[type]:
    return [type(error) for error in errors_in(results)]


def test_a_race_for_a_seat_has_one_winner(council: Council) -> None:
    leave(council, 3, date(2026, 3, 16))
    acts = [partial(sit, council, 3, name=f"N{number}", since=DAY) for number in range(3)]
    assert refused(at_once(*acts)) == [errors.SeatTaken, errors.SeatTaken]
    assert council.mandates.on(DAY).filter(post__number=3).count() == 1


def test_two_officials_cannot_both_take_the_last_lawful_seat(city: Territory) -> None:
    council = make_council(city, civil=4, state=1)
    for number in (6, 7):
        Post.objects.create(council=council, number=number, side="state", since=BEGINS)
    acts = [partial(sit, council, number, name=f"S{number}", since=DAY) for number in (6, 7)]
    assert refused(at_once(*acts)) == [errors.StateShareExceeded]
    assert not council.breaches.exists()


def test_two_who_leave_at_once_are_both_counted(council: Council) -> None:
    acts = [partial(leave, council, number, DAY) for number in (5, 6)]
    assert refused(at_once(*acts)) == []
    breach = council.breaches.get()
    assert (breach.civil, breach.members) == (12, 19)
