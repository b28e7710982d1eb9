"""The `.pb` format: what is read, what is kept, and what an error says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from budgeting.allocation import (
    Election,
    PabulibError,
    Rule,
    count,
    parse_pabulib,
    read_pabulib,
    write_pabulib,
)
from tests.budgeting.allocation.files import all_files, needs_files

SMALL = """META
key;value
description;A street
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
1;60;Bench
2;50;Tree
VOTES
voter_id;vote
v1;1,2
v2;2
v3;
"""


def same_ballots(one: Election, other: Election) -> bool:
    a, b = one.ballots, other.ballots
    points = (a.points is None and b.points is None) or (
        a.points is not None and b.points is not None and bool((a.points == b.points).all())
    )
    return points and all(
        x.shape == y.shape and bool((x == y).all())
        for x, y in (
            (a.starts, b.starts),
            (a.projects, b.projects),
            (a.multiplicity, b.multiplicity),
        )
    )


@needs_files
@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in all_files()])
def test_reading_what_was_written_gives_the_same(path: Path) -> None:
    election = read_pabulib(path)
    text = write_pabulib(election)
    again = parse_pabulib(text, str(path))
    assert again.metadata == election.metadata
    assert again.projects == election.projects
    assert again.project_columns == election.project_columns
    assert again.vote_table is not None
    assert election.vote_table is not None
    assert again.vote_table.columns == election.vote_table.columns
    assert again.vote_table.rows() == election.vote_table.rows()
    assert same_ballots(again, election)
    assert write_pabulib(again) == text
    assert election.warnings == ()


def test_small_file() -> None:
    election = parse_pabulib(SMALL)
    assert (election.budget, election.scale, election.voters) == (100, 1, 3)
    assert election.scores == [1, 2]
    assert election.projects[0].name == "Bench"
    assert election.ballots.multiplicity.sum() == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("META", "\ufeffMETA"),
        ("\n", "\r\n"),
        ("\n", "\n\n"),
        ("v1;1,2", "v1; 1 , 2 "),
        ("v1;1,2", 'v1;"1,2"'),
        ("v1;1,2", "v1;2,1,2"),
        ("v3;", "v3"),
        ("v3;\n", "v3;"),
        ("budget;100", "budget;100,00"),
        ("1;60;", "1;60.0;"),
        ("1;60;", "1;6e1;"),
        ("key;value\n", ""),
        ("vote_type;approval\n", ""),
        ("voter_id;vote\nv1;1,2\nv2;2\nv3;", "age;vote;voter_id\n7;1,2;v1\n;2;v2\n;;v3"),
        ("voter_id;vote\nv1;1,2\nv2;2\nv3;", "voter_id;vote;vote\nv1;1;2\nv2;2;2\nv3;;"),
    ],
)
def test_the_same_election_written_differently(old: str, new: str) -> None:
    election, plain = parse_pabulib(SMALL.replace(old, new)), parse_pabulib(SMALL)
    assert same_ballots(election, plain)
    assert [p.cost for p in election.projects] == [60, 50]
    assert election.budget == 100
    again = parse_pabulib(write_pabulib(election))
    assert same_ballots(again, plain)


def test_names_may_hold_anything() -> None:
    name = 'A "Bench"; or\nVOTES\na tree'
    quoted = '"' + name.replace('"', '""') + '"'
    election = parse_pabulib(SMALL.replace("Bench", quoted))
    assert election.projects[0].name == name
    assert parse_pabulib(write_pabulib(election)).projects == election.projects


def test_decimal_comma_and_ids_with_spaces() -> None:
    text = SMALL.replace("1;60;", "Zad 1;60,25;").replace("v1;1,2", "v1;Zad 1,2")
    election = parse_pabulib(text)
    assert (election.scale, election.projects[0].cost, election.budget) == (100, 6025, 10000)
    assert election.scores == [1, 2]


def test_points_ranks_and_default_scores() -> None:
    header, row = "voter_id;vote;points", "v1;2,1;3,0.5\nv2;1;1\n"
    text = SMALL[: SMALL.index("voter_id")] + f"{header}\n{row}"
    cumulative = parse_pabulib(text.replace("approval", "cumulative"))
    assert cumulative.ballots.points_scale == 10
    assert cumulative.scores == [15, 30]
    scoring = text.replace("approval", "scoring\ndefault_score;-1")
    assert parse_pabulib(scoring).scores == [15, 20]
    ranks = SMALL.replace("approval", "ordinal").replace("v1;1,2", "v1;2,1")
    assert parse_pabulib(ranks).scores == [1, 3]
    longest = ranks.replace("ordinal", "ordinal\nmax_length;5")
    assert parse_pabulib(longest).scores == [4, 10]


def test_unusual_metadata_is_kept() -> None:
    text = SMALL.replace("rule;greedy", "rule;greedy\ncomment;one; two\ncomment;three")
    election = parse_pabulib(text)
    assert ("comment", "one; two") in election.metadata
    assert election.meta["comment"] == "one; two"
    assert parse_pabulib(write_pabulib(election)).metadata == election.metadata


def test_wrong_counts_in_the_file_are_warnings() -> None:
    text = SMALL.replace("budget;100", "budget;100\nnum_votes;7\nnum_projects;2")
    assert parse_pabulib(text).warnings == ("num_votes is 7, the file lists 3",)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("META\n", "", 1, "does not begin with a line META"),
        ("budget;100\n", "", 1, "META has no budget"),
        ("budget;100", "budget;much", 4, "budget 'much' is not a number"),
        ("budget;100", "budget;-1", 4, "budget -1 is negative"),
        ("budget;100", "budget;NaN", 4, "not a finite number"),
        ("budget;100", "budget;1e99", 4, "too large"),
        ("approval", "shouting", 5, "vote_type 'shouting' is unknown"),
        ("project_id;", "number;", 8, "PROJECTS has no column project_id"),
        (";cost;", ";price;", 8, "PROJECTS has no column cost"),
        ("1;60;Bench\n2;50;Tree\n", "", 8, "lists no project"),
        ("1;60;", "1;;", 9, "cost '' is not a number"),
        ("1;60;", "1;-5;", 9, "cost -5 is negative"),
        ("2;50;", "1;50;", 10, "project '1' is already on line 9"),
        ("2;50;", ";50;", 10, "project_id is empty"),
        ("Tree", "Tree;5;6", 10, "5 cells in a row of PROJECTS"),
        ("VOTES\n", "", 14, "section VOTES is missing"),
        ("PROJECTS\n", "META\n", 7, "section META begins a second time"),
        ("voter_id;vote", "voter_id;choice", 12, "VOTES has no column vote"),
        ("v2;2", "v2;3", 14, "vote for unknown project '3'"),
        ("v2;2", "v2;2;x", 14, "3 cells in a row of VOTES"),
        ("approval", "cumulative", 12, "cumulative votes have no column points"),
        ("Bench", '"Bench', 12, "section VOTES is missing"),
    ],
)
def test_errors_name_file_line_and_cause(old: str, new: str, line: int, message: str) -> None:
    assert old in SMALL
    with pytest.raises(PabulibError) as caught:
        parse_pabulib(SMALL.replace(old, new, 1), "street.pb")
    text = str(caught.value)
    assert message in text
    assert "\n" not in text
    if "missing" not in message:
        assert text.startswith(f"street.pb:{line}: ")


@pytest.mark.parametrize(
    ("points", "message"),
    [("1", "2 projects but 1 points"), ("1,x", "points 'x' is not"), ("1,-1", "are negative")],
)
def test_wrong_points(points: str, message: str) -> None:
    text = SMALL.replace("approval", "cumulative")
    text = text[: text.index("voter_id")] + f"voter_id;vote;points\nv0;;\nv1;1,2;{points}\n"
    with pytest.raises(PabulibError) as caught:
        parse_pabulib(text, "f.pb")
    assert str(caught.value).startswith("f.pb:14: ")
    assert message in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for name, content in (("absent.pb", None), ("latin.pb", "META\nunit;Łódź".encode("cp1250"))):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(PabulibError) as caught:
            read_pabulib(path)
        assert str(caught.value).startswith(str(path))
    with pytest.raises(PabulibError):
        read_pabulib(tmp_path)


cell = st.text(st.sampled_from('12;,"\n\r abV\ufeff\x00é.-'), max_size=6)
line = st.one_of(
    st.sampled_from([*SMALL.split("\n"), "META", "VOTES", "1;2;3", '"', "voter_id;vote;points"]),
    st.lists(cell, max_size=4).map(";".join),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(line, max_size=25).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    problem = ""
    try:
        parse_pabulib(text)
    except PabulibError as error:
        problem = str(error)
    assert "\n" not in problem


@pytest.mark.parametrize("blank", [";", " ; ", "\t", ";;", "\xa0;"])
def test_a_row_of_nothing_is_no_ballot(blank: str) -> None:
    """Whether the section is read by the quick way or, for its quotes, by the other."""
    for text in (SMALL, SMALL.replace("v1;1,2", 'v1;"1,2"')):
        found = parse_pabulib(text.rstrip("\n") + f"\n{blank}\n")
        assert same_ballots(found, parse_pabulib(SMALL))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 6), cell)
@example(165, 0, ";")
def test_any_damage_is_read_or_refused(position: int, length: int, text: str) -> None:
    damaged = SMALL[:position] + text + SMALL[position + length :]
    try:
        election = parse_pabulib(damaged)
    except PabulibError:
        return
    count(election, Rule("greedy"))
    assert same_ballots(parse_pabulib(write_pabulib(election)), election)


identifier = st.text(
    st.characters(exclude_characters=',;\r\n"\x00', exclude_categories=["Cs"]),
    min_size=1,
    max_size=5,
).filter(lambda text: text == text.strip())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(identifier, st.integers(0, 10**9), min_size=1, max_size=5),
    st.data(),
    st.sampled_from(["approval", "cumulative", "ordinal"]),
)
def test_elections_made_in_code_survive_the_file(
    projects: dict[str, int], data: st.DataObject, ballot_type: str
) -> None:
    names = st.lists(st.sampled_from(sorted(projects)), unique=True)
    rows = data.draw(st.lists(names, max_size=8))
    ballots = [dict.fromkeys(row, 2) if ballot_type == "cumulative" else row for row in rows]
    election = Election.build(
        budget="10.5", projects=list(projects.items()), ballots=ballots, ballot_type=ballot_type
    )
    again = parse_pabulib(write_pabulib(election))
    assert (again.budget, again.scale) == (election.budget, election.scale)
    assert [p.id for p in again.projects] == [p.id for p in election.projects]
    assert again.scores == election.scores
    assert again.voters == election.voters


def test_building_refuses_what_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="unknown project 'b'"):
        Election.build(budget=1, projects=[("a", 1)], ballots=[["b"]])
    with pytest.raises(ValueError, match="twice"):
        Election.build(budget=1, projects=[("a", 1), ("a", 2)], ballots=[])
    with pytest.raises(ValueError, match="negative"):
        Election.build(budget=1, projects=[("a", -1)], ballots=[])
    with pytest.raises(TypeError, match="float"):
        Election.build(budget=1, projects=[("a", 0.1)], ballots=[])  # type: ignore[list-item]
