"""Pages of a trial: who gets in, what it looks like, and that it says what it is."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from budgeting.models import Cycle, Election, Trial, TrialBallot
from budgeting.services import trials
from participation.models import Role
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.conftest import RULES, Make

MARK = "Trial: nothing here counts"
MJ = {"method": "majority-judgement"}
GREEDY = {"method": "greedy", "ties": ["votes", "list-order"]}


@pytest.fixture
def booth() -> str:
    return page("trial-cast", SLUG, 1)


@pytest.fixture
def open_trial(make_cycle: Make, bob: User) -> Any:
    def open_with(**rules: Any) -> Trial:
        cycle = make_cycle(rules={**RULES, **rules})
        return trials.open_trial(by=bob, election=cycle.envelopes.get().election)

    return open_with


def link_of(client: Client) -> str:
    """The link that the organiser is shown, as a path."""
    form = client.get(page("trial-detail", SLUG, 1))
    key = re.search(r'name="form_key" value="([^"]+)"', body(form))
    assert key
    shown = client.post(page("trial-link", SLUG, 1), {"form_key": key[1]})
    found = re.search(r'id="trial-link">http://testserver([^<]+)<', body(shown))
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("rules", "given", "stored"),
    [
        ({"ballot": "approval", "count": GREEDY}, {"project": ["2", "1"]}, ["1", "2"]),
        (
            {"ballot": "k_approval", "max_choices": 2, "count": GREEDY},
            {"project": ["3", "1"]},
            ["1", "3"],
        ),
        ({}, {"project": ["1", "2"]}, ["1", "2"]),
        (
            {"ballot": "cumulative", "points": 5, "count": GREEDY},
            {"points-1": "3", "points-2": "2"},
            {"1": 3, "2": 2},
        ),
        ({"ballot": "graded", "count": MJ}, {"grade-1": "0", "grade-3": "3"}, {"1": 0, "3": 3}),
        (
            {"ballot": "ranked", "max_choices": 3, "count": GREEDY},
            {"place-4": "1", "place-2": "2"},
            ["4", "2"],
        ),
    ],
    ids=["approval", "k-approval", "knapsack", "cumulative", "graded", "ranked"],
)
def test_every_kind_of_booth_is_marked_on_each_page_and_stores_what_was_chosen(
    open_trial: Any, bob: User, booth: str, rules: Any, given: Any, stored: Any
) -> None:
    open_trial(**rules)
    client = signed_in(bob)
    first = client.get(booth)
    assert first.status_code == 200
    assert first.templates[0].name == "budgeting/ballot_cast.html"
    review = client.post(booth, {**given, "form_key": "k", "step": "review"})
    sent = client.post(booth, {**given, "form_key": "k", "step": "cast"})
    receipt = client.get(sent.url)
    for response in (first, review, receipt):
        assert response.status_code == 200
        assert MARK in body(response)
    assert f'action="{booth}"' in body(review)
    assert TrialBallot.objects.get().choices == stored


def test_a_mistake_shows_the_booth_again_with_all_that_was_chosen(
    open_trial: Any, bob: User, booth: str
) -> None:
    open_trial()
    answer = signed_in(bob).post(booth, {"project": ["1", "2", "3"], "step": "cast"})
    assert answer.status_code == 422
    assert MARK in body(answer)
    assert sum(pick.is_chosen for pick in answer.context["picks"]) == 3
    assert not TrialBallot.objects.exists()


def test_staff_gets_in_and_nobody_else(
    open_trial: Any, booth: str, alice: User, charlie: User, city: Any
) -> None:
    trial = open_trial()
    assert signed_in(alice).get(booth).status_code == 404
    assert Client().get(booth).status_code == 302
    Role.objects.create(
        person=charlie,
        kind=Role.Kind.REVIEWER,
        dossier=trial.election.envelope.cycle.dossier,
        valid_from=trial.opened_at,
    )
    assert signed_in(charlie).get(booth).status_code == 200


def test_whoever_has_the_link_gets_in_until_it_is_changed(
    open_trial: Any, bob: User, booth: str
) -> None:
    open_trial()
    organiser, guest = signed_in(bob), Client()
    link = link_of(organiser)
    assert guest.get(link).url == booth
    assert guest.get(booth).status_code == 200
    sent = guest.post(booth, {"project": ["1"], "form_key": "k", "step": "cast"})
    assert guest.get(sent.url).status_code == 200

    newer = link_of(organiser)
    assert newer != link
    assert guest.get(booth).status_code == 302
    assert guest.get(link).status_code == 404
    assert guest.get(newer).status_code == 302

    organiser.post(page("trial-revoke", SLUG, 1), {"form_key": ""})
    assert guest.get(booth).status_code == 302
    assert guest.get(newer).status_code == 404


def test_the_database_keeps_no_link(open_trial: Any, bob: User) -> None:
    trial = open_trial()
    secret = link_of(signed_in(bob)).rstrip("/").rsplit("/", 1)[1]
    trial.refresh_from_db()
    assert len(secret) == 64
    assert trial.link_hash not in ("", secret)


def test_the_same_form_shows_the_same_link_and_an_old_one_opens_nothing(
    open_trial: Any, bob: User
) -> None:
    open_trial()
    client = signed_in(bob)
    sent = {"form_key": "7a0c1d2e-0000-4000-8000-000000000001"}
    first = body(client.post(page("trial-link", SLUG, 1), sent))
    again = body(client.post(page("trial-link", SLUG, 1), sent))
    assert re.findall(r'id="trial-link">[^<]+', first) == re.findall(
        r'id="trial-link">[^<]+', again
    )
    client.post(page("trial-revoke", SLUG, 1), {"form_key": ""})
    assert client.post(page("trial-link", SLUG, 1), sent).status_code == 302
    assert Trial.objects.get().link_hash == ""


def test_the_organiser_fills_counts_and_deletes(open_trial: Any, bob: User) -> None:
    open_trial()
    client = signed_in(bob)
    wrong = client.post(page("trial-fill", SLUG, 1), {"number": "many", "seed": "12"})
    assert wrong.status_code == 422
    assert 'value="many"' in body(wrong)
    key = "7a0c1d2e-0000-4000-8000-000000000002"
    filled = {"number": "40", "seed": "12", "form_key": key}
    for _ in range(2):
        assert client.post(page("trial-fill", SLUG, 1), filled).status_code == 302
    assert TrialBallot.objects.filter(seed=12).count() == 40
    assert "Random ballots: 40, from the seed 12" in body(client.get(page("trial-detail", SLUG, 1)))

    count = client.get(page("trial-count", SLUG, 1))
    assert MARK in body(count)
    assert count.context["counted"].ballots == 40
    assert "seconds for the count" in body(count)
    titles = {row.entry.proposal.dossier.title for row in count.context["result"].winners}
    assert titles
    assert all(title in body(count) for title in titles)

    client.post(page("trial-end", SLUG, 1), {"form_key": ""})
    assert not Trial.objects.exists()
    assert "Open a trial" in body(client.get(page("trial-detail", SLUG, 1)))


def test_too_many_random_ballots_are_refused_beside_the_form(open_trial: Any, bob: User) -> None:
    trial = open_trial()
    trials.fill_trial(by=bob, trial=trial, number=1500, seed=1)
    answer = signed_in(bob).post(
        page("trial-fill", SLUG, 1),
        {"number": "600", "form_key": "7a0c1d2e-0000-4000-8000-000000000003"},
    )
    assert answer.status_code == 422
    assert "as many ballots as a trial may have" in body(answer)


def test_an_empty_trial_can_be_counted(open_trial: Any, bob: User) -> None:
    open_trial()
    assert signed_in(bob).get(page("trial-count", SLUG, 1)).status_code == 200


def test_a_trial_whose_projects_are_gone_says_so(open_trial: Any, bob: User, booth: str) -> None:
    trial = open_trial()
    trials.fill_trial(by=bob, trial=trial, number=5, seed=1)
    trial.election.envelope.proposals.update(state="withdrawn", end_reason="Gone.")
    client = signed_in(bob)
    counted = client.get(page("trial-count", SLUG, 1), follow=True)
    assert "No project is on the ballot now" in body(counted)
    assert "No project is on the ballot." in body(client.get(booth))


def test_a_frozen_vote_says_that_its_trial_is_gone(election: Election, bob: User) -> None:
    text = body(signed_in(bob).get(page("trial-detail", SLUG, 1)))
    assert "the trial was deleted" in text


def test_a_ballot_without_projects_is_refused_with_the_reason(cycle: Cycle, bob: User) -> None:
    cycle.proposals.update(state="withdrawn", end_reason="Gone.")
    client = signed_in(bob)
    client.post(page("trial-open", SLUG, 1), {"form_key": ""})
    assert not Trial.objects.exists()
    assert "Put at least two projects" in body(client.get(page("trial-detail", SLUG, 1)))


def test_the_booth_asks_the_database_as_seldom_as_the_real_one(
    open_trial: Any, bob: User, booth: str, django_assert_max_num_queries: Any
) -> None:
    open_trial()
    client = signed_in(bob)
    client.get(booth)
    with django_assert_max_num_queries(17):
        client.get(booth)
