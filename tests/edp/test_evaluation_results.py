"""From sheets to results, to a report that never changes, to a decision: the worked example."""

import json
import random
import threading
from datetime import date
from fractions import Fraction
from typing import Any

import krippendorff
import numpy as np
import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from edp import gates
from edp.agreement import krippendorff_alpha
from edp.evaluation import canonical
from edp.facts.evaluation import facts_of
from edp.models import (
    Assignment,
    Decision,
    DiscoveryProcess,
    EvaluationException,
    EvaluationReport,
    Idea,
    Priority,
    Selection,
    Stage,
)
from edp.reports import ranking_report
from edp.services.evaluation.panel import declare_interest, reopen
from edp.services.evaluation.refusals import (
    AlreadyExcused,
    DepartureUnexplained,
    NoCandidates,
    NoReport,
    NotEveryIdea,
    NothingNew,
    NothingToPublish,
    ReasonMissing,
    TextsMissing,
    TooManyPriorities,
)
from edp.services.evaluation.results import publish_report, results_of
from edp.services.evaluation.selection import (
    Act,
    Candidate,
    Choice,
    excuse_idea,
    ideas_to_decide,
    select_priorities,
)
from participation.models import DossierLink, Event, Ruleset, Territory
from participation.services import Wording
from tests.conftest import as_restore, make_person
from tests.edp.making import make_process
from tests.edp.making_ideas import make_idea
from tests.edp.panel import MCDA, TOMORROW, person_of, refused_by_database, worked_example

pytestmark = pytest.mark.django_db
Tasks = dict[tuple[str, str], Assignment]
REASONS = {"kk": "Негіздер", "ru": "Причины", "en": "Reasons"}
ACT = Act("Evaluation panel", date(2026, 1, 15), REASONS, (3, 0, 1))


@pytest.fixture
def example(process: DiscoveryProcess, organiser: User) -> tuple[dict[str, Idea], Tasks]:
    return worked_example(process, organiser)


@pytest.fixture
def ideas(example: tuple[dict[str, Idea], Tasks]) -> dict[str, Idea]:
    return example[0]


@pytest.fixture
def tasks(example: tuple[dict[str, Idea], Tasks]) -> Tasks:
    return example[1]


@pytest.fixture
def report(process: DiscoveryProcess, ideas: dict[str, Idea], organiser: User) -> EvaluationReport:
    return publish_report(by=organiser, process=process)


def candidate(*ideas: Idea) -> Candidate:
    return Candidate(
        list(ideas), "proven", "modernise", [Wording("kk", "Басымдық"), Wording("ru", "Приоритет")]
    )


def choice(ideas: dict[str, Idea], *names: str, **departure: str) -> Choice:
    return Choice(
        [candidate(ideas[name]) for name in names],
        {idea: "No pledge." for name, idea in ideas.items() if name not in names},
        departure,
    )


# --- Results ------------------------------------------------------------------------------------


def test_the_table_of_the_worked_example_to_the_digit(
    report: EvaluationReport, ideas: dict[str, Idea]
) -> None:
    rows = {row["idea"]: row for row in report.data["results"]["ranking"]}
    for name, expected in MCDA["expected"].items():
        row = rows[ideas[name].dossier.reference]
        assert row["score"] == str(Fraction(expected["score"]))
        assert f"{float(Fraction(row['percent'])):.4f}" == f"{expected['pct']:.4f}"
        assert Fraction(row["coverage"]) == Fraction(str(expected["coverage"]))
        assert row["assessors"] == expected["assessors"]
        assert row["publishable"] is expected["publishable"]
    assert [rows[ideas[name].dossier.reference]["place"] for name in ideas] == [1, 2, 3, None]
    assert rows[ideas["P4"].dossier.reference]["why_withheld"] == "few_assessors"


