"""Dots that were put on paper: tallies by helix, as ballots that keep to the same rules."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from edp.dots import share_out
from edp.models import DotBallot, Workshop
from edp.services.workshops import errors
from edp.services.workshops.board import (
    PaperTally,
    add_theme,
    close_dots,
    enter_paper_dots,
    give_dots,
    open_dots,
    paper_tallies,
)
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop


@given(st.integers(1, 40), st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_what_is_dealt_out_adds_up_and_nobody_gets_too_much(people: int, counts: list[int]) -> None:
    tally = dict(enumerate(counts))
    ballots = share_out(people, tally)
    assert len(ballots) == people
    summed = sum((Counter(ballot) for ballot in ballots), Counter())
    assert {theme: summed[theme] for theme in tally} == tally
    assert max(sum(ballot.values()) for ballot in ballots) <= -(-sum(counts) // people)
    for theme, number in tally.items():
        assert max(ballot.get(theme, 0) for ballot in ballots) <= -(-number // people)


@pytest.mark.parametrize(("people", "dots"), [(0, {1: 1}), (-1, {}), (2, {1: -1})])
def test_dots_of_nobody(people: int, dots: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="nobody"):
        share_out(people, dots)


@pytest.fixture
def hall(city: Territory) -> Workshop:
    """Three dots each, two on one theme at most; two themes."""
    process = make_process(city, stage="discovery", territory=city)
    workshop = make_workshop(process, state="running")
    for name in ("Гипс", "Су"):
        add_theme(by=None, workshop=workshop, names={"kk": name, "ru": name})
    return open_dots(by=None, workshop=workshop, each=3, a_theme=2)


def themes(workshop: Workshop) -> list[int]:
    return list(workshop.themes.values_list("pk", flat=True))


def test_they_count_with_those_from_phones_and_are_replaced(hall: Workshop, bob: User) -> None:
    gypsum, water = themes(hall)
    give_dots(workshop=hall, voter="a phone", helix="academia", dots={water: 1})
    first = {"business": PaperTally(4, {gypsum: 8, water: 4})}
    enter_paper_dots(by=bob, workshop=hall, tallies=first)
    assert paper_tallies(hall) == first
    second = {"business": PaperTally(2, {gypsum: 3, water: 0}), "": PaperTally(1, {water: 2})}
    enter_paper_dots(by=bob, workshop=hall, tallies=second)
    assert DotBallot.objects.filter(is_on_paper=True).count() == 3
    result = close_dots(by=bob, workshop=hall)
    assert result.raw == (3, 3)
    assert result.by_helix == {"business": (3, 0), "academia": (0, 1), "": (0, 2)}
    with pytest.raises(errors.DotsNotOpen):
        enter_paper_dots(by=bob, workshop=hall, tallies=first)


@pytest.mark.parametrize("counts", [(5, 0), (4, 3)])
def test_more_than_so_many_people_have_is_refused(
    hall: Workshop, bob: User, counts: tuple[int, int]
) -> None:
    tally = PaperTally(2, dict(zip(themes(hall), counts, strict=True)))
    kept = {"academia": PaperTally(1, {themes(hall)[0]: 1})}
    enter_paper_dots(by=bob, workshop=hall, tallies=kept)
    with pytest.raises(errors.TooManyDots):
        enter_paper_dots(by=bob, workshop=hall, tallies={"business": tally})
    assert paper_tallies(hall) == kept


def test_the_page_says_what_does_not_fit_and_keeps_the_rest(hall: Workshop, bob: User) -> None:
    gypsum, water = themes(hall)
    page = f"/en/edp/zhambyl/workshops/{hall.number}/board/dots/paper/"
    client = Client()
    client.force_login(bob)
    sent: dict[str, Any] = {
        "form_key": str(uuid4()), "business_people": "2", f"business_{gypsum}": "5",
        f"business_{water}": "1", "academia_people": "7",
    }  # fmt: skip
    answer = client.post(page, sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "At most 4 here." in body
    assert 'name="academia_people" value="7"' in body
    assert not DotBallot.objects.exists()
    assert client.post(page, sent | {f"business_{gypsum}": "4"}).status_code == 302
    assert paper_tallies(hall)["business"] == PaperTally(2, {gypsum: 4, water: 1})
    assert paper_tallies(hall)["academia"].people == 7
    assert 'value="4"' in client.get(page).content.decode()
