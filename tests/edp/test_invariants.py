"""Invariants that belong to no single part: rules, signals, equal bytes, and what is public.

The whole list, with the test of each, is docs/invariants-discovery.md.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from edp.models import DelphiRating, DiscoveryProcess, Idea, SpecialisationResult, Stage
from edp.services.evaluation.results import publish_report
from edp.services.evidence.datasets import (
    create_dataset,
    keep_draft,
    publish_version,
    upload_draft,
)
from edp.services.gates import waive_condition
from edp.services.processes import freeze_rules
from edp.services.workshops.doors import check_in, check_in_guest, invite
from edp.services.workshops.places import register
from edp.services.workshops.planning import end_workshop
from edp.services.workshops.statements import capture_statement
from participation.models import JournalEntry, Ruleset, Territory
from participation.services.answers import publish_answer
from tests.conftest import as_restore, make_person
from tests.edp.consulting import close, make_consultation, say
from tests.edp.making import make_process
from tests.edp.making_ideas import make_idea
from tests.edp.meetings import make_workshop
from tests.edp.panel import refused_by_database, worked_example
from tests.participation.answers import words

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


# --- I2: rules in use ---------------------------------------------------------------------------


def test_rules_in_use_are_public_and_never_change(city: Territory, bob: User) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    rules = process.ruleset
    rules.data = {"gates": {"min_ideas": 12}}
    rules.save()
    freeze_rules(by=bob, process=process)
    told = JournalEntry.objects.get(kind="edp.rules_frozen", dossier=process.dossier).data
    assert told["values"] == {"gates": {"min_ideas": 12}}
    for statement in (
        "UPDATE participation_ruleset SET data = '{}' WHERE id = %s",
        "UPDATE participation_ruleset SET version = 7 WHERE id = %s",
        "UPDATE participation_ruleset SET frozen_at = NULL WHERE id = %s",
        "DELETE FROM participation_ruleset WHERE id = %s",
    ):
        assert "is frozen" in refused_by_database(statement, [rules.pk])


def test_a_change_of_rules_is_a_version_of_its_own(city: Territory, bob: User) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    freeze_rules(by=bob, process=process)
    rules = process.ruleset
    again = Ruleset(kind=rules.kind, key=rules.key, version=rules.version, name="Other", data={})
    with pytest.raises(IntegrityError, match="ruleset_version_unique"), transaction.atomic():
        again.save()
    again.version += 1
    again.save()
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=Stage.DISCOVERY)
    statement = "UPDATE edp_discoveryprocess SET ruleset_id = %s WHERE id = %s"
    assert "are fixed" in refused_by_database(statement, [again.pk, process.pk])


# --- I13: one rating ----------------------------------------------------------------------------


def test_a_second_rating_of_one_panellist_by_raw_sql(city: Territory) -> None:
    from tests.edp.test_delphi_studies import answer, begin_round, begin_study, make_study

    panel = [make_person(f"p{n}@example.org", f"Panellist {n}") for n in range(8)]
    process = make_process(city, stage=Stage.DISCOVERY)
    study = begin_study(by=None, study=make_study(process, panel))
    begin_round(study)
    answer(study, panel, [5])
    kept = DelphiRating.objects.get()
    said = refused_by_database(
        "INSERT INTO edp_delphirating (id, round_id, statement_id, slot, value, reason, revision)"
        " SELECT gen_random_uuid(), round_id, statement_id, slot, 9, '', 1 FROM edp_delphirating"
        " WHERE id = %s",
        [kept.pk],
    )
    assert "unique" in said


# --- I20: the same inputs are the same bytes ----------------------------------------------------

PROGRAM = """
import json, pathlib
VOTES = "votes_[agree,disagree,pass]"
from edp import datasets, opinion_results, reports
from edp.delphi import Parameters
example = json.loads(pathlib.Path("tests/edp/worked_examples.json").read_text("utf-8"))
table = datasets.read_dataset(pathlib.Path("edp/data/zhambyl_employment.csv").read_text("utf-8"))
rows = example["opinion_groups"]["votes_rows_participants_cols_statements"] * 3
helices = ("government", "business", "academia", "civil_society")
votes = {opinion_results.Vote(f"v{n}", s, helices[n % 4], value)
         for n, row in enumerate(rows) for s, value in enumerate(row, start=1)}
counts = "statement,helix,agree,disagree,pass\\n" + "".join(
    f"{statement},{helix},{','.join(map(str, numbers))}\\n"
    for statement, told in example["helix_informed_consensus"][VOTES].items()
    for helix, numbers in told.items())
ratings = "round,panellist,rating\\n" + "".join(
    f"{n},p{place},{rating}\\n" for n, told in enumerate(example["delphi"]["rounds"].values(), 1)
    for place, rating in enumerate(told["ratings"]))
