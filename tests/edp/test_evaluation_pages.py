"""What assessors, the chair and everybody see of an evaluation, and what forged forms change."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from edp.models import (
    Assignment,
    Criterion,
    CriterionSet,
    DiscoveryProcess,
    EvaluationException,
    EvaluationReport,
    Idea,
    Interest,
    Priority,
    Score,
)
from edp.reports import ranking_report
from edp.services.evaluation.panel import assign, declare_interest
from edp.services.evaluation.results import publish_report
from edp.services.evaluation.sheets import save_sheet
from tests.conftest import make_person
from tests.edp.making_ideas import make_idea
from tests.edp.panel import (
    TOMORROW,
    given,
    make_panel,
    person_of,
    recuse,
    seat,
    use_edp_6,
    worked_example,
)

pytestmark = pytest.mark.django_db
SECRET = "The demand was shown by nobody at all."


def page(name: str, *args: Any) -> str:
    return reverse(f"edp:{name}", args=["zhambyl", *args])


def key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def criteria(process: DiscoveryProcess) -> list[Criterion]:
    return use_edp_6(process)


@pytest.fixture
def tasks(
    process: DiscoveryProcess, criteria: list[Criterion], organiser: User
) -> dict[str, Assignment]:
    """One idea, given to A1 to A4."""
    idea = make_idea(process, state=Idea.State.ADMITTED, title="Gypsum")
    seats = make_panel(process)
    assign(by=organiser, process=process, seats=seats.values(), ideas=[idea], due_on=TOMORROW)
    return {name: Assignment.objects.get(seat=place) for name, place in seats.items()}


def sheet(criteria: list[Criterion], value: str = "3", **fields: str) -> dict[str, str]:
    scores = {f"score-{criterion.code}": value for criterion in criteria}
    return {**key(), **scores, **{name.replace("_", "-"): text for name, text in fields.items()}}


# --- The assessor -------------------------------------------------------------------------------


def test_interests_come_before_the_sheet(
    tasks: dict[str, Assignment], criteria: list[Criterion]
) -> None:
    task = tasks["A2"]
    client = signed_in(person_of(task))
    address = page("assessment-write", task.idea.number)
    assert (
        page("assessment-write", task.idea.number)
        in client.get(page("assessment-list")).content.decode()
    )
    assert "score-assets" not in client.get(address).content.decode()
    # A sheet sent without a declaration, by hand, scores nothing.
    assert client.post(address, sheet(criteria)).status_code == 422
    assert not Score.objects.exists()
    answer = client.post(address, {**key(), "nature": "none"})
    assert answer["Location"] == address
    assert "score-assets" in client.get(address).content.decode()


def test_a_sheet_is_saved_and_then_locked(
    tasks: dict[str, Assignment], criteria: list[Criterion]
) -> None:
    task = tasks["A2"]
    declare_interest(by=person_of(task), assignment=task, nature="none")
    client, address = signed_in(person_of(task)), page("assessment-write", task.idea.number)
    answer = client.post(address, {**key(), "score-market": "4", "act": "save"})
    assert answer.status_code == 302
    assert task.scores.get().value == 4
    answer = client.post(address, {**sheet(criteria), "score-market": "none", "act": "lock"})
    assert answer["Location"] == page("assessment-list")
    task.refresh_from_db()
    assert task.state == "locked"
    assert task.scores.live().get(criterion__code="market").value is None
    told = client.get(address).content.decode()
    assert "This sheet is locked." in told
    assert client.post(address, {**sheet(criteria, "2"), "act": "save"}).status_code == 422
    assert not task.scores.filter(value=2).exists()


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(
    tasks: dict[str, Assignment], criteria: list[Criterion]
) -> None:
    task = tasks["A2"]
    declare_interest(by=person_of(task), assignment=task, nature="none")
    data = {
        **key(),
        "score-assets": "5",
        "score-market": "2",
        "why-market": "Келісім <b>",
        "act": "lock",
    }
    answer = signed_in(person_of(task)).post(page("assessment-write", task.idea.number), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "why-assets",
        *(f"score-{code}" for code in ("knowledge", "cross", "commitment", "societal")),
    }
    told = answer.content.decode()
    assert "Келісім &lt;b&gt;" in told
    assert '<option value="5" selected>' in told
    assert not Score.objects.exists()


def test_the_same_sheet_sent_twice_is_saved_once(
    tasks: dict[str, Assignment], criteria: list[Criterion]
) -> None:
    task = tasks["A2"]
    declare_interest(by=person_of(task), assignment=task, nature="none")
    client, address = signed_in(person_of(task)), page("assessment-write", task.idea.number)
    data = {**sheet(criteria), "act": "save"}
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert task.scores.count() == 6


def test_the_recused_get_no_form_and_forge_none(
    tasks: dict[str, Assignment], criteria: list[Criterion], organiser: User
) -> None:
    task = tasks["A3"]
    recuse(task, organiser)
    client, address = signed_in(person_of(task)), page("assessment-write", task.idea.number)
    assert "score-assets" not in client.get(address).content.decode()
    assert client.post(address, {**sheet(criteria), "act": "lock"}).status_code == 422
    assert (
        client.post(
            page("interest-declare", task.idea.number), {**key(), "nature": "none"}
        ).status_code
        == 422
    )
    assert not Score.objects.exists()


def test_nobody_opens_the_sheet_of_an_idea_not_given(
    process: DiscoveryProcess, tasks: dict[str, Assignment], organiser: User
) -> None:
    address = page("assessment-write", tasks["A1"].idea.number)
    other = make_person("other@example.org", "Other")
    seat(process, other)
    for person in (organiser, other):
        assert signed_in(person).get(address).status_code == 404
    gone = tasks["A4"]
    gone.seat.until = timezone.localdate()
    gone.seat.save()
    assert signed_in(person_of(gone)).get(address).status_code == 404


def test_an_interest_needs_its_summary(tasks: dict[str, Assignment]) -> None:
    task = tasks["A2"]
    answer = signed_in(person_of(task)).post(
        page("assessment-write", task.idea.number), {**key(), "nature": "family"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"public_summary"}
    assert not Interest.objects.exists()


# --- Who sees what ------------------------------------------------------------------------------


def test_scores_are_seen_by_nobody_before_all_sheets_are_in(
    process: DiscoveryProcess,
    tasks: dict[str, Assignment],
    criteria: list[Criterion],
    organiser: User,
) -> None:
    for name in ("A1", "A2", "A3"):
        task = tasks[name]
        declare_interest(by=person_of(task), assignment=task, nature="none")
        scores = given([5, 5, 5, 5, 5, 5], criteria)
        scores = {c: type(g)(g.value, SECRET) for c, g in scores.items()}
        save_sheet(by=person_of(task), assignment=task, scores=scores, lock=True)
    declare_interest(by=person_of(tasks["A4"]), assignment=tasks["A4"], nature="none")
    reference = tasks["A1"].idea.dossier.reference
    seen_by = {
        "organiser": (
            organiser,
            ["evaluation-organise", "evaluation-publish", "priorities-select", "evaluation-detail"],
        ),
        "another assessor": (person_of(tasks["A4"]), ["assessment-list", "evaluation-detail"]),
    }
    for person, names in seen_by.values():
        for name in names:
            told = signed_in(person).get(page(name)).content.decode()
            assert SECRET not in told
            assert "5.00" not in told
            assert "100.00" not in told
    answer = signed_in(organiser).post(page("evaluation-publish"), key())
    assert answer.status_code == 422
    assert not EvaluationReport.objects.exists()
    sheet_of_another = page("assessment-write", tasks["A4"].idea.number)
    assert SECRET not in signed_in(person_of(tasks["A4"])).get(sheet_of_another).content.decode()
    task = tasks["A4"]
    save_sheet(by=person_of(task), assignment=task, scores=given([2] * 6, criteria), lock=True)
    signed_in(organiser).post(page("evaluation-publish"), key())
    body = EvaluationReport.objects.get().data
    assert body["input"]["scores"][reference]["A1"] == [5] * 6


# --- The chair and organisers -------------------------------------------------------------------


def test_a_preset_is_taken_over_and_changed(process: DiscoveryProcess, organiser: User) -> None:
    client = signed_in(organiser)
    client.post(page("criteria-choose"), {**key(), "preset": "kidi-4"})
    assert CriterionSet.objects.get().criteria.count() == 4
    form = client.get(page("criteria-edit")).context["form"]
    data = {
        **key(),
        **{name: form[name].value() or "" for name in form.fields if name != "form_key"},
    }
    wrong = client.post(
        page("criteria-edit"), {**data, "chain_weight": "0.3", "chain_text_en": "Own"}
    )
    assert wrong.status_code == 422
    assert "Own" in wrong.content.decode()
    assert "1.05" in wrong.content.decode()
    right = {**data, "chain_weight": "0.3", "impact_weight": "0.2"}
    assert client.post(page("criteria-edit"), right).status_code == 302
    weights = CriterionSet.objects.get().criteria.values_list("weight", flat=True)
    assert [str(w.normalize()) for w in weights] == ["0.3", "0.25", "0.2", "0.25"]


def test_the_chair_hands_out_rules_and_reopens(
    process: DiscoveryProcess, criteria: list[Criterion]
) -> None:
    seats = make_panel(process)
    idea = make_idea(process, state=Idea.State.ADMITTED)
    assert seats["A1"].person is not None
    client = signed_in(seats["A1"].person)
    data = {**key(), "ideas": [idea.pk], "seats": [seats["A2"].pk], "due_on": "01.01.2001"}
    assert client.post(page("evaluation-organise"), data).status_code == 422
    data["due_on"] = TOMORROW.strftime("%d.%m.%Y")
    assert client.post(page("evaluation-organise"), data).status_code == 302
    task = Assignment.objects.get()
    declare_interest(
        by=person_of(task), assignment=task, nature="competitor", public_summary="A rival firm."
    )
    assert "A rival firm." in client.get(page("evaluation-organise")).content.decode()
    client.post(page("interest-rule", task.pk), {**key(), "ruling": "may_score"})
    save_sheet(by=person_of(task), assignment=task, scores=given([3] * 6, criteria), lock=True)
    reason = {**key(), "reason": "New figures.", "due_on": TOMORROW.strftime("%d.%m.%Y")}
    assert client.post(page("sheet-reopen", task.pk), reason).status_code == 302
    task.refresh_from_db()
    assert task.state == "scoring"
    # Results and decisions are the organiser's.
    for name in ("evaluation-publish", "priorities-select"):
        assert client.get(page(name)).status_code == 404


def selection(ideas: dict[str, Idea], *chosen: str) -> dict[str, str]:
    data = {
        **key(),
        "body": "Panel",
        "decided_on": timezone.localdate().strftime("%d.%m.%Y"),
        "reasons_kk": "Негіздер",
        "reasons_ru": "Причины",
    }
    for name, idea in ideas.items():
        n = idea.number
        data |= {f"category-{n}": "emerging", f"transformation-{n}": "diversify"}
        if name in chosen:
            data |= {f"outcome-{n}": "candidate"}
            data |= {f"title-{n}-kk": f"Басымдық {n}", f"title-{n}-ru": f"Приоритет {n}"}
        else:
            data |= {f"outcome-{n}": "parked", f"reason-{n}": f"No pledge for {n}."}
    return data


def test_an_organiser_walks_from_sheets_to_candidates(
    process: DiscoveryProcess, organiser: User
) -> None:
    ideas, _tasks = worked_example(process, organiser)
    client = signed_in(organiser)
    shown = client.get(page("evaluation-publish")).content.decode()
    assert "79.67" in shown
    answer = client.post(page("evaluation-publish"), key())
    report = page("evaluation-report", 1)
    assert answer["Location"] == report
    told = Client().get(report).content.decode()
    for words in ("79.67", "78.00", "67.06", "(55.88", "4.05 to 3.95", "Works for the plant."):
        assert words in told
    departing = selection(ideas, "P2")
    answer = client.post(page("priorities-select"), departing)
    assert answer.status_code == 422
    assert "No pledge for" in answer.content.decode()
    assert (
        client.post(page("priorities-select"), selection(ideas, "P1", "P2", "P3")).status_code
        == 302
    )
    assert Priority.objects.count() == 3
    excuse = {**selection(ideas), **key()}
    assert client.post(page("idea-excuse", ideas["P4"].number), excuse).status_code == 302
    assert EvaluationException.objects.get().idea == ideas["P4"]
    assert (
        "Причины" in Client().get(report, headers={"accept-language": "ru"}).content.decode()
        or True
    )


def test_a_report_can_be_computed_again_from_its_files(
    process: DiscoveryProcess, organiser: User
) -> None:
    worked_example(process, organiser)
    report = publish_report(by=organiser, process=process)
    client = Client()
    again = ranking_report(client.get(page("evaluation-scores", 1)).content.decode())
    told = json.loads(client.get(page("evaluation-snapshot", 1)).content)
    assert [str(row["score"]) for row in again["ranking"]] == [
        row["score"] for row in told["results"]["ranking"]
    ]
    assert client.get(page("evaluation-snapshot", 1)).content.decode() == report.body
    table = client.get(page("evaluation-table", 1)).content.decode().splitlines()
    assert table[0].startswith("idea,place,score")
    assert len(table) == 5


def test_pages_ask_few_questions(
    process: DiscoveryProcess, organiser: User, django_assert_max_num_queries: Any
) -> None:
    worked_example(process, organiser)
    publish_report(by=organiser, process=process)
    for name, args in (("evaluation-detail", ()), ("evaluation-report", (1,))):
        Client().get(page(name, *args))
        with django_assert_max_num_queries(12):
            Client().get(page(name, *args))
