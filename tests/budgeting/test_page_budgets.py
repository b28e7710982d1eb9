"""Pages ask as many questions of a large budget as of a small one, and send no more than a page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from budgeting.models import Cycle, Election, Envelope
from budgeting.services.elections import freeze_election
from tests.budgeting.pages import decide, page, signed_in
from tests.conftest import Make

FEW, MANY = 5, 50
OF_ANYBODY = ("cycle-detail", "proposal-list", "feasibility-progress", "envelope-list")
OF_ORGANISERS = ("cycle-organise", "feasibility-desk", "proposal-queue", "register-detail")
AFTERWARDS = ("results-detail", "work-list", "participation-detail")


@pytest.fixture
def budgets(make_cycle: Make) -> list[Cycle]:
    return [
        make_cycle(slug=f"of-{number}", costs=(100,) * number, amount=2000)
        for number in (FEW, MANY)
    ]


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is read once a process is read here
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", OF_ANYBODY)
def test_public_pages_of_many_proposals(budgets: list[Cycle], client: Client, name: str) -> None:
    few, many = (queries(client, page(name, cycle.slug)) for cycle in budgets)
    assert few == many <= 14


def test_filters_and_search_of_many_proposals(budgets: list[Cycle], client: Client) -> None:
    for query in ("?q=Project", "?sort=backed", "?state=shortlisted", "?q=Project&page=2"):
        few, many = (queries(client, page("proposal-list", one.slug) + query) for one in budgets)
        assert few == many, query


@pytest.mark.parametrize("name", OF_ORGANISERS)
def test_organisers_pages_of_many_proposals(budgets: list[Cycle], bob: User, name: str) -> None:
    client = signed_in(bob)
    few, many = (queries(client, page(name, cycle.slug)) for cycle in budgets)
    assert few == many


def published(cycle: Cycle, bob: User) -> Cycle:
    """All on the ballot win, each with its place on the map."""
    cycle.proposals.update(latitude=42.9, longitude=71.37)
    election: Any = freeze_election(by=bob, election=cycle.envelopes.get().election)
    decide(election, bob, [["1", "2"]] * 4 + [["3"]] * 3)
    return cycle


def test_results_of_many_projects(
    budgets: list[Cycle], alice: User, bob: User, client: Client
) -> None:
    few, many = (published(cycle, bob) for cycle in budgets)
    for name in AFTERWARDS:
        small, large = (queries(client, page(name, cycle.slug)) for cycle in (few, many))
        assert small == large <= 14, name


def test_results_of_many_envelopes_come_page_by_page(
    budgets: list[Cycle], alice: User, bob: User, client: Client
) -> None:
    cycle = published(budgets[0], bob)
    before = queries(client, page("results-detail", cycle.slug))
    envelope = cycle.envelopes.get()
    election = Election.objects.get(envelope=envelope)
    for number in range(2, 9):
        _copy(cycle, election, number)
    assert queries(client, page("results-detail", cycle.slug)) == before
    first = client.get(page("results-detail", cycle.slug))
    last = client.get(page("results-detail", cycle.slug) + "?page=2")
    shown = [
        result.election.envelope.number
        for response in (first, last)
        for result in response.context["results"]
    ]
    assert shown == list(range(1, 9))
    assert len(first.context["results"]) < 8


def test_works_of_many_winners_come_page_by_page(
    budgets: list[Cycle],
    alice: User,
    bob: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("budgeting.views.works.WORKS_A_PAGE", 2)
    address = page("work-list", published(budgets[1], bob).slug)
    first, second = client.get(address), client.get(f"{address}?page=2")
    shown = [row.work.pk for answer in (first, second) for row in answer.context["page"]]
    assert len(set(shown)) == 4 < first.context["total"].number


def _copy(cycle: Cycle, election: Election, number: int) -> None:
    """One more decided envelope, with the same file and the same count."""
    envelope = Envelope.objects.create(
        cycle=cycle, number=number, territory=cycle.dossier.territory, amount=2000,
        name_kk=f"Аудан {number}", name_ru=f"Район {number}", name_en=f"District {number}",
    )  # fmt: skip
    other = Election.objects.create(
        envelope=envelope, opens_at=election.opens_at, closes_at=election.closes_at,
        rules=election.rules,
    )  # fmt: skip
    for rows in (election.shortlist.all(), election.tallies.all(), [election.ballot_file]):
        for row in rows:
            row.pk, row.election, row._state.adding = None, other, True
            row.save(force_insert=True)
    for state in (Election.State.FROZEN, Election.State.CLOSED, Election.State.COUNTED,
                  Election.State.PUBLISHED):  # fmt: skip
        Election.objects.filter(pk=other.pk).update(state=state)