def test_the_first_place_depends_on_one_assessor(
    report: EvaluationReport, ideas: dict[str, Idea]
) -> None:
    found = report.data["results"]
    assert found["deciding_assessors"] == ["A1"]
    without = found["leave_one_out"]["A1"]
    assert without[ideas["P2"].dossier.reference] == "81/20"  # 4.05
    assert without[ideas["P1"].dossier.reference] == "79/20"  # 3.95
    leads = {row["first"] for row in found["sensitivity"]}
    assert leads == {ideas["P1"].dossier.reference}
    smallest = min(Fraction(row["lead"]) for row in found["sensitivity"])
    assert round(float(smallest), 4) == 0.0263


def test_anybody_can_compute_the_results_again(report: EvaluationReport) -> None:
    data = report.data
    again = ranking_report(json.dumps(data["input"]))
    told = data["results"]
    assert str(again["alpha"]) == told["alpha"]
    assert [row["idea"] for row in again["ranking"]] == [row["idea"] for row in told["ranking"]]
    assert [str(row["score"]) for row in again["ranking"]] == [
        row["score"] for row in told["ranking"]
    ]
    assert data["input"]["weights"] == ["0.25", "0.2", "0.2", "0.1", "0.15", "0.1"]


def test_the_same_sheets_give_the_same_bytes(
    process: DiscoveryProcess, report: EvaluationReport
) -> None:
    assert canonical(results_of(process)) == (report.body, report.sha256)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_agrees_with_an_independent_package(level: str) -> None:
    chance = random.Random(7)
    for _ in range(60):
        raters, units = chance.randint(2, 5), chance.randint(3, 12)
        rows = [[chance.choice([None, *range(6)]) for _ in range(units)] for _ in range(raters)]
        ours = krippendorff_alpha(rows, level)
        values = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
        if ours is None:
            continue
        theirs = krippendorff.alpha(
            reliability_data=values, level_of_measurement=level, value_domain=list(range(6))
        )
        assert float(ours) == pytest.approx(theirs, abs=1e-9)


def test_an_idea_that_somebody_still_judges_has_no_results(
    process: DiscoveryProcess, ideas: dict[str, Idea], tasks: Tasks, organiser: User
) -> None:
    reopen(by=organiser, assignment=tasks["P1", "A2"], reason="New figures.", due_on=TOMORROW)
    found = results_of(process)
    assert ideas["P1"].dossier.reference not in json.dumps(found)
    assert ideas["P2"].dossier.reference in found["input"]["scores"]


def test_a_late_interest_takes_the_idea_out_until_the_ruling(
    process: DiscoveryProcess, ideas: dict[str, Idea], tasks: Tasks
) -> None:
    task = tasks["P2", "A1"]
    declare_interest(
        by=person_of(task), assignment=task, nature="competitor", public_summary="A rival."
    )
    assert ideas["P2"].dossier.reference not in results_of(process)["input"]["scores"]


def test_nothing_is_published_without_whole_sheets(
    process: DiscoveryProcess, organiser: User, tasks: Tasks
) -> None:
    for name in ("P1", "P2", "P3", "P4"):
        task = next(t for (i, _), t in tasks.items() if i == name and _is_locked(t))
        reopen(by=organiser, assignment=task, reason="Again.", due_on=TOMORROW)
    with pytest.raises(NothingToPublish):
        publish_report(by=organiser, process=process)


def _is_locked(task: Assignment) -> bool:
    task.refresh_from_db()
    return task.state == Assignment.State.LOCKED


def test_a_report_marks_ideas_as_evaluated_and_never_changes(
    process: DiscoveryProcess, report: EvaluationReport, organiser: User
) -> None:
    assert set(process.ideas.values_list("state", flat=True)) == {"scored"}
    assert Event.objects.filter(kind="evaluation_published").count() == 1
    with pytest.raises(NothingNew):
        publish_report(by=organiser, process=process)
    for change in ("body = '{}'", "version = 2", "published_by_id = NULL"):
        refused_by_database(f"UPDATE edp_evaluationreport SET {change}", [])
    refused_by_database("DELETE FROM edp_evaluationreport", [])
    refused_by_database("TRUNCATE edp_evaluationreport CASCADE", [])
    refused_by_database(
        "INSERT INTO edp_evaluationreport (process_id, version, body, sha256, published_at)"
        " VALUES (%s, 2, '{}', %s, now())",
        [process.pk, "0" * 64],
    )


