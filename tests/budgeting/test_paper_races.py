"""Web against paper, keyer against keyer, close against close: on real connections."""

from functools import partial

import pytest

from accounts.models import User
from budgeting import errors
from budgeting.models import Ballot, Cycle, PaperBatch, PaperCount, PaperEntry, RollEntry
from budgeting.services.elections import freeze_election
from budgeting.services.paper import errors as refusals
from budgeting.services.paper.batches import close_batch, key_paper, make_batch
from budgeting.services.paper.giving import give_ballots, person_at_station
from budgeting.services.proofs.lines import tie
from budgeting.services.voting import cast_ballot
from participation.services.residences import confirm_residence
from tests.budgeting.ballot_box import at_once, errors_in
from tests.budgeting.papers import Desk, open_desk, paper
from tests.budgeting.registers import LETTER_RULES, import_register, line_number, table
from tests.conftest import Make, make_person

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


@pytest.fixture
def desk(make_cycle: Make, alice: User, bob: User) -> Desk:
    cycle: Cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(PEOPLE)))
    freeze_election(by=bob, election=cycle.envelopes.get().election)
    return open_desk(cycle, bob)


def test_of_a_cast_and_a_paper_at_once_exactly_one_is_taken(desk: Desk) -> None:
    election, taken = desk.election, []
    for number in range(PEOPLE):
        line = line_number(desk.cycle, number)
        voter = make_person(f"both{number}@example.org", "Both")
        tie(line=line, person=voter)
        confirm_residence(by=None, person=voter, territory=line.territory, born_on=line.born_on)
        web = partial(cast_ballot, voter=voter, election=election, choices=["1"], request="web")
        on_paper = partial(give_ballots, station=desk.station, person=voter, elections=[election])
        results = at_once(web, on_paper) if number % 2 else at_once(on_paper, web)
        (refusal,) = errors_in(results)
        assert isinstance(refusal, errors.VotedOnPaper | refusals.NotGiven)
        taken.append(RollEntry.objects.get(voter=voter))
    assert {entry.casts for entry in taken} == {1}
    papers = sum(entry.channel == "paper" for entry in taken)
    assert Ballot.objects.count() == PEOPLE - papers
    assert sum(PaperCount.objects.values_list("given", flat=True)) == papers


def test_two_officers_find_the_same_stranger_and_give_one_ballot(desk: Desk, bob: User) -> None:
    other = open_desk(desk.cycle, bob)

    def act(at: Desk, number: int) -> None:
        line = line_number(at.cycle, number)
        person = person_at_station(by=at.officers[0], line=line)
        give_ballots(station=at.station, person=person, elections=[at.election])

    for number in range(5):
        results = at_once(partial(act, desk, number), partial(act, other, number))
        (refusal,) = errors_in(results)
        assert isinstance(refusal, refusals.NotGiven)
    assert RollEntry.objects.filter(channel="paper").count() == 5
    assert sum(PaperCount.objects.values_list("given", flat=True)) == 5


def test_piles_made_at_once_hold_no_more_than_was_given(desk: Desk) -> None:
    desk.give(1, 2, 3)
    make = partial(make_batch, station=desk.station, election=desk.election, papers=2)
    results = at_once(*(partial(make, by=officer) for officer in desk.officers))
    assert len(errors_in(results)) == 2
    assert all(isinstance(error, refusals.MorePapersThanGiven) for error in errors_in(results))
    assert PaperBatch.objects.get().papers == 2


def test_a_paper_keyed_by_three_at_once_has_two_looks(desk: Desk) -> None:
    desk.give(1)
    batch = desk.pile(1)
    act = partial(key_paper, batch=batch, number=1, reading=paper("1"))
    results = at_once(*(partial(act, by=officer) for officer in desk.officers))
    (refusal,) = errors_in(results)
    assert isinstance(refusal, refusals.PaperUnknown)
    assert set(PaperEntry.objects.values_list("look", flat=True)) == {1, 2}


def test_a_batch_closed_twice_at_once_is_counted_once(desk: Desk) -> None:
    desk.give(1, 2)
    batch = desk.pile(2)
    desk.key(batch, [paper("1"), paper("2")], [paper("1"), paper("2")])
    close = partial(close_batch, batch=batch)
    results = at_once(*(partial(close, by=officer) for officer in desk.officers[:2]))
    (refusal,) = errors_in(results)
    assert isinstance(refusal, refusals.BatchClosed)
    assert Ballot.objects.count() == 2
