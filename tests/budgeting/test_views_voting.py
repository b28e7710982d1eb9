"""The booth: what is kept on an error, who may not vote and why, receipt, order of projects."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from budgeting.models import Election
from budgeting.services.elections import freeze_election
from budgeting.services.voting import cast_ballot, own_ballot
from participation.models import Residence, Territory
from participation.services.residences import confirm_residence
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.conftest import RULES, make_person, pass_deadline


@pytest.fixture
def booth() -> str:
    return page("ballot-cast", SLUG, 1)


def chosen(answer: Any) -> set[str]:
    picks = answer.context["picks"]
    return {pick.entry.project_id for pick in picks if pick.is_chosen}


def order(answer: Any) -> list[str]:
    return [pick.entry.project_id for pick in answer.context["picks"]]


# --- From choice to receipt ---------------------------------------------------------------------


def test_choose_review_cast_and_receive(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    client.force_login(alice)
    form_key = re.findall(r'name="form_key" value="([^"]+)"', body(client.get(booth)))[0]
    choice = {"project": ["1", "4"], "form_key": form_key}
    review = client.post(booth, {**choice, "step": "review"})
    assert review.status_code == 200
    assert election.ballots.count() == 0
    assert {pick.entry.project_id for pick in review.context["picks"]} == {"1", "4"}
    assert review.context["spent"] == 500
    assert str(review.context["form_key"]) == form_key
    cast = client.post(booth, {**choice, "step": "cast"})
    assert cast["Location"] == page("ballot-receipt", SLUG, 1)
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    assert ballot.choices == ["1", "4"]
    receipt = client.get(cast["Location"])
    assert ballot.commitment in body(receipt)
    assert "no-store" in receipt["Cache-Control"]
    again = client.get(booth)
    assert chosen(again) == {"1", "4"}
    assert "You have voted." in body(again)


def test_the_same_form_sent_twice_is_one_ballot(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    client.force_login(alice)
    for _ in range(2):
        answer = client.post(booth, {"project": ["1"], "step": "cast", "form_key": "one"})
        assert answer.status_code == 302
    assert election.ballots.count() == 1


def test_a_choice_can_be_changed_until_the_close(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    client.force_login(alice)
    for key, project in (("one", "1"), ("two", "3")):
        client.post(booth, {"project": [project], "step": "cast", "form_key": key})
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    assert ballot.choices == ["3"]


# --- Nothing is lost on an error ----------------------------------------------------------------


@pytest.mark.parametrize("step", ["review", "cast"])
def test_too_much_money_is_said_and_the_choice_is_kept(
    client: Client, alice: User, election: Election, booth: str, step: str
) -> None:
    client.force_login(alice)
    data = {"project": ["1", "2", "3"], "step": step, "form_key": "my-key"}
    answer = client.post(booth, data)
    assert answer.status_code == 422
    assert chosen(answer) == {"1", "2", "3"}
    assert (answer.context["spent"], answer.context["left"]) == (1200, -200)
    assert "cost 200" in body(answer)
    assert "more than the budget" in body(answer)
    assert "Remove a project, then try again." in body(answer)
    assert answer.context["form_key"] == "my-key"
    assert election.ballots.count() == 0


@pytest.mark.parametrize(
    ("projects", "words"),
    [
        ([], "You have not chosen anything yet."),
        (["99"], "is not on this ballot"),
        (["1", "1"], "is not on this ballot"),
        (["<script>"], "is not on this ballot"),
    ],
)
def test_a_ballot_that_breaks_the_rules_is_explained(
    client: Client, alice: User, election: Election, booth: str, projects: list[str], words: str
) -> None:
    client.force_login(alice)
    answer = client.post(booth, {"project": projects, "step": "cast", "form_key": "k"})
    assert answer.status_code == 422
    assert words in body(answer)
    assert "Your ballot was not accepted" in body(answer)
    assert election.ballots.count() == 0


def test_adding_up_without_scripts_casts_nothing(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    client.force_login(alice)
    answer = client.post(booth, {"project": ["1", "2"], "step": "sum", "form_key": "k"})
    assert (answer.status_code, answer.context["left"]) == (200, 300)
    assert "You have voted." not in body(answer)
    assert election.ballots.count() == 0


@pytest.fixture
def open_vote(make_cycle: Any, alice: User, bob: User) -> Any:
    def open_with(**rules: Any) -> Election:
        cycle = make_cycle(rules={**RULES, **rules})
        return freeze_election(by=bob, election=cycle.envelopes.get().election)

    return open_with


def test_points_are_kept_and_counted(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    election = open_vote(ballot="cumulative", points=10)
    client.force_login(alice)
    too_many = {"points-1": "8", "points-2": "3", "points-3": "", "points-4": "x", "step": "cast"}
    answer = client.post(booth, {**too_many, "form_key": "k"})
    assert answer.status_code == 422
    points = {pick.entry.project_id: pick.points for pick in answer.context["picks"]}
    assert points == {"1": 8, "2": 3, "3": 0, "4": 0}
    assert "You have 10 points and have given 11." in body(answer)
    answer = client.post(booth, {**too_many, "points-2": "2", "form_key": "k"})
    assert answer.status_code == 302
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    assert ballot.choices == {"1": 8, "2": 2}


def test_too_many_projects_are_said(
    client: Client, alice: User, open_vote: Any, booth: str
) -> None:
    open_vote(ballot="k_approval", max_choices=2)
    client.force_login(alice)
    answer = client.post(booth, {"project": ["1", "2", "3"], "step": "review", "form_key": "k"})
    assert answer.status_code == 422
    assert "Choose at most 2 projects; you have chosen 3." in body(answer)
    assert chosen(answer) == {"1", "2", "3"}


# --- Who may not vote sees why, and the way out -------------------------------------------------


def test_a_stranger_sees_the_projects_and_is_asked_to_sign_in(
    client: Client, election: Election, booth: str
) -> None:
    answer = client.get(booth)
    assert answer.status_code == 200
    assert len(order(answer)) == 4
    assert "Sign in to vote." in body(answer)
    assert f"?next={booth}" in body(answer)
    assert 'value="review"' not in body(answer)


def test_who_lives_nowhere_yet_learns_how(client: Client, charlie: User, election: Election,
                                          booth: str) -> None:  # fmt: skip
    client.force_login(charlie)
    answer = client.get(booth)
    assert "once your place of residence is confirmed" in body(answer)
    assert "Bring an identity document" in body(answer)
    assert 'value="review"' not in body(answer)


def test_who_lives_elsewhere_learns_whose_vote_it_is(
    client: Client, election: Election, booth: str
) -> None:
    other = Territory.objects.create(slug="x", kind="city", name_kk="X", name_ru="X")
    person = make_person("far@example.org", "Far", language="en")
    confirm_residence(by=None, person=person, territory=other, born_on=date(1990, 1, 1))
    client.force_login(person)
    assert "This vote is for residents of Taraz." in body(client.get(booth))


def test_who_is_too_young_learns_from_which_age(
    client: Client, city: Territory, election: Election, booth: str
) -> None:
    person = make_person("young@example.org", "Young", language="en")
    born = timezone.localdate(election.closes_at).replace(day=1) - timedelta(days=15 * 365)
    confirm_residence(by=None, person=person, territory=city, born_on=born)
    client.force_login(person)
    assert "Age for voting here: 16 or older." in body(client.get(booth))


@pytest.mark.parametrize("step", ["review", "cast"])
def test_who_may_not_vote_cannot_by_sending_the_form(
    client: Client, charlie: User, election: Election, booth: str, step: str
) -> None:
    data = {"project": ["1"], "step": step, "form_key": "k"}
    for person in (None, charlie):
        if person is not None:
            client.force_login(person)
        answer = client.post(booth, data)
        assert answer.status_code == 403
        assert chosen(answer) == {"1"}
    assert election.ballots.count() == 0


def test_a_resident_who_moved_away_may_not_vote_any_more(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    Residence.objects.filter(person=alice).update(valid_to=timezone.localdate())
    client.force_login(alice)
    assert "once your place of residence is confirmed" in body(client.get(booth))


def test_before_the_freeze_the_booth_says_when(client: Client, cycle: Any, booth: str) -> None:
    answer = client.get(booth)
    assert answer.status_code == 404
    assert "The vote is not open yet" in body(answer)


def test_after_the_close_the_booth_is_closed(
    client: Client, alice: User, election: Election, booth: str
) -> None:
    cast_ballot(voter=alice, election=election, choices=["1"], request="k")
    pass_deadline(election)
    client.force_login(alice)
    answer = client.get(booth)
    assert "The vote is not open now." in body(answer)
    assert 'value="review"' not in body(answer)
    late = client.post(booth, {"project": ["2"], "step": "cast", "form_key": "late"})
    assert late.status_code == 403
    assert election.ballots.count() == 1


def test_no_receipt_of_others_and_none_without_a_ballot(
    client: Client, alice: User, charlie: User, election: Election
) -> None:
    cast_ballot(voter=alice, election=election, choices=["1"], request="k")
    ballot = own_ballot(voter=alice, election=election)
    assert ballot is not None
    client.force_login(charlie)
    answer = client.get(page("ballot-receipt", SLUG, 1))
    assert answer.status_code == 404
    assert ballot.commitment not in body(answer)


# --- Order --------------------------------------------------------------------------------------


@pytest.fixture
def long_ballot(make_cycle: Any, alice: User, bob: User) -> Election:
    cycle = make_cycle(costs=(10,) * 12)
    return freeze_election(by=bob, election=cycle.envelopes.get().election)


def test_each_voter_has_an_order_of_their_own_that_stays(
    long_ballot: Election, alice: User, booth: str
) -> None:
    people = [alice, *(make_person(f"p{n}@example.org", "P") for n in range(5))]
    orders = []
    for person in people:
        seen = [order(signed_in(person).get(booth)) for _ in range(2)]
        assert seen[0] == seen[1]
        assert sorted(seen[0], key=int) == [str(n) for n in range(1, 13)]
        orders.append(tuple(seen[0]))
    assert len(set(orders)) == len(people)


def test_the_order_stays_when_a_ballot_is_refused(
    long_ballot: Election, alice: User, booth: str
) -> None:
    client = signed_in(alice)
    before = order(client.get(booth))
    assert order(client.post(booth, {"step": "cast", "form_key": "k"})) == before


def test_strangers_see_orders_that_differ_by_address(long_ballot: Election, booth: str) -> None:
    orders = {tuple(order(Client(REMOTE_ADDR=f"10.0.0.{n}").get(booth))) for n in range(6)}
    assert len(orders) > 1


def test_no_cache_keeps_a_booth(client: Client, election: Election, booth: str) -> None:
    assert "no-store" in client.get(booth)["Cache-Control"]