@pytest.mark.django_db(transaction=True)
def test_two_organisers_publish_one_report(
    process: DiscoveryProcess, organiser: User, ideas: dict[str, Idea]
) -> None:
    start, refused = threading.Barrier(2), []

    def publish() -> None:
        start.wait()
        try:
            publish_report(by=organiser, process=process)
        except NothingNew:
            refused.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [1]
    assert EvaluationReport.objects.count() == 1


# --- Decision -----------------------------------------------------------------------------------


def test_candidates_follow_from_a_decision(
    process: DiscoveryProcess, report: EvaluationReport, organiser: User, ideas: dict[str, Idea]
) -> None:
    waiting = {idea.pk: idea for idea in ideas_to_decide(process)}
    named = {name: waiting[idea.pk] for name, idea in ideas.items()}
    made = select_priorities(
        by=organiser, process=process, act=ACT, choice=choice(named, "P1", "P2", "P3")
    )
    assert [priority.number for priority in made] == [1, 2, 3]
    assert Selection.objects.get().departs is False
    decision = Decision.objects.get(kind="select")
    assert (decision.votes_for, decision.abstentions) == (3, 1)
    states = dict(process.ideas.values_list("number", "state"))
    assert list(states.values()) == ["candidate"] * 3 + ["parked"]
    assert Idea.objects.get(pk=ideas["P4"].pk).reason == "No pledge."
    first = Priority.objects.get(number=1)
    assert list(first.ideas.all()) == [ideas["P1"]]
    assert first.dossier.published_at is not None
    links = DossierLink.objects.filter(relation="led_to", target__priority__isnull=False)
    assert links.count() == 3
    assert not ideas_to_decide(process)


@pytest.mark.parametrize("names", [("P2",), ("P1", "P3"), ("P1", "P4")])
def test_departing_from_the_ranking_needs_its_reasons(
    process: DiscoveryProcess,
    report: EvaluationReport,
    organiser: User,
    ideas: dict[str, Idea],
    names: tuple[str, ...],
) -> None:
    for departure in ({}, {"kk": "Себебі", "ru": " "}):
        with pytest.raises(DepartureUnexplained):
            select_priorities(
                by=organiser, process=process, act=ACT, choice=choice(ideas, *names, **departure)
            )
    assert not Decision.objects.filter(kind="select").exists()
    select_priorities(
        by=organiser,
        process=process,
        act=ACT,
        choice=choice(ideas, *names, kk="Себебі", ru="Потому что"),
    )
    selection = Selection.objects.get()
    assert (selection.departs, selection.departure_ru) == (True, "Потому что")
    refused_by_database("UPDATE edp_selection SET departure_ru = ''", [])
    refused_by_database(
        "INSERT INTO edp_selection (decision_id, report_id, departs, departure_kk, departure_ru,"
        " departure_en) SELECT decision_id, report_id, true, '', '', '' FROM edp_selection",
        [],
    )


def test_every_idea_left_needs_a_reason(
    process: DiscoveryProcess, report: EvaluationReport, organiser: User, ideas: dict[str, Idea]
) -> None:
    whole = choice(ideas, "P1", "P2")
    wrong: list[tuple[type[Exception], Choice]] = [
        (NoCandidates, choice(ideas)),
        (NotEveryIdea, Choice(whole.candidates, {ideas["P3"]: "No."})),
        (NotEveryIdea, Choice(whole.candidates, {**whole.parked, ideas["P1"]: "No."})),
        (ReasonMissing, Choice(whole.candidates, dict.fromkeys(whole.parked, " "))),
        (
            TextsMissing,
            Choice(
                [
                    candidate(ideas["P1"]),
                    Candidate([ideas["P2"]], "proven", "found", [Wording("ru", "Один")]),
                ],
                whole.parked,
            ),
        ),
    ]
    for refusal, given in wrong:
        with pytest.raises(refusal):
            select_priorities(by=organiser, process=process, act=ACT, choice=given)
    assert not Priority.objects.exists()
    assert not Decision.objects.exists()


