"""Booths of graded and ranked ballots, and of votes in which a ballot is final."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from budgeting.models import Election
from budgeting.services.conditions import add_conflict_set
from budgeting.services.elections import freeze_election
from budgeting.services.voting import own_ballot
from tests.budgeting.pages import SLUG, body, page
from tests.conftest import RULES, pass_deadline

MJ = {"method": "majority-judgement"}


@pytest.fixture
def booth() -> str:
    return page("ballot-cast", SLUG, 1)


@pytest.fixture
def open_vote(make_cycle: Any, alice: User, bob: User) -> Any:
    def open_with(**rules: Any) -> Election:
        cycle = make_cycle(rules={**RULES, "count": {"method": "greedy"}, **rules})
        return freeze_election(by=bob, election=cycle.envelopes.get().election)

    return open_with


def marks(answer: Any) -> dict[str, int]:
    picks = answer.context["picks"]
    return {pick.entry.project_id: pick.points for pick in picks if pick.is_chosen}


# --- Four grades --------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_the_best_grade_comes_first(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    open_vote(ballot="graded", count=MJ)
    client.force_login(alice)
    text = body(client.get(booth))
    assert re.findall(r'type="radio" name="grade-1" value="(\d)"', text) == ["3", "2", "1", "0"]
    assert " checked" not in text
    assert "one without a grade counts as “not convinced”" in text


def test_grade_review_cast_and_receive(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="graded", count=MJ)
    client.force_login(alice)
    given = {"grade-1": "0", "grade-3": "3", "form_key": "k"}
    review = client.post(booth, {**given, "step": "review"})
    assert review.status_code == 200
    assert [pick.entry.project_id for pick in review.context["picks"]] == ["3", "1"]
    assert 'name="grade-1" value="0"' in body(review)
    assert "I love it" in body(review)
    assert client.post(booth, {**given, "step": "cast"}).status_code == 302
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    assert ballot.choices == {"1": 0, "3": 3}
    assert marks(client.get(booth)) == {"1": 0, "3": 3}
    assert "Not convinced" in body(client.get(page("ballot-receipt", SLUG, 1)))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"grade-1": "4"}, "a grade that this ballot does not have"),
        ({"grade-1": "lovely"}, "a grade that this ballot does not have"),
        ({f"grade-{number}": "1" for number in range(1, 8)}, "is not on this ballot"),
        ({}, "You have not chosen anything yet."),
    ],
)
def test_wrong_grades_are_said_and_the_others_kept(
    client: Client, alice: User, open_vote: Any, booth: str, fields: dict[str, str], message: str
) -> None:
    election = open_vote(ballot="graded", count=MJ)
    client.force_login(alice)
    fields = {"grade-2": "2", **fields} if fields else {}
    answer = client.post(booth, {**fields, "step": "cast", "form_key": "k"})
    assert answer.status_code == 422
    assert message in body(answer)
    assert marks(answer).get("2") == (int(fields["grade-2"]) if fields else None)
    assert election.ballots.count() == 0


def test_the_close_while_somebody_grades_loses_nothing_of_it(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="graded", count=MJ)
    client.force_login(alice)
    client.get(booth)
    pass_deadline(election)
    answer = client.post(booth, {"grade-2": "3", "step": "cast", "form_key": "k"})
    assert answer.status_code == 403
    assert "The vote is not open now." in body(answer)
    assert "What you had chosen is shown below; it was not counted." in body(answer)
    assert marks(answer) == {"2": 3}
    assert election.ballots.count() == 0


def test_the_booth_names_the_rivals_of_a_project(
    client: Client, make_cycle: Any, alice: User, bob: User, booth: str
) -> None:
    cycle = make_cycle(rules={**RULES, "ballot": "graded", "count": MJ})
    envelope = cycle.envelopes.get()
    pair = cycle.proposals.filter(number__in=[1, 3])
    add_conflict_set(by=bob, envelope=envelope, proposals=pair)
    freeze_election(by=bob, election=envelope.election)
    picks = client.get(booth).context["picks"]
    assert {p.entry.project_id: p.excludes for p in picks if p.excludes} == {
        "1": ("Project 3",), "3": ("Project 1",),
    }  # fmt: skip


# --- An order -----------------------------------------------------------------------------------


def test_rank_review_cast_and_receive(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="ranked", max_choices=3)
    client.force_login(alice)
    assert '<option value="3">3</option>' in body(client.get(booth))
    given = {"place-4": "1", "place-1": "2", "place-2": "", "form_key": "k"}
    review = client.post(booth, {**given, "step": "review"})
    assert [pick.entry.project_id for pick in review.context["picks"]] == ["4", "1"]
    assert client.post(booth, {**given, "step": "cast"}).status_code == 302
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    assert ballot.choices == ["4", "1"]
    assert marks(client.get(booth)) == {"4": 1, "1": 2}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"place-1": "1", "place-2": "1"}, "You have given place 1 to two projects."),
        ({"place-1": "1", "place-2": "3"}, "A place is missing in your order."),
        ({"place-1": "1", "place-2": "second"}, "A place is missing in your order."),
        ({f"place-{n}": str(n) for n in range(1, 5)}, "Choose at most 3 projects; you have"),
    ],
)
def test_wrong_places_are_said_and_kept(
    client: Client, alice: User, open_vote: Any, booth: str, fields: dict[str, str], message: str
) -> None:
    election = open_vote(ballot="ranked", max_choices=3)
    client.force_login(alice)
    answer = client.post(booth, {**fields, "step": "review", "form_key": "k"})
    assert answer.status_code == 422
    assert message in body(answer)
    assert marks(answer)["1"] == 1
    assert set(marks(answer)) == {name.removeprefix("place-") for name in fields}
    assert election.ballots.count() == 0


def test_equal_places_are_told_beside_both_projects(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    open_vote(ballot="ranked", max_choices=3)
    client.force_login(alice)
    sent = {"place-1": "2", "place-2": "1", "place-4": "2", "step": "review"}
    text = body(client.post(booth, sent))
    told = re.findall(r'id="place-(\d)-fault".*?Another project has this place too', text)
    assert sorted(told) == ["1", "4"]
    assert text.count('aria-describedby="place-') == 2


# --- Ballots that are final ---------------------------------------------------------------------


def test_a_final_ballot_is_announced_cast_once_and_shown(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="k_approval", max_choices=1, revocable=False)
    client.force_login(alice)
    assert "a ballot that is cast cannot be changed" in body(client.get(booth))
    choice = {"project": ["2"], "form_key": "first", "step": "cast"}
    assert "cannot be changed any more" in body(client.post(booth, {**choice, "step": "review"}))
    assert client.post(booth, choice)["Location"] == page("ballot-receipt", SLUG, 1)
    assert "This ballot is final." in body(client.get(page("ballot-receipt", SLUG, 1)))

    other = client.post(booth, {"project": ["3"], "form_key": "second", "step": "cast"})
    assert other.status_code == 422
    assert "a ballot cannot be changed once it is cast" in body(other)
    again = client.get(booth)
    assert 'value="review"' not in body(again)
    assert {pick.entry.project_id for pick in again.context["picks"] if pick.is_chosen} == {"2"}
    assert election.ballots.count() == 1


def test_the_form_of_a_final_ballot_sent_twice_leads_to_its_receipt(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="k_approval", max_choices=1, revocable=False)
    client.force_login(alice)
    choice = {"project": ["2"], "form_key": "first", "step": "cast"}
    assert client.post(booth, choice).status_code == 302
    assert client.post(booth, choice)["Location"] == page("ballot-receipt", SLUG, 1)
    assert election.ballots.count() == 1
