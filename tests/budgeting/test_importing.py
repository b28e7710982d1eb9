"""Real elections become finished cycles; the shipped ones give the winners of their cities."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import budgeting
from budgeting.allocation import PabulibError, parse_pabulib
from budgeting.models import Award, BallotFile, Cycle, Election
from budgeting.services.counting import sha256_of
from budgeting.services.importing import AlreadyImported, import_pabulib
from participation.models import Dossier, JournalEntry, Territory
from participation.services import first_broken_entry

ELECTIONS = Path(budgeting.__file__).parent / "data" / "elections"
SHIPPED = sorted(path.name for path in ELECTIONS.glob("*.pb"))
# What the town of Świecie announced: 17 of 22 projects.
NOT_IN_SWIECIE = {"c6", "c8", "c15", "c16", "c22"}
SMALL = """META
key;value
description;Small town 2023
country;Poland
unit;Small town
instance;2023
num_projects;3
num_votes;4
budget;100
vote_type;approval
rule;greedy
date_begin;01.06.2023
date_end;10.06.2023
PROJECTS
project_id;cost;name;latitude;longitude;selected
A;60;=Trees;52.5;21.0;1
B;50;Benches;99;0;0
C;40;Łąka;;;1
VOTES
voter_id;vote
1;A,C
2;A
3;B
4;C
"""
pytestmark = pytest.mark.django_db


def test_three_elections_are_shipped_with_their_licence() -> None:
    assert len(SHIPPED) == 3
    assert "MIT" in (ELECTIONS / "LICENSE.MIT").read_text()


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_elections_give_the_winners_that_the_cities_announced(name: str) -> None:
    text = (ELECTIONS / name).read_text(encoding="utf-8")
    cycle = import_pabulib(text=text, name=name, source_note="Shipped.")
    election = Election.objects.get(envelope__cycle=cycle)
    tally = election.tallies.get(is_official=True)
    parsed = parse_pabulib(text)
    announced = parsed.selected_by_city()
    if announced is None:  # the one file that leaves the city's decision out
        assert name == "poland_swiecie_2023.pb"
        announced = [project.id for project in parsed.projects if project.id not in NOT_IN_SWIECIE]
    assert set(tally.result["winners"]) == set(announced)
    assert election.state == Election.State.PUBLISHED
    assert election.shortlist.count() == len(parsed.projects)
    assert election.ballot_file.number_of_ballots == parsed.voters
    awards = Award.objects.filter(tally=tally).order_by("position")
    assert [award.proposal.shortlist_entries.get().project_id for award in awards] == (
        tally.result["winners"]
    )
    assert election.ballot_file.sha256 == sha256_of(text) == tally.input_sha256


def imported() -> Cycle:
    return import_pabulib(text=SMALL, name="small.pb", source_note="From a test.")


def test_everything_the_file_says_is_kept() -> None:
    cycle = imported()
    assert (cycle.slug, cycle.year, cycle.currency) == ("small-town-2023", 2023, "PLN")
    assert cycle.is_imported
    assert cycle.dossier.title == "Small town 2023"
    assert cycle.dossier.published_at is not None
    assert cycle.dossier.territory.name_kk == "Small town"
    assert cycle.dossier.territory.parent.name_kk == "Poland"
    election = cycle.envelopes.get().election
    assert f"{election.opens_at:%Y-%m-%d}" in ("2023-05-31", "2023-06-01")
    rows = cycle.proposals.order_by("number")
    assert [(p.cost, p.latitude, p.longitude) for p in rows] == [
        (60, 52.5, 21.0),
        (50, None, None),  # no place on earth has that latitude
        (40, None, None),
    ]
    assert {text.language for p in rows for text in p.dossier.texts.all()} == {"pl"}
    assert BallotFile.objects.get(election=election).text == SMALL
    assert JournalEntry.objects.filter(kind="budgeting.election_imported").count() == 1
    assert first_broken_entry() is None


def test_an_election_is_imported_once() -> None:
    imported()
    before = Dossier.objects.count(), JournalEntry.objects.count()
    with pytest.raises(AlreadyImported, match="small-town-2023"):
        imported()
    assert (Dossier.objects.count(), JournalEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("budget;100", "budget;a lot"),
        ("A;60", "A;none"),
        ("4;C", "4;D"),
        ("VOTES", "BALLOTS"),
        ("rule;greedy", "rule;nobody-knows-this-one"),
    ],
)
def test_a_bad_file_writes_nothing(old: str, new: str) -> None:
    before = Dossier.objects.count(), Cycle.objects.count(), Territory.objects.count()
    with pytest.raises((PabulibError, ValueError)):
        import_pabulib(text=SMALL.replace(old, new), name="bad.pb", source_note="x")
    assert (Dossier.objects.count(), Cycle.objects.count(), Territory.objects.count()) == before


def test_a_known_place_is_used(city: Territory) -> None:
    cycle = import_pabulib(text=SMALL, name="s.pb", source_note="x", territory=city)
    assert cycle.dossier.territory == city
    assert not Territory.objects.filter(slug="small-town").exists()


# --- The command --------------------------------------------------------------------------------


def test_the_command_prints_where_to_read_the_result(tmp_path: Path) -> None:
    path = tmp_path / "small.pb"
    path.write_text(SMALL, encoding="utf-8")
    out = StringIO()
    call_command("import_pabulib", path, stdout=out)
    assert out.getvalue() == "/en/budgeting/small-town-2023/results/\n"
    assert "small.pb" in Cycle.objects.get().source_note


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL.replace("4;C", "4;D"), "bad.pb:"),
        (SMALL.replace("rule;greedy", "rule;unheard-of"), "bad.pb:"),
        ("", "bad.pb:"),
    ],
)
def test_the_command_names_the_file_and_the_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.pb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=words) as refused:
        call_command("import_pabulib", path, stdout=StringIO())
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value).strip()
    assert Cycle.objects.count() == 0


def test_the_command_says_what_was_imported_already(tmp_path: Path) -> None:
    imported()
    path = tmp_path / "small.pb"
    path.write_text(SMALL, encoding="utf-8")
    with pytest.raises(CommandError, match="has been imported already"):
        call_command("import_pabulib", path, stdout=StringIO())


@pytest.mark.parametrize("option", [["no/such/file.pb"], ["--territory", "atlantis"]])
def test_the_command_refuses_what_does_not_exist(tmp_path: Path, option: list[str]) -> None:
    path = tmp_path / "small.pb"
    path.write_text(SMALL, encoding="utf-8")
    arguments = option if option[0].endswith(".pb") else [str(path), *option]
    with pytest.raises(CommandError) as refused:
        call_command("import_pabulib", *arguments, stdout=StringIO())
    assert refused.value.returncode == 2