def test_no_more_candidates_than_the_rules_allow(
    city: Territory, organiser: User, process: DiscoveryProcess, ideas: dict[str, Idea]
) -> None:
    with pytest.raises(NoReport):
        select_priorities(by=organiser, process=process, act=ACT, choice=choice(ideas, "P1"))
    publish_report(by=organiser, process=process)
    strict = Ruleset.objects.create(
        kind="edp.process", key="strict", name="Strict", data={"gates": {"max_priorities": 1}}
    )
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(ruleset=strict)
    fresh = DiscoveryProcess.objects.get(pk=process.pk)
    with pytest.raises(TooManyPriorities):
        select_priorities(by=organiser, process=fresh, act=ACT, choice=choice(ideas, "P1", "P2"))


def test_several_ideas_may_make_one_priority(
    process: DiscoveryProcess, report: EvaluationReport, organiser: User, ideas: dict[str, Idea]
) -> None:
    both = Choice([candidate(ideas["P1"], ideas["P2"])], {ideas["P3"]: "No.", ideas["P4"]: "No."})
    (made,) = select_priorities(by=organiser, process=process, act=ACT, choice=both)
    assert made.ideas.count() == 2


# --- The gate -----------------------------------------------------------------------------------


def missing(process: DiscoveryProcess) -> set[str]:
    fresh = DiscoveryProcess.objects.get(pk=process.pk)
    return {c.code for c in gates.evaluation(facts_of(fresh)) if not c.is_met}


def test_the_gate_asks_for_everything(
    process: DiscoveryProcess, organiser: User, ideas: dict[str, Idea]
) -> None:
    assert missing(process) == {"assessments", "agreement", "candidates", "reasons"}
    publish_report(by=organiser, process=process)
    assert missing(process) == {"assessments", "candidates", "reasons"}
    excuse_idea(by=organiser, process=process, idea=ideas["P4"], act=ACT)
    with pytest.raises(AlreadyExcused):
        excuse_idea(by=organiser, process=process, idea=ideas["P4"], act=ACT)
    assert EvaluationException.objects.get().decision.kind == "exception"
    assert missing(process) == {"candidates", "reasons"}
    select_priorities(
        by=organiser, process=process, act=ACT, choice=choice(ideas, "P1", "P2", "P3")
    )
    assert missing(process) == set()


def test_the_gate_of_a_process_without_criteria(city: Territory) -> None:
    bare = make_process(city, slug="bare", stage=Stage.EVALUATION)
    make_idea(bare, state=Idea.State.ADMITTED)
    assert missing(bare) == {"assessments", "weights", "agreement", "candidates", "reasons"}


def test_the_proposer_is_told(
    process: DiscoveryProcess, report: EvaluationReport, organiser: User, ideas: dict[str, Idea]
) -> None:
    author = make_person("author@example.org", "Author")
    Idea.objects.filter(pk=ideas["P4"].pk).update(proposer=author)
    fresh = {name: Idea.objects.get(pk=idea.pk) for name, idea in ideas.items()}
    select_priorities(
        by=organiser, process=process, act=ACT, choice=choice(fresh, "P1", "P2", "P3")
    )
    event = Event.objects.get(kind="idea_decided", dossier=ideas["P4"].dossier)
    told: Any = event.deliveries.values_list("recipient", flat=True)
    assert author.pk in set(told)
    assert timezone.localdate() > ACT.decided_on
