"""What a public page costs the database: few queries, and the same for 3 rows and for 300."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Election, Envelope, Proposal
from budgeting.services.elections import freeze_election, prepare_election
from budgeting.services.importing import import_pabulib
from budgeting.services.voting import cast_ballot
from participation.models import Dossier, DossierText, Phase, Territory
from participation.services import Draft, Wording, create_dossiers, record
from tests.budgeting.pages import SLUG, decide, page
from tests.conftest import make_person

MOST_QUERIES = 12
# What is shared stands on the page of every thing: discussion, answers due, following, the chain.
MOST_QUERIES_OF_A_THING = MOST_QUERIES + 5
MANY = 300


def queries(client: Client, address: str) -> int:
    client.get(address)  # templates compiled, sessions and content types known
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _wordings(title: str) -> list[Wording]:
    return [Wording(language, f"{title} {language}", "Words.") for language in ("kk", "ru", "en")]


def add_proposals(cycle: Cycle, number: int) -> None:
    envelope, first = cycle.envelopes.get(), cycle.proposals.count() + 1
    category, _ = Category.objects.get_or_create(slug="parks", name_kk="П", name_ru="П")
    numbers = range(first, first + number)
    dossiers = create_dossiers(
        kind=phases.PROPOSAL,
        territory=envelope.territory,
        state="shortlisted",
        publish=True,
        drafts=[
            Draft(f"budgeting/{cycle.slug}/proposals/{n}/", _wordings(f"P{n}")) for n in numbers
        ],
    )
    Proposal.objects.bulk_create(
        Proposal(dossier=dossier, cycle=cycle, envelope=envelope, number=n, cost=10,
                 category=category, state=Proposal.State.SHORTLISTED)
        for n, dossier in zip(numbers, dossiers, strict=True)
    )  # fmt: skip


def add_cycles(like: Cycle, number: int, *, kind: str = phases.VOTING) -> None:
    first = Cycle.objects.count()
    names = [f"city-{first + n}" for n in range(number)]
    places = Territory.objects.bulk_create(
        Territory(slug=name, kind="city", name_kk=name, name_ru=name, parent=like.dossier.territory)
        for name in names
    )
    dossiers = [
        create_dossiers(
            kind=phases.CYCLE,
            territory=place,
            state="running",
            publish=True,
            drafts=[Draft(f"budgeting/{place.slug}/", _wordings(place.slug))],
        )[0]
        for place in places
    ]
    now = timezone.now()
    Phase.objects.bulk_create(
        Phase(dossier=dossier, kind=kind, opens_at=now - timedelta(days=1),
              closes_at=now + timedelta(days=n + 1))
        for n, dossier in enumerate(dossiers)
    )  # fmt: skip
    cycles = Cycle.objects.bulk_create(
        Cycle(dossier=dossier, slug=place.slug, year=2030, ruleset=like.ruleset)
        for dossier, place in zip(dossiers, places, strict=True)
    )
    Envelope.objects.bulk_create(
        Envelope(cycle=cycle, number=1, territory=place, amount=1000, name_kk="Б", name_ru="Б")
        for cycle, place in zip(cycles, places, strict=True)
    )


def is_the_same(
    client: Client, address: str, more: Callable[[], Any], *, most: int = MOST_QUERIES
) -> None:
    """At most so many queries, and not one more when there is far more to show."""
    few = queries(client, address)
    more()
    many = queries(client, address)
    assert max(few, many) <= most
    assert many == few


def test_list_of_budgets(client: Client, cycle: Cycle) -> None:
    add_cycles(cycle, 2)
    is_the_same(client, page("cycle-list"), lambda: add_cycles(cycle, MANY))


def test_one_budget(client: Client, election: Election) -> None:
    cycle = election.envelope.cycle
    is_the_same(
        client,
        page("cycle-detail", SLUG),
        lambda: add_proposals(cycle, MANY),
        most=MOST_QUERIES_OF_A_THING,
    )


def test_proposals_of_a_budget(client: Client, cycle: Cycle) -> None:
    address = page("proposal-list", SLUG)
    add_proposals(cycle, 1)
    is_the_same(client, address, lambda: add_proposals(cycle, MANY))
    assert queries(client, f"{address}?q=P&category=parks&state=shortlisted") <= MOST_QUERIES


def test_one_proposal(client: Client, cycle: Cycle) -> None:
    assert queries(client, page("proposal-detail", SLUG, 1)) <= MOST_QUERIES_OF_A_THING


def test_booth(client: Client, make_cycle: Any, alice: User, bob: User) -> None:
    costs = {}
    for slug, number in (("few-2027", 3), ("many-2027", MANY)):
        cycle = make_cycle(slug, costs=(10, 10))
        add_proposals(cycle, number - 2)
        election = freeze_election(by=bob, election=cycle.envelopes.get().election)
        client.force_login(alice)
        costs[slug] = queries(client, page("ballot-cast", slug, 1))
        cast_ballot(voter=alice, election=election, choices=["1"], request="k")
        assert queries(client, page("ballot-receipt", slug, 1)) <= MOST_QUERIES + 4
    assert costs["few-2027"] == costs["many-2027"]
    assert costs["few-2027"] <= MOST_QUERIES + 2  # the session and the person are two


def _election_file(projects: int) -> str:
    head = "META\nkey;value\ndescription;E\ncountry;Poland\nunit;E{0}\ninstance;2023\n"
    head += "num_projects;{0}\nnum_votes;30\nbudget;{0}\nvote_type;approval\nrule;greedy\n"
    rows = "".join(f"p{n};2;Project {n}\n" for n in range(projects))
    votes = "".join(f"{n};p{n % projects},p{(n + 1) % projects}\n" for n in range(30))
    head = head.format(projects)
    return f"{head}PROJECTS\nproject_id;cost;name\n{rows}VOTES\nvoter_id;vote\n{votes}"


@pytest.mark.django_db
def test_results_and_their_downloads(client: Client) -> None:
    costs: dict[str, list[int]] = {}
    for number in (3, MANY):
        cycle = import_pabulib(text=_election_file(number), name="e.pb", source_note="x")
        for name, args in (("results-detail", ()), ("tally-csv", (1,)), ("tally-json", (1,)),
                           ("ballots-pb", (1,)), ("log-detail", (1,))):  # fmt: skip
            costs.setdefault(name, []).append(queries(client, page(name, cycle.slug, *args)))
    assert all(few == many <= MOST_QUERIES for few, many in costs.values()), costs


def test_results_of_many_envelopes(client: Client, make_cycle: Any, alice: User, bob: User) -> None:
    costs = []
    for slug, number in (("one-2027", 1), ("five-2027", 5)):
        cycle = make_cycle(slug)
        for extra in range(2, number + 1):
            add_envelope(cycle, extra)
        for envelope in cycle.envelopes.order_by("number"):
            frozen = freeze_election(by=bob, election=envelope.election)
            decide(frozen, bob, [[frozen.shortlist.first().project_id]] * 2)
        address = page("results-detail", slug)
        assert len(client.get(address).context["results"]) == number
        costs.append(queries(client, address))
        assert queries(client, page("cycle-detail", slug)) <= MOST_QUERIES_OF_A_THING
    assert costs[0] == costs[1] <= MOST_QUERIES


def add_envelope(cycle: Cycle, number: int) -> None:
    """A district's money with two projects of its own, to be voted on by itself."""
    envelope = Envelope.objects.create(
        cycle=cycle, number=number, territory=cycle.dossier.territory, amount=100,
        name_kk="А", name_ru="А",
    )  # fmt: skip
    prepare_election(envelope=envelope)
    first = cycle.proposals.count() + 1
    add = range(first, first + 2)
    dossiers = create_dossiers(
        kind=phases.PROPOSAL, territory=envelope.territory, state="shortlisted", publish=True,
        drafts=[Draft(f"budgeting/{cycle.slug}/proposals/{n}/", _wordings(f"P{n}")) for n in add],
    )  # fmt: skip
    Proposal.objects.bulk_create(
        # The number on a ballot is the proposal's number in its cycle.
        Proposal(dossier=dossier, cycle=cycle, envelope=envelope, number=n, cost=10,
                 state=Proposal.State.SHORTLISTED)
        for n, dossier in zip(add, dossiers, strict=True)
    )  # fmt: skip


