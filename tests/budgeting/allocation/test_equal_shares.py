"""Equal Shares: worked numbers, exactness, and the certified increments of Add1."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.allocation import Election, Rule, count, read_pabulib
from budgeting.allocation.equal_shares import increase_shares, starting_share
from budgeting.allocation.equal_shares.ledger import Ledger
from budgeting.allocation.equal_shares.market import Market
from budgeting.allocation.equal_shares.run import Run
from tests.budgeting.allocation.files import named, needs_files
from tests.budgeting.allocation.naive import equal_shares


def town(budget: int, costs: dict[str, int], *ballots: str, times: int = 1) -> Election:
    """Ballots are strings of one-letter project ids."""
    return Election.build(
        budget=budget, projects=list(costs.items()), ballots=[list(b) for b in ballots * times]
    )


def test_worked_example() -> None:
    """Ten voters with 10 each; the group of 6 gets its park, the group of 4 its garden."""
    election = town(100, {"p": 60, "q": 40, "g": 32, "z": 30}, *["pq"] * 6, *["gz"] * 4)
    result = count(election, Rule("equal-shares"))
    assert result.winners == ("p", "g")
    first, second = (entry.to_dict() for entry in result.rounds)
    assert first == {
        "round": 1,
        "project": "p",
        "cost": 60,
        "left": 40,
        "score": 6,
        "price": "10.00",
        "effective_votes": "6.00",
    }
    assert second["price"] == "8.00"
    lost = {loser.project: loser.to_dict() for loser in result.losers}
    assert lost["q"]["reason"] == "supporters_money"
    assert lost["q"]["supporters_have"] == "0.00"
    assert lost["z"]["supporters_have"] == "8.00"
    assert lost["z"]["needed"] == 30
    # 8 exactly, but the bound on rounding keeps the promise one unit below.
    assert lost["z"]["cost_at_most"] == 7


def test_poor_supporters_pay_all_they_have_and_the_others_the_rest() -> None:
    """B/n = 6. After b (price 3) two voters have 3; a costs 14 = 3 + 3 + 4 + 4."""
    election = town(24, {"b": 6, "a": 14}, "ab", "ab", "a", "a")
    market = Market(election, Rule(satisfaction="cardinality"))
    run = Run(market, Fraction(6)).buy_all()
    assert [(election.projects[p].id, x) for p, x in zip(run.bought, run.paid, strict=True)] == [
        ("b", 3.0),
        ("a", 4.0),
    ]
    assert run.ledger().prices == [3, 4]


def test_a_project_that_costs_exactly_what_its_supporters_have_is_bought() -> None:
    """B/n = 10/3, nine supporters: doubles may find 29.999… where it is exactly 30."""
    election = town(40, {"a": 30, "b": 10}, *["a"] * 9, *["b"] * 3)
    assert set(count(election, Rule("equal-shares")).winners) == {"a", "b"}


def test_equal_price_is_a_tie_and_is_reported() -> None:
    election = town(20, {"a": 10, "b": 10}, "a", "b")
    result = count(election, Rule("equal-shares"))
    assert result.winners == ("a", "b")
    assert result.ties[0].to_dict() == {"round": 1, "projects": ["a", "b"], "by": "list-order"}
    drawn = count(election, Rule("equal-shares", ties=("votes", "lot"), lot_seed="2027-05-01"))
    assert drawn.ties[0].by == "lot"


def test_completions() -> None:
    """Nothing is affordable at B/n = 10; Add1 stops before the third project overspends."""
    election = town(40, {"a": 12, "b": 13, "c": 20}, "a", "b", "c", "")
    assert count(election, Rule("equal-shares")).winners == ()
    added = count(election, Rule("equal-shares", completion="add1"))
    assert (added.winners, added.facts["increments"]) == (("a", "b"), 9)
    exhausted = count(election, Rule("equal-shares", completion="add1", stop="exhausted"))
    assert exhausted.facts["increments"] == 3
    assert count(election, Rule("equal-shares", completion="greedy")).winners == ("a", "b")
    assert count(election, Rule("equal-shares", completion="add1u")).winners == ("a", "b")
    coarse = count(election, Rule("equal-shares", completion="add1", step=Fraction(5, 2)))
    assert (coarse.winners, coarse.facts["increments"]) == (("a", "b"), 3)


def test_whole_units_as_start() -> None:
    election = town(10, {"a": 10, "b": 1}, "a", "a", "a")
    assert count(election, Rule("equal-shares")).winners == ("a",)
    result = count(election, Rule("equal-shares", start="floor"))
    assert (result.winners, result.facts["share"]) == ((), 3)


def test_comparison_keeps_what_more_voters_prefer() -> None:
    election = town(12, {"a": 12, "b": 6}, *["a"] * 5, "b", "b", "b", "b")
    plain = count(election, Rule("equal-shares"))
    assert plain.winners == ()
    compared = count(election, Rule("equal-shares", comparison=True))
    assert compared.winners == ("a",)
    assert (compared.facts["outcome"], compared.facts["prefer_greedy"]) == ("greedy", 5)


def test_points_are_the_utility() -> None:
    """Price per point: 12/4 = 3 for a, 8/2 = 4 for b, though b is cheaper."""
    election = Election.build(
        budget=20,
        projects=[("b", 8), ("a", 12)],
        ballots=[{"a": 2, "b": 1}, {"a": 2, "b": 1}],
        ballot_type="cumulative",
    )
    run = Run(Market(election, Rule()), Fraction(10)).buy_all()
    assert [election.projects[p].id for p in run.bought] == ["a", "b"]
    assert run.paid == [3.0, 4.0]


@pytest.mark.parametrize("ballots", [[], [[]], [[], []]])
def test_nobody_votes(ballots: list[list[str]]) -> None:
    election = Election.build(budget=5, projects=[("a", 1)], ballots=ballots)
    result = count(election, Rule("equal-shares", completion="add1"))
    assert result.winners == ()
    assert result.losers[0].reason == "no_supporters"


small = st.builds(
    lambda costs, ballots, extra: Election.build(
        budget=max(costs) + extra,
        projects=[(str(i), cost) for i, cost in enumerate(costs)],
        ballots=[{str(p): s for p, s in b.items() if p < len(costs)} for b in ballots],
        ballot_type="cumulative",
    ),
    st.lists(st.integers(0, 20), min_size=1, max_size=6),
    st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 3)), min_size=1, max_size=9),
    st.integers(0, 40),
)


def as_approval(election: Election) -> Election:
    ballots = election.ballots
    rows = [
        [election.projects[p].id for p in ballots.projects[a:b].tolist()]
        for a, b in zip(ballots.starts[:-1].tolist(), ballots.starts[1:].tolist(), strict=True)
    ]
    return Election.build(
        budget=election.budget,
        projects=[(p.id, p.cost) for p in election.projects],
        ballots=rows,
        multiplicity=ballots.multiplicity.tolist(),
    )


@settings(max_examples=300, deadline=None)
@given(small, st.booleans(), st.sampled_from(["cost", "cardinality"]), st.integers(0, 9))
def test_every_price_is_the_one_of_the_definition(
    election: Election, is_approval: bool, satisfaction: str, more: int
) -> None:
    election = as_approval(election) if is_approval else election
    share = starting_share(election, Rule()) + Fraction(more, 3)
    expected = equal_shares(election, satisfaction, share)
    market = Market(election, Rule("equal-shares", satisfaction=satisfaction))
    run = Run(market, share).buy_all()
    assert run.bought == [project for project, _ in expected]
    assert run.ledger().prices == [x for _, x in expected]
    assert run.paid == pytest.approx([float(x) for _, x in expected])


@settings(max_examples=150, deadline=None)
@given(small, st.sampled_from(["cost", "cardinality"]))
def test_deciding_everything_exactly_changes_nothing(election: Election, satisfaction: str) -> None:
    """With a hopeless error bound no decision is left to doubles."""
    market = Market(election, Rule("equal-shares", satisfaction=satisfaction))
    share = starting_share(election, Rule())
    doubtful = Run(market, share)
    doubtful.error = float(share) * 1e-3 + 1e-9
    doubtful.doubt.fill(doubtful.error)
    assert doubtful.buy_all().bought == Run(market, share).buy_all().bought


@settings(max_examples=150, deadline=None)
@given(small, st.integers(1, 3))
def test_no_certified_increment_hides_a_change(election: Election, denominator: int) -> None:
    """Every share between two computed runs gives what the earlier run gave."""
    step = Fraction(1, denominator)
    rule = Rule("equal-shares", completion="add1", step=step)
    market = Market(election, rule)
    share = starting_share(election, rule)
    last = Run(market, share).buy_all()
    for number in range(1, 400):
        following = Run(market, share + number * step).buy_all()
        if following.spending > election.budget or len(last.bought) == len(market.candidates):
            break
        last = following
    else:
        return
    assert increase_shares(market, rule, share).run.bought == last.bought


@needs_files
@pytest.mark.parametrize(
    ("name", "step"),
    [("Poland_Warszawa_2023_Wesola", 1), ("Poland_Wieliczka_2023_Green_Budget", 1)],
)
def test_skipping_gives_the_same_as_every_increment(name: str, step: int) -> None:
    election = read_pabulib(named(name))
    rule = Rule("equal-shares", completion="add1", step=Fraction(step))
    market = Market(election, rule)
    share = starting_share(election, rule)
    done = 0
    while Run(market, share + (done + 1) * step).buy_all().spending <= election.budget:
        done += 1
    increased = increase_shares(market, rule, share)
    assert increased.increments == done
    assert increased.run.bought == Run(market, share + done * step).buy_all().bought


@needs_files
def test_a_long_run_stays_close_to_the_exact_books() -> None:
    """Praga-Południe: 47 purchases; the bound covers the true error of every balance."""
    election = read_pabulib(named("Poland_Warszawa_2020_Praga-Poludnie"))
    market = Market(election, Rule("equal-shares"))
    share = starting_share(election, Rule())
    run = Run(market, share).buy_all()
    ledger = Ledger(market, share)
    ledger.catch_up(run.bought)
    assert abs(run.balance - ledger.balance).max() <= run.error < 1e-8 * float(share)
