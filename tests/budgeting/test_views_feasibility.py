"""Pages of the city's check: what is typed is kept, what is wrong stands beside its field."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from budgeting.models import Appeal, Consent, CostLine, Cycle, Proposal, Question, Review
from budgeting.services import feasibility
from budgeting.services.proposals import withdraw_proposal
from tests.budgeting.feasibility import (
    assign,
    decide,
    make_desk,
    make_reviewer,
    make_ruleset,
    submit,
)
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.conftest import make_person
from tests.participation.answers import make_body

pytestmark = pytest.mark.django_db
KEY = {"form_key": "9f3c8a62-4a52-4d3e-8a53-1d9b1b4e1c11"}
MOST_QUERIES = 17  # a public page and the tags of its dossier


@pytest.fixture
def rita(cycle: Cycle) -> User:
    make_desk(cycle)
    return make_reviewer(cycle, "Rita")


@pytest.fixture
def bridge(cycle: Cycle, alice: User) -> Proposal:
    return submit(cycle, alice)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


ESTIMATE = {
    **KEY,
    "what_1": "Steel beams",
    "quantity_1": "7",
    "unit_1": "t",
    "price_1": "1 500",
    "source": "Price list",
    "running_cost": "0",
}


def test_an_estimate_is_kept_and_summed(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    address = page("feasibility-estimate", SLUG, bridge.number)
    answer = signed_in(rita).post(address, ESTIMATE)
    assert answer["Location"] == page("proposal-review", SLUG, bridge.number)
    assert CostLine.objects.get().amount == 10_500
    assert "10,500" in body(signed_in(rita).get(answer["Location"])).replace("\xa0", ",")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price_1", "two million"),
        ("price_1", "-5"),
        ("price_1", ""),
        ("price_1", "9" * 30),
        ("quantity_1", "0"),
        ("quantity_1", "1.5"),
        ("unit_1", ""),
        ("what_1", ""),
        ("running_cost", "-1"),
        ("source", ""),
    ],
)
def test_a_bad_line_is_told_beside_it_and_nothing_is_lost(
    rita: User, bridge: Proposal, field: str, value: str
) -> None:
    assign(bridge, rita)
    address = page("feasibility-estimate", SLUG, bridge.number)
    answer = signed_in(rita).post(address, {**ESTIMATE, field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    for name in {"what_1", "source"} - {field}:
        assert ESTIMATE[name] in body(answer)
    assert not CostLine.objects.exists()


VERDICT = {
    **KEY,
    "decision": "feasible",
    "reasons_kk": "Болады.",
    "reasons_ru": "Можно построить.",
    "cost": "400",
    "running_cost": "",
    "signed_name": "Rita",
    "signed_post": "Roads",
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cost": "four hundred"}, "cost"),
        ({"cost": "-400"}, "cost"),
        ({"cost": "1001"}, "cost"),
        ({"decision": "with_changes"}, "changes_kk"),
        ({"decision": "with_changes", "changes_kk": "Қ"}, "changes_ru"),
        ({"signed_post": ""}, "signed_post"),
    ],
)
def test_a_bad_verdict_is_not_published(
    bob: User, bridge: Proposal, change: dict[str, str], field: str
) -> None:
    address = page("proposal-review", SLUG, bridge.number)
    answer = signed_in(bob).post(address, {**VERDICT, **change})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Можно построить." in body(answer)
    assert not Review.objects.filter(proposal=bridge, verdicts__isnull=False).exists()


def test_who_withdrew_is_not_judged_any_more(bob: User, alice: User, bridge: Proposal) -> None:
    address = page("proposal-review", SLUG, bridge.number)
    assert 'name="decision"' in body(signed_in(bob).get(address))
    withdraw_proposal(by=alice, proposal=bridge, reason="The city builds it anyway.")
    text = body(signed_in(bob).get(address))
    assert "This proposal is not being checked any more." in text
    assert 'name="decision"' not in text
    answer = signed_in(bob).post(address, VERDICT)
    assert answer.status_code == 422
    assert "Можно построить." in body(answer)


def test_a_no_needs_its_note(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    address = page("feasibility-checks", SLUG, bridge.number)
    sent = {**KEY, "finding_1": "no", "note_1": "", "finding_2": "yes", "note_2": "By law 12"}
    answer = signed_in(rita).post(address, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"note_1"}
    assert "By law 12" in body(answer)
    answer = signed_in(rita).post(address, {**sent, "note_1": "The railway's"})
    assert answer.status_code == 302
    assert bridge.reviews.get().check_answers.count() == 2


def test_the_verdict_stands_on_the_proposals_page(
    client: Client, rita: User, bridge: Proposal, alice: User
) -> None:
    assign(bridge, rita)
    feasibility.ask_authors(by=rita, proposal=bridge, text="Which bank?", language="en")
    address = page("proposal-detail", SLUG, bridge.number)
    assert "Which bank?" in body(client.get(address))
    assert "Answer the question" in body(signed_in(alice).get(address))
    assert "Answer the question" not in body(client.get(address))
    decide(bridge, rita, "with_changes")
    seen = body(client.get(address))
    assert seen.count("Себебі бар.") == 1  # not a second time as the department's answer
    assert "Head of Roads" in seen
    assert "Agree or object" in body(signed_in(alice).get(address))
    assert "Agree or object" not in seen


def test_an_author_answers_objects_and_appeals(
    rita: User, bridge: Proposal, alice: User, bob: User
) -> None:
    assign(bridge, rita)
    feasibility.ask_authors(by=rita, proposal=bridge, text="Which bank?", language="en")
    client, number = signed_in(alice), bridge.number
    address = page("question-answer", SLUG, number, Question.objects.get().pk)
    assert client.post(address, {**KEY, "text": " "}).status_code == 422
    assert client.post(address, {**KEY, "text": "The left one"}).status_code == 302
    assert Question.objects.get().answer == "The left one"
    decide(bridge, rita, "with_changes")
    address = page("changes-answer", SLUG, number)
    key = {"form_key": "9f3c8a62-4a52-4d3e-8a53-1d9b1b4e1c12"}
    refused = client.post(address, {**key, "agrees": "no", "note": ""})
    assert refused.context["form"].errors.keys() == {"note"}
    assert client.post(address, {**key, "agrees": "no", "note": "Too far"}).status_code == 302
    assert not Consent.objects.get().agrees
    key = {"form_key": "9f3c8a62-4a52-4d3e-8a53-1d9b1b4e1c13"}
    sent = client.post(page("verdict-appeal", SLUG, number), {**key, "text": "Look again"})
    assert sent["Location"] == page("proposal-detail", SLUG, number)
    assert Appeal.objects.get().grounds == "Look again"
    desk = body(signed_in(bob).get(page("feasibility-desk", SLUG)))
    assert page("second-look", SLUG, number) in desk


def test_the_organiser_opens_a_desk_appoints_and_hands_out(
    bob: User, cycle: Cycle, bridge: Proposal
) -> None:
    client, desk = signed_in(bob), page("feasibility-desk", SLUG)
    ruleset = make_ruleset()
    assert client.post(desk, {**KEY, "ruleset": ruleset.pk})["Location"] == desk
    sam = make_person("sam@example.org", "Sam")
    key = {"form_key": "9f3c8a62-4a52-4d3e-8a53-1d9b1b4e1c12"}
    roads = make_body("Roads")
    unknown = client.post(desk, {**key, "person": "nobody@example.org", "department": roads.pk})
    assert unknown.context["form"].errors.keys() == {"person"}
    assert (
        client.post(desk, {**key, "person": sam.email, "department": roads.pk}).status_code == 302
    )
    key = {"form_key": "9f3c8a62-4a52-4d3e-8a53-1d9b1b4e1c13"}
    assign_at = page("proposal-assign", SLUG)
    nothing = client.post(assign_at, {**key, "department": roads.pk})
    assert nothing.context["form"].errors.keys() == {"proposals"}
    sent = {**key, "proposals": [bridge.pk], "department": roads.pk, "reviewer": sam.pk}
    assert client.post(assign_at, sent).status_code == 302
    review = bridge.reviews.get()
    assert (review.department, review.reviewer) == (roads, sam)


def test_the_authors_own_reviewer_is_refused_beside_the_field(
    bob: User, rita: User, cycle: Cycle
) -> None:
    own = submit(cycle, rita)
    sent = {**KEY, "proposals": [own.pk], "department": make_body("Roads").pk, "reviewer": rita.pk}
    answer = signed_in(bob).post(page("proposal-assign", SLUG), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"reviewer"}


def test_one_button_fills_the_ballot(bob: User, rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    decide(bridge, rita)
    address = page("proposal-shortlist", SLUG)
    assert "A bridge" in body(signed_in(bob).get(address))
    assert signed_in(bob).post(address, KEY).status_code == 302
    bridge.refresh_from_db()
    assert bridge.state == "shortlisted"


@pytest.mark.parametrize("show", ["open", "me", "new", "overdue", "all", "nonsense"])
def test_filters_of_the_queue(rita: User, cycle: Cycle, bridge: Proposal, show: str) -> None:
    waiting = submit(cycle)
    assign(bridge, rita)
    found = signed_in(rita).get(page("proposal-queue", SLUG), {"who": show}).context["page"]
    expected: dict[str, list[Proposal]] = {
        "open": [bridge, waiting],
        "me": [bridge],
        "new": [waiting],
        "overdue": [],
    }
    if show in expected:
        assert list(found) == expected[show]
    else:
        assert list(found)[:2] == [bridge, waiting]
        assert len(found) == 6


def test_pages_cost_the_same_with_many(
    client: Client, rita: User, cycle: Cycle, bridge: Proposal
) -> None:
    assign(bridge, rita)
    decide(bridge, rita, "with_changes")
    progress = page("feasibility-progress", SLUG)
    detail = page("proposal-detail", SLUG, bridge.number)
    assert queries(client, detail) <= MOST_QUERIES
    assert queries(client, page("cycle-detail", SLUG)) <= MOST_QUERIES
    few = queries(client, progress)
    for _ in range(8):
        proposal = submit(cycle)
        assign(proposal, rita)
    assert queries(client, progress) == few <= 12
    reviewer = signed_in(rita)
    cost = queries(reviewer, page("proposal-queue", SLUG))
    for _ in range(8):
        assign(submit(cycle), rita)
    assert queries(reviewer, page("proposal-queue", SLUG)) == cost


def test_progress_in_every_language(client: Client, rita: User, bridge: Proposal) -> None:
    for language in ("kk", "ru", "en"):
        answer: Any = client.get(page("feasibility-progress", SLUG, language=language))
        assert answer.status_code == 200
        assert answer.context["account"].submitted == 5
