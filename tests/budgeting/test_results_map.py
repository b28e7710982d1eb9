"""Winners on the map: numbered in the order of the list, and none where it has no place."""

import re

import pytest
from django.test import Client

from accounts.models import User
from budgeting.models import Cycle, Election
from budgeting.results_map import results_map
from tests.budgeting.pages import SLUG, body, decide, page

BALLOTS = [["1", "2"]] * 9 + [["3"]] * 4
MIDDLE, NORTH, FAR = (42.9, 71.37), (42.97, 71.37), (51.17, 71.43)


def place(cycle: Cycle, number: int, point: tuple[float, float]) -> None:
    cycle.proposals.filter(number=number).update(latitude=point[0], longitude=point[1])


@pytest.fixture
def decided(election: Election, bob: User) -> Cycle:
    """The projects 1, 2 and 4 win, in this order."""
    decide(election, bob, BALLOTS)
    return election.envelope.cycle


def test_winners_stand_where_they_will_be(decided: Cycle) -> None:
    place(decided, 1, MIDDLE)
    place(decided, 2, NORTH)
    shown = results_map(decided)
    assert shown is not None
    ((envelope, winners),) = shown.envelopes
    assert envelope == decided.envelopes.get()
    numbers = [(one.number, one.award.proposal.number) for one in winners]
    assert numbers == [(1, 1), (2, 2), (None, 4)]
    first, second, _ = (one.mark for one in winners)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert second[1] < first[1]  # north is up
    assert [one.square[:1] for one in winners] == ["E", "E", ""]


def test_who_has_no_place_is_listed_without_a_mark(decided: Cycle) -> None:
    place(decided, 1, FAR)
    place(decided, 2, MIDDLE)
    shown = results_map(decided)
    assert shown is not None
    ((_, winners),) = shown.envelopes
    marks = [(one.number, one.mark is None) for one in winners]
    assert marks == [(None, True), (1, False), (None, True)]


@pytest.mark.parametrize("losing", [True, False])
def test_without_a_place_there_is_no_map(decided: Cycle, client: Client, losing: bool) -> None:
    if losing:
        place(decided, 3, MIDDLE)  # lost: where it would have been is no result
    assert results_map(decided) is None
    assert "place-map" not in body(client.get(page("results-detail", SLUG)))


def test_the_page_tells_by_a_table_what_the_map_shows(decided: Cycle, client: Client) -> None:
    place(decided, 1, MIDDLE)
    seen = body(client.get(page("results-detail", SLUG)))
    figure = seen[seen.index('class="place-map"') : seen.index("</figure>")]
    assert re.findall(r'class="on-mark"[^>]*>(\d+)<', figure) == ["1"]
    table = seen[seen.index("</figure>") :][: seen.index("</table>")]
    assert "Project 1" in table


def test_what_is_not_published_is_on_no_map(election: Election, alice: User) -> None:
    place(election.envelope.cycle, 1, MIDDLE)
    assert results_map(election.envelope.cycle) is None
