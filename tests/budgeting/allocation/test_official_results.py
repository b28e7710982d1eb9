"""Real elections: our count of the raw ballots against what the cities funded."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgeting.allocation import Rule, count, read_pabulib
from tests.budgeting.allocation.files import all_files, named, needs_files

GREEDY_FAMILY = ("greedy", "greedy-threshold", "greedy-no-skip", "greedy-exclusive")

#: Official outcomes that do not follow from the ballots under the declared rule.
KNOWN_EXCEPTIONS = {
    "Poland_Warszawa_2018_Las": "winners look withdrawn after the vote",
    "Poland_Warszawa_2018_UrsynowWysokiPoludniowy": "winners look withdrawn after the vote",
    "Poland_Warszawa_2018_Wawrzyszew": "winners look withdrawn after the vote",
    "Poland_Warszawa_2020_Bialoleka": "winners look conflicting",
    "Poland_Warszawa_2020_Targowek": "winners look conflicting",
}


def case(path: Path) -> object:
    return pytest.param(path, id=path.stem)


def decided_greedily() -> list[Path]:
    """Files that name a rule of the greedy family and say which projects were funded."""
    elections = [(path, read_pabulib(path)) for path in all_files()]
    return [
        path
        for path, election in elections
        if election.meta["rule"] in GREEDY_FAMILY and election.selected_by_city() is not None
    ]


@needs_files
@pytest.mark.parametrize("path", [case(path) for path in decided_greedily()])
def test_greedy_family_gives_the_city_s_winners(path: Path) -> None:
    if path.stem in KNOWN_EXCEPTIONS:
        pytest.xfail(KNOWN_EXCEPTIONS[path.stem])
    election = read_pabulib(path)
    result = count(election, Rule.from_metadata(election))
    assert set(result.winners) == set(election.selected_by_city() or [])


@needs_files
def test_the_comparison_covers_what_it_should() -> None:
    """None of the shared files is an exception, and most of them are compared."""
    stems = {path.stem for path in all_files()}
    assert not stems & set(KNOWN_EXCEPTIONS)
    assert len(decided_greedily()) == 54


@needs_files
@pytest.mark.parametrize("path", [case(p) for p in all_files() if "Poznan" in p.stem])
def test_poznan_funds_the_next_project_if_four_fifths_are_left(path: Path) -> None:
    """`selected` 2 marks the part-funded project; 3 was paid later from other money."""
    election = read_pabulib(path)
    rule = Rule.from_metadata(election)
    assert rule.method == "poznan"
    result = count(election, rule)
    assert set(result.winners) == set(election.selected_by_city(("1", "2")) or [])
    assert list(result.reserve) == election.selected_by_city(("2",))


@needs_files
@pytest.mark.parametrize(
    ("name", "winners", "increments"),
    [
        ("Poland_Swiecie_2023", 17, 242),
        ("Poland_Wieliczka_2023_Green_Budget", 30, None),
        ("Netherlands_Assen_2024", 9, 843),
    ],
)
def test_the_three_cities_of_equal_shares(name: str, winners: int, increments: int | None) -> None:
    election = read_pabulib(named(name))
    result = count(election, Rule.from_metadata(election))
    assert set(result.winners) == set(election.selected_by_city() or [])
    assert len(result.winners) == winners
    if increments is not None:
        assert result.facts["increments"] == increments


@needs_files
def test_wieliczka_depends_on_one_word_of_the_rule() -> None:
    """Stopping when nothing more fits gives 31 projects, one out and two in."""
    election = read_pabulib(named("Poland_Wieliczka_2023_Green_Budget"))
    city = set(count(election, Rule("equal-shares", completion="add1")).winners)
    other = set(count(election, Rule("equal-shares", completion="add1", stop="exhausted")).winners)
    assert (len(other), len(city - other), len(other - city)) == (31, 1, 2)


@needs_files
def test_votes_and_scores_are_the_published_ones() -> None:
    """The one exception lists projects with zero points, which the city counts as votes."""
    for path in all_files():
        election = read_pabulib(path)
        scores = election.project_field("score")
        if scores is not None:
            assert [int(score) for score in scores] == election.scores, path.name
        votes = [int(supporters.weight.sum()) for supporters in election.supporters]
        published = election.project_field("votes")
        assert published is not None
        if path.stem != "Switzerland_Zurich_S5D10":
            assert [int(number) for number in published] == votes, path.name
