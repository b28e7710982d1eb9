"""Results: the explanation is that of the tally, and the downloads count to the same winners."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from budgeting.allocation import count, parse_pabulib
from budgeting.models import Election
from budgeting.services.counting import official_rule, sha256_of
from budgeting.services.importing import import_pabulib
from tests.budgeting.ballot_box import make_voters
from tests.budgeting.pages import SLUG, body, decide, page
from tests.conftest import Make

BALLOTS = [["1", "2"]] * 9 + [["1"]] * 6 + [["3"]] * 8 + [["2", "4"]] * 5
PAGES = ("ballots-pb", "tally-json", "tally-csv", "openings-jsonl")


@pytest.fixture
def decided(election: Election, bob: User) -> Election:
    make_voters(election, 12)  # who did not vote counts for the turnout
    return decide(election, bob, BALLOTS)


@pytest.fixture
def shown(client: Client, decided: Election) -> Any:
    (result,) = client.get(page("results-detail", SLUG)).context["results"]
    return result


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_page_shows_what_the_tally_says(shown: Any, decided: Election) -> None:
    tally = decided.tallies.get(is_official=True).result
    assert [row.entry.project_id for row in shown.winners] == tally["winners"]
    assert [row.position for row in shown.winners] == list(range(1, len(shown.winners) + 1))
    losers = {row.entry.project_id for row in shown.losers}
    assert losers | set(tally["winners"]) == {"1", "2", "3", "4"}
    assert shown.cost == sum(row.entry.cost for row in shown.winners) == tally["cost"]
    assert shown.left == 1000 - shown.cost
    assert shown.winners[-1].left == shown.left
    assert shown.ballots == len(BALLOTS)
    assert shown.entitled == len(BALLOTS) + 12 + 1  # Alice is on the roll, too
    assert shown.turnout_percent == round(100 * 28 / 41)
    votes = {row.entry.project_id: row.votes for row in [*shown.winners, *shown.losers]}
    assert votes == {"1": "15", "2": "14", "3": "8", "4": "5"}


def test_every_loser_has_its_reason_in_words(client: Client, shown: Any) -> None:
    seen = body(client.get(page("results-detail", SLUG)))
    assert shown.losers
    for row in shown.losers:
        assert row.reason
        assert row.reason in seen.replace("&#x27;", "'")
        assert "%(" not in row.reason
    assert all(not row.reason for row in shown.winners)


def test_every_other_rule_is_compared_project_by_project(shown: Any, decided: Election) -> None:
    winners = set(decided.tallies.get(is_official=True).result["winners"])
    theirs = {
        str(tally.result["winners"]): tally for tally in decided.tallies.filter(is_official=False)
    }
    assert len(shown.others) == decided.tallies.count() - 1 >= 2
    for other in shown.others:
        added = {entry.project_id for entry in other.added}
        dropped = {entry.project_id for entry in other.dropped}
        result = (winners | added) - dropped
        assert not (added & winners)
        assert dropped <= winners
        assert any(result == set(tally.result["winners"]) for tally in theirs.values())
        assert other.number == len(result)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_opens_in_three_languages(
    client: Client, decided: Election, language: str
) -> None:
    answer = client.get(page("results-detail", SLUG, language=language))
    assert answer.status_code == 200
    for row in [*answer.context["results"][0].winners, *answer.context["results"][0].losers]:
        assert row.entry.proposal.dossier.title in body(answer)


def test_results_that_are_not_there_yet_are_announced(client: Client, election: Election) -> None:
    answer = client.get(page("results-detail", SLUG))
    assert answer.status_code == 404
    assert "Nothing is decided yet." in body(answer)


# --- Downloads ----------------------------------------------------------------------------------


def test_the_published_file_is_the_counted_one(client: Client, decided: Election) -> None:
    file = content(client.get(page("ballots-pb", SLUG, 1)))
    assert file == decided.ballot_file.text.encode()
    tally = decided.tallies.get(is_official=True)
    assert sha256_of(file.decode()) == tally.input_sha256 == decided.ballot_file.sha256
    assert tally.input_sha256 in body(client.get(page("results-detail", SLUG)))


def test_anyone_counts_the_published_file_to_the_same_winners(
    client: Client, decided: Election, tmp_path: Path
) -> None:
    path = tmp_path / "ballots.pb"
    path.write_bytes(content(client.get(page("ballots-pb", SLUG, 1))))
    out = io.StringIO()
    call_command("tally", str(path), "--json", stdout=out)
    counted = json.loads(out.getvalue())
    official = decided.tallies.get(is_official=True).result
    assert counted["winners"] == official["winners"]
    assert (counted["cost"], counted["budget"]) == (official["cost"], official["budget"])
    again = count(parse_pabulib(path.read_text(encoding="utf-8")), official_rule(decided))
    assert list(again.winners) == official["winners"]


def test_the_count_as_json(client: Client, decided: Election) -> None:
    answer = client.get(page("tally-json", SLUG, 1))
    data = answer.json()
    tally = decided.tallies.get(is_official=True)
    assert answer["Content-Type"] == "application/json"
    assert data["official"]["winners"] == tally.result["winners"]
    assert data["official"]["rule"] == tally.result.get("rule", tally.rule)
    assert data["input_sha256"] == tally.input_sha256
    assert data["ballots"] == len(BALLOTS)
    assert len(data["other_rules"]) == decided.tallies.count() - 1


def test_the_result_as_a_table(client: Client, decided: Election) -> None:
    answer = client.get(page("tally-csv", SLUG, 1, language="kk"))
    assert answer["Content-Disposition"] == f'attachment; filename="{SLUG}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    won = [row["project_id"] for row in rows if row["won"] == "1"]
    assert won == decided.tallies.get(is_official=True).result["winners"]
    assert {row["title"] for row in rows} == {f"Жоба {n}" for n in (1, 2, 3, 4)}
    assert all(row["reason"] for row in rows if row["won"] == "0")
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_title_is_a_formula(client: Client, decided: Election, title: str) -> None:
    text = decided.shortlist.first().proposal.dossier.texts.get(language="en")
    type(text).objects.filter(pk=text.pk).update(title=title)
    rows = list(csv.reader(io.StringIO(client.get(page("tally-csv", SLUG, 1)).content.decode())))
    assert f"'{title}" in [row[1] for row in rows]


def test_every_opened_ballot_stands_in_the_file(client: Client, decided: Election) -> None:
    lines = content(client.get(page("openings-jsonl", SLUG, 1))).decode().splitlines()
    assert json.loads(lines[0]) == {"election": decided.pk}
    opened = sorted(json.loads(line)["choices"] for line in lines[1:])
    assert opened == sorted(BALLOTS)


def test_the_log_lists_every_commitment(client: Client, decided: Election) -> None:
    rows = list(csv.reader(io.StringIO(content(client.get(page("log-csv", SLUG, 1))).decode())))
    assert rows[0] == ["epoch", "commitment", "supersedes"]
    assert sorted(row[1] for row in rows[1:]) == sorted(
        decided.leaves.values_list("commitment", flat=True)
    )
    seen = body(client.get(page("log-detail", SLUG, 1)))
    assert decided.epochs.last().head in seen
    assert page("openings-jsonl", SLUG, 1) in seen


# --- Few ballots --------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "status"), [(19, 404), (20, 200)])
def test_few_ballots_are_counted_but_not_listed(
    client: Client, election: Election, bob: User, number: int, status: int
) -> None:
    decide(election, bob, [["1"]] * number)
    assert client.get(page("ballots-pb", SLUG, 1)).status_code == status
    assert client.get(page("openings-jsonl", SLUG, 1)).status_code == status
    for name in ("tally-json", "tally-csv", "log-csv", "log-detail"):
        assert client.get(page(name, SLUG, 1)).status_code == 200
    seen = body(client.get(page("results-detail", SLUG)))
    log = body(client.get(page("log-detail", SLUG, 1)))
    is_listed = status == 200
    assert (page("ballots-pb", SLUG, 1) in seen) is is_listed
    assert ("With fewer than 20 ballots the list is not published" in seen) is not is_listed
    assert (page("openings-jsonl", SLUG, 1) in log) is is_listed


def test_nobody_voted_is_a_result_too(client: Client, election: Election, bob: User) -> None:
    decide(election, bob, [])
    answer = client.get(page("results-detail", SLUG))
    assert answer.status_code == 200
    (result,) = answer.context["results"]
    assert result.ballots == 0
    assert len(result.winners) + len(result.losers) == 4


# --- A budget of several envelopes, and one of another city -------------------------------------


@pytest.mark.django_db
def test_an_imported_result_names_what_its_city_announced(client: Client) -> None:
    from tests.budgeting.test_importing import SMALL

    import_pabulib(text=SMALL, name="small.pb", source_note="From a test.")
    answer = client.get(page("results-detail", "small-town-2023"))
    (result,) = answer.context["results"]
    assert result.matches_announced is True
    assert (result.entitled, result.turnout_percent) == (None, None)
    assert "the winners are the ones the city announced" in body(answer)


def test_results_of_a_draft_are_nobodys(client: Client, decided: Election) -> None:
    dossier = decided.envelope.cycle.dossier
    type(dossier).objects.filter(pk=dossier.pk).update(published_at=None)
    for name in PAGES:
        assert client.get(page(name, SLUG, 1)).status_code == 404
    assert client.get(page("results-detail", SLUG)).status_code == 404


def test_two_elections_do_not_mix(
    client: Client, decided: Election, make_cycle: Make, bob: User
) -> None:
    make_cycle("taraz-2028")
    assert client.get(page("tally-json", "taraz-2028", 1)).status_code == 404
    assert client.get(page("tally-json", SLUG, 2)).status_code == 404