print(opinion_results.canonical(opinion_results.count(votes, range(1, 9), opinion_results.Rules())))
print(reports.ranking_report(json.dumps(example["mcda"])))
print(reports.consensus_report(counts), reports.delphi_report(ratings, Parameters()))
print(reports.specialisation_report(table, region="KZ-31"))
"""


def test_the_same_inputs_give_the_same_bytes_in_every_process() -> None:
    """Another seed of the hashes orders every set anew."""
    told = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 2000


def pure_modules() -> list[Path]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (pure,) = [each for each in contracts["contracts"] if each["name"].startswith("Pure modules")]
    names = [name for name in pure["source_modules"] if name.startswith("edp.")]
    return [ROOT / f"{name.replace('.', '/')}.py" for name in names]


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: path.stem)
def test_no_published_number_is_drawn_or_timed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    imported = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    imported |= {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}
    assert not imported & {"random", "secrets", "uuid", "time", "numpy.random"}
    named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert not named & {"random", "default_rng", "now", "today"}


# --- I21: a signal moves nothing ----------------------------------------------------------------


@pytest.mark.parametrize("state", ["submitted", "admitted", "scored", "parked", "candidate"])
def test_no_signal_moves_an_idea(city: Territory, bob: User, state: str) -> None:
    assert city.parent is not None
    Territory.objects.filter(pk=city.parent_id).update(iso_code="KZ-31")
    Territory.objects.filter(pk=city.parent.parent_id).update(iso_code="KZ")
    process = make_process(city, stage=Stage.DISCOVERY)
    for activity in ("C20-21", "C10-12", "B", "no such activity"):
        make_idea(process, bob, state=state, activity_codes=[activity])
    before = list(Idea.objects.order_by("pk").values("state", "reason", "is_surprise"))
    entries = JournalEntry.objects.filter(kind__startswith="edp.idea").count()
    dataset = create_dataset(
        by=bob, process=process, name_kk="А", name_ru="А", classification="OKED"
    )
    content = (ROOT / "edp/data/zhambyl_employment.csv").read_bytes()
    draft = upload_draft(
        by=bob,
        dataset=dataset,
        file_name="a.csv",
        content=content,
        retrieved_on=timezone.localdate(),
    )
    publish_version(by=bob, version=keep_draft(by=bob, draft=draft))
    signals = set(SpecialisationResult.objects.values_list("signal", flat=True))
    assert {"strength", "emerging", ""} <= signals
    assert list(Idea.objects.order_by("pk").values("state", "reason", "is_surprise")) == before
    assert JournalEntry.objects.filter(kind__startswith="edp.idea").count() == entries


# --- I19: what is public, and what is not -------------------------------------------------------


def everything_public(start: str) -> dict[str, str]:
    """Every page and file below `start` that links lead a stranger to, with its text."""
    client, found, waiting = Client(), {}, [start]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        found[address] = content.decode("utf-8", "replace")
        links = {
            *re.findall(r'(?:href|src)="([^"#?]+)', found[address]),
            answer.get("Location", ""),
        }
        waiting += [link for link in links - found.keys() if link.startswith(start)]
    return found


def tell(by: User) -> dict[str, object]:
    return {
        "by": by,
        "body": "Steering group",
        "decided_on": timezone.localdate(),
        "reasons": {"kk": "Себебі бар", "ru": "Есть причина", "en": "Because of the flood"},
    }


def test_decisions_waivers_and_interests_are_public_and_people_are_not(
    city: Territory, bob: User, alice: User, charlie: User
) -> None:
    process = make_process(city, stage=Stage.DISCOVERY)
    hall, ahead = make_workshop(process, state="running"), make_workshop(process, capacity=9)
    check_in(by=None, workshop=hall, person=alice)
    check_in_guest(by=None, workshop=hall, helix="academia", name="Zarina Guest")
    invite(by=None, workshop=ahead, helix="business", name="Ivan Invited", email="i@example.org")
    register(person=charlie, workshop=ahead)
    capture_statement(
        by=None, process=process, workshop=hall, kind="need", language="en", has_consent=True,
        text="Nobody buys the gypsum", author=alice,
    )  # fmt: skip
    end_workshop(by=None, workshop=hall)
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=Stage.EVALUATION)
    process.refresh_from_db()
    worked_example(process, bob)
    waive_condition(process=process, condition="reasons", **tell(bob))  # type: ignore[arg-type]
    publish_report(by=bob, process=process)
    pages = everything_public("/en/edp/zhambyl/")
    shown = "\n".join(pages.values())
    assert len(pages) > 15
    for public in ("Nobody buys the gypsum", "Because of the flood", "Works for the plant."):
        assert public in shown, public
    for person in ("Alice", "Charlie", "Zarina Guest", "Ivan Invited", "@example.org"):
        assert [page for page, text in pages.items() if person in text] == [], person
    # Who sits on the panel is public, who gave which score is not.
    assert [page for page, text in pages.items() if "Assessor A" in text] == ["/en/edp/zhambyl/"]


def test_answers_are_public_and_votes_are_nobodys(city: Territory, alice: User, bob: User) -> None:
    from edp.services import consultation as services

    consultation = make_consultation(city)
    comment = say(alice, consultation, "Publish what you emit.")
    due = comment.answers_due.get()
    publish_answer(by=None, answer_due=due, words=words("rejected", reasoning_ru="Закон молчит."))
    texts = {"kk": "Жариялансын", "ru": "Публиковать", "en": "Publish monthly"}
    statement = services.add_statement(by=None, consultation=consultation, texts=texts)
    voters = [make_person(f"voter{n}@example.org", f"Voter {n}") for n in range(6)]
    for person in voters:
        services.vote_on_statement(by=person, statement=statement, value=1)
    close(consultation)
    services.publish_report(by=None, consultation=consultation)
    pages = everything_public("/ru/edp/zhambyl/")
    shown = "\n".join(pages.values())
    assert "Publish what you emit." in shown
    assert "Закон молчит." in shown
    for person in ("Voter", "@example.org"):
        assert [page for page, text in pages.items() if person in text] == [], person