def test_home(client: Client, cycle: Cycle) -> None:
    add_cycles(cycle, 2)
    is_the_same(client, "/en/", lambda: add_cycles(cycle, 100))
    client.cookies["region"] = "zhambyl"
    assert queries(client, "/en/") <= MOST_QUERIES


def test_public_record(client: Client, cycle: Cycle) -> None:
    def more() -> None:
        for number in range(MANY):
            record(kind="budgeting.test", dossier=cycle.dossier, number_of_test=number)

    is_the_same(client, "/en/record/", more)


def test_places(client: Client, cycle: Cycle) -> None:
    assert queries(client, "/en/regions/") <= MOST_QUERIES
    add_cycles(cycle, 1)
    is_the_same(client, "/en/regions/taraz/", lambda: add_cycles(cycle, 50))


def test_a_list_reads_no_more_rows_than_it_shows(client: Client, cycle: Cycle) -> None:
    add_cycles(cycle, 60)
    with CaptureQueriesContext(connection) as captured:
        client.get(page("cycle-list"))
    texts = [q["sql"] for q in captured if DossierText._meta.db_table in q["sql"]]
    assert len(texts) == 1
    answer = client.get(page("cycle-list"))
    assert len(answer.context["cards"]) == 20


def test_queue_of_the_organiser(client: Client, cycle: Cycle, bob: User) -> None:
    client.force_login(bob)
    address = page("proposal-queue", SLUG)
    few = queries(client, address)
    add_proposals(cycle, MANY)
    assert queries(client, address) == few <= MOST_QUERIES + 4
    assert queries(client, page("cycle-organise", SLUG)) <= 32


def test_person_without_end(client: Client, cycle: Cycle) -> None:
    person = make_person("busy@example.org", "Busy", language="en")
    add_proposals(cycle, 40)
    cycle.proposals.update(author=person)
    client.force_login(person)
    cost = queries(client, "/en/account/")
    add_proposals(cycle, 100)
    cycle.proposals.update(author=person)
    assert queries(client, "/en/account/") == cost
    assert Dossier.objects.filter(proposal__author=person).count() > 100
