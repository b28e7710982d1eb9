"""Dots in balance, consensus of the helices, groups of opinion: worked examples."""

from fractions import Fraction

import pytest

from edp.consensus import Votes, balanced_dots, helix_consensus, raw_dots
from edp.opinion_groups import one_proportion, opinions, priority, two_proportions
from tests.edp.examples import EXAMPLES

DOTS = EXAMPLES["dots"]
CONSENSUS = EXAMPLES["helix_informed_consensus"]
GROUPS = EXAMPLES["opinion_groups"]


def test_dots_raw_and_in_balance() -> None:
    assert raw_dots(DOTS["input"]) == DOTS["raw"]
    found = [float(each) for each in balanced_dots(DOTS["input"])]
    assert found == pytest.approx(DOTS["balanced"], abs=1e-6)
    assert raw_dots(DOTS["input"]).index(max(DOTS["raw"])) == 0
    assert found.index(max(found)) == 1


def test_a_helix_without_dots_does_not_weigh() -> None:
    assert balanced_dots({"a": [1, 1], "b": [0, 0]}) == [Fraction(1, 2)] * 2
    assert balanced_dots({"a": [0]}) == []


@pytest.mark.parametrize("name", CONSENSUS["expected"])
def test_consensus_of_the_helices(name: str) -> None:
    expected = CONSENSUS["expected"][name]
    votes = {
        helix: Votes(*numbers)
        for helix, numbers in CONSENSUS["votes_[agree,disagree,pass]"][name].items()
    }
    found = helix_consensus(votes)
    assert found.product == Fraction(expected["gic"])
    assert found.geometric_mean == pytest.approx(expected["geometric_mean"], abs=1e-6)
    assert found.weakest == Fraction(str(expected["min_group"]))
    assert found.agreement == Fraction(str(expected["raw_agree"]))
    assert found.is_eligible is expected["eligible_min5_per_group"]


def test_no_groups_no_consensus() -> None:
    with pytest.raises(ValueError, match="no groups"):
        helix_consensus({})
    assert helix_consensus({"a": Votes(0, 0, 0)}).agreement is None


def test_groups_of_opinion() -> None:
    votes = GROUPS["votes_rows_participants_cols_statements"]
    found = opinions(votes, smallest_group=1)
    assert found.explained == pytest.approx(GROUPS["explained_variance_ratio_pc1_pc2"], abs=1e-6)
    for k, silhouette in GROUPS["silhouette_by_k"].items():
        assert found.groupings[int(k)].silhouette == pytest.approx(silhouette, abs=1e-6), k
    assert [list(g) for g in found.groupings[2].groups] == GROUPS["partition_k2"]
    assert [list(g) for g in found.groupings[3].groups] == GROUPS["partition_k3"]
    assert found.groupings[2].inertia == pytest.approx(GROUPS["inertia_k2"], abs=1e-6)
    assert found.best is not None
    assert found.best.k == 3


def test_small_groups_are_not_shown() -> None:
    votes = GROUPS["votes_rows_participants_cols_statements"]
    found = opinions(votes, smallest_group=5)
    assert list(found.groupings) == [2]


@pytest.mark.parametrize("k", ["k2", "k3"])
def test_consensus_depends_on_the_number_of_groups(k: str) -> None:
    votes = GROUPS["votes_rows_participants_cols_statements"]
    for statement, expected in enumerate(GROUPS[f"gic_agree_{k}"]):
        by_group = {}
        for number, group in enumerate(GROUPS[f"partition_{k}"]):
            told = [votes[voter][statement] for voter in group]
            by_group[str(number)] = Votes(told.count(1), told.count(-1), told.count(0))
        assert float(helix_consensus(by_group).product) == pytest.approx(expected, abs=1e-6)


def test_what_nobody_has_seen_moves_nobody() -> None:
    votes = [[1, -1, None], [1, -1, None], [-1, 1, None], [-1, 1, None]]
    found = opinions(votes, smallest_group=1)
    assert found.groupings[2].groups == ((0, 1), (2, 3))


def test_the_same_votes_give_the_same_groups() -> None:
    votes = GROUPS["votes_rows_participants_cols_statements"]
    once, again = opinions(votes), opinions(votes)
    assert (once.points == again.points).all()
    assert once.groupings == again.groupings


def test_too_few_voters() -> None:
    with pytest.raises(ValueError, match="three voters"):
        opinions([[1, 0], [0, 1]])


def test_what_represents_a_group_and_what_is_shown_next() -> None:
    assert two_proportions((12, 16), (2, 10)) == pytest.approx(2.569185, abs=1e-6)
    assert one_proportion(12, 16) == pytest.approx(2.182821, abs=1e-6)
    found = priority(agree=20, passed=3, seen=25, extremity=0)
    assert found == pytest.approx(0.685898, abs=1e-6)
    new = priority(agree=1, passed=0, seen=1, extremity=0)
    assert new == pytest.approx(12.529726, abs=1e-6)
