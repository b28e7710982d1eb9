"""Graded and ranked votes from the booth to the page of results, checked by anyone."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from budgeting.allocation import parse_pabulib
from budgeting.models import Ballot, Election
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.voting import cast_ballot
from tests.budgeting.ballot_box import make_voters
from tests.budgeting.pages import SLUG, body, page
from tests.budgeting.test_verify_ballots import _published
from tests.conftest import RULES, pass_deadline

pytestmark = pytest.mark.django_db

#: Project 2 is loved by most and refused by many, 1 liked by nearly all, 4 by a few, 3 by none.
GRADES = [{"1": 2, "2": 3}] * 9 + [{"1": 2, "2": 0, "4": 1}] * 11 + [{"3": 0, "1": 1}] * 4


@pytest.fixture
def decided(make_cycle: Any, bob: User, alice: User) -> Any:
    def decide(ballots: list[Any], **rules: Any) -> tuple[Election, list[str]]:
        cycle = make_cycle(rules={**RULES, **rules})
        election = freeze_election(by=bob, election=cycle.envelopes.get().election)
        told = [
            cast_ballot(voter=voter, election=election, choices=ballot, request="f").commitment
            for voter, ballot in zip(make_voters(election, len(ballots)), ballots, strict=True)
        ]
        advance_election(pass_deadline(election))
        publish_results(by=bob, election=election)
        election.refresh_from_db()
        return election, told

    return decide


def test_grades_are_counted_published_and_proved(decided: Any, tmp_path: Path) -> None:
    election, told = decided(GRADES, ballot="graded", count={"method": "majority-judgement"})
    result = election.tallies.get(is_official=True).result
    # 1: grade 2 (20 of 24); 2: 9 × 3, 15 × 0 and so grade 0; 4: 11 × 1, 13 × 0; 3: 24 × 0.
    assert result["facts"]["profiles"]["1"] == {"counts": [0, 4, 20, 0], "grade": 2, "place": 1}
    assert result["facts"]["profiles"]["2"]["counts"] == [15, 0, 0, 9]
    assert result["winners"] == ["1", "4", "2"]
    parsed = parse_pabulib(election.ballot_file.text)
    assert (parsed.ballot_type, parsed.meta["max_points"]) == ("scoring", "3")
    files = _published(election, told[0], "")
    rows = list(csv.reader(files.ballots.splitlines(), delimiter=";"))
    assert ["voter_id", "vote", "points"] in rows
    checked = files.check(tmp_path)
    assert checked.stdout.splitlines()[-1] == "CORRECT", checked.stdout + checked.stderr


def test_the_published_file_gives_the_same_result_to_anyone(
    decided: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    election, _ = decided(GRADES, ballot="graded", count={"method": "majority-judgement"})
    path = tmp_path / "almaty.pb"
    path.write_text(election.ballot_file.text)
    call_command("tally", str(path), "--json")
    counted = json.loads(capsys.readouterr().out)
    official = election.tallies.get(is_official=True).result
    assert counted["winners"] == official["winners"]
    assert counted["facts"] == official["facts"]


def test_an_order_is_counted_by_its_points_and_proved(decided: Any, tmp_path: Path) -> None:
    ballots = [["4", "1"]] * 8 + [["1", "3", "2"]] * 7 + [["2"]] * 6
    election, told = decided(
        ballots,
        ballot="ranked",
        max_choices=3,
        position_points=[5, 3, 1],
        count={"method": "greedy"},
    )
    parsed = parse_pabulib(election.ballot_file.text)
    assert parsed.ballot_type == "ordinal"
    assert dict(zip((p.id for p in parsed.projects), parsed.scores, strict=True)) == {
        "1": 8 * 3 + 7 * 5, "2": 7 + 6 * 5, "3": 7 * 3, "4": 8 * 5,
    }  # fmt: skip
    assert election.tallies.get(is_official=True).result["winners"] == ["1", "4", "2"]
    checked = _published(election, told[3], "").check(tmp_path)
    assert checked.stdout.splitlines()[-1] == "CORRECT", checked.stdout + checked.stderr


def test_how_many_one_graded_does_not_show_in_the_sealed_body(
    make_cycle: Any, bob: User, alice: User
) -> None:
    cycle = make_cycle(
        rules={**RULES, "ballot": "graded", "count": {"method": "majority-judgement"}},
        costs=tuple(range(100, 160)),
        amount=100_000,
    )
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    one, all_of_them = make_voters(election, 2)
    full = {entry.project_id: 0 for entry in election.shortlist.all()}
    cast_ballot(voter=one, election=election, choices={"1": 3}, request="f")
    cast_ballot(voter=all_of_them, election=election, choices=full, request="f")
    assert len({len(bytes(ballot.body)) for ballot in Ballot.objects.all()}) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_shows_every_grade_and_what_broke_a_tie(
    decided: Any, language: str, client: Client
) -> None:
    decided(GRADES, ballot="graded", count={"method": "majority-judgement", "threshold": 5})
    answer = client.get(page("results-detail", SLUG, language=language))
    (result,) = answer.context["results"]
    assert [row.entry.project_id for row in result.grades] == ["1", "4", "2", "3"]
    assert [row.place for row in result.grades] == [1, 2, 3, None]
    assert result.grades[0].counts == [0, 20, 4, 0]
    assert sum(part.width for part in result.grades[0].segments) == 590
    text = body(answer)
    assert text.count('class="grade-') >= 7
    if language == "en":
        # 24 voters: 4 has 11 × 1 and 13 × 0, 2 has 9 × 3 and 15 × 0.
        assert "with 3 middle grades taken away from each" in text
        assert "“Why not” here stands against “Not convinced” there" in text
        assert "Votes: 0; the threshold: 5." in text


def test_the_table_of_the_result_has_the_grades(decided: Any, client: Client) -> None:
    decided(GRADES, ballot="graded", count={"method": "majority-judgement"})
    text = client.get(page("tally-csv", SLUG, 1)).content.decode("utf-8-sig")
    grades = {row["project_id"]: row["grade"] for row in csv.DictReader(text.splitlines())}
    refused = "Not convinced"
    assert grades == {"1": "I like it", "2": refused, "3": refused, "4": refused}
