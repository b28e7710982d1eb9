"""The chain of evidence: forward only, no circle however it is tried, and what pages show of it."""

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle
from participation.chain import DEEPEST, steps_of, whole_chain
from participation.contributions import contributions_of
from participation.models import Dossier, DossierLink, JournalEntry, Territory
from participation.services import Draft, Wording, create_dossiers
from participation.services.links import (
    AlreadyLinked,
    CircleInChain,
    LinkedToItself,
    NotPublicYet,
    ReasonMissing,
    link_dossiers,
    unlink_dossiers,
)

Make = Callable[..., list[Dossier]]


@pytest.fixture
def things(city: Territory) -> Make:
    def make(number: int, *, publish: bool = True) -> list[Dossier]:
        first = Dossier.objects.count() + 1
        return create_dossiers(
            kind=phases.PROPOSAL,
            territory=city,
            state="submitted",
            publish=publish,
            drafts=[
                Draft(f"thing/{n}/", [Wording("kk", f"Нәрсе {n}"), Wording("en", f"Thing {n}")])
                for n in range(first, first + number)
            ],
        )

    return make


def link(source: Dossier, target: Dossier, relation: str = "led_to") -> DossierLink:
    return link_dossiers(by=None, source=source, target=target, relation=relation)


def raw_link(source: Dossier, target: Dossier) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participation_dossierlink (source_id, target_id, relation, created_at)"
            " VALUES (%s, %s, 'led_to', now())",
            [source.pk, target.pk],
        )


# --- What the database refuses ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_circle_is_refused_by_raw_sql(things: Make) -> None:
    one, two, three = things(3)
    raw_link(one, two)
    raw_link(two, three)
    for source, target in ((three, one), (two, one), (one, one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            raw_link(source, target)
    raw_link(one, three)  # two ways to the same thing are no circle
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participation_dossierlink SET source_id = %s, target_id = %s"
            " WHERE source_id = %s AND target_id = %s",
            [three.pk, one.pk, one.pk, two.pk],
        )
    assert DossierLink.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_links_that_close_a_circle_together_are_not_both_made(things: Make) -> None:
    pairs = [things(2) for _ in range(10)]
    step, refused = threading.Barrier(2), []

    def make(forward: bool) -> None:
        try:
            for one, two in pairs:
                step.wait(30)
                try:
                    raw_link(*((one, two) if forward else (two, one)))
                except IntegrityError:
                    refused.append(forward)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=(forward,)) for forward in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(refused) == len(pairs) == DossierLink.objects.count()


# --- Services -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_link_is_recorded_and_so_is_its_end(things: Make, bob: User) -> None:
    one, two = things(2)
    made = link_dossiers(by=bob, source=one, target=two, relation="funded_by")
    unlink_dossiers(by=bob, link=made, reason="A slip of the pen.")
    last, first = JournalEntry.objects.all()[:2]
    assert (first.kind, first.data) == (
        "participation.dossiers_linked",
        {"relation": "funded_by", "target": two.reference},
    )
    assert last.data["reason"] == "A slip of the pen."
    assert last.actor == bob
    assert not DossierLink.objects.exists()


@pytest.mark.django_db
def test_what_services_refuse(things: Make) -> None:
    one, two = things(2)
    (draft,) = things(1, publish=False)
    made = link(one, two)
    refusals: list[tuple[type[Exception], Dossier, Dossier]] = [
        (AlreadyLinked, one, two),
        (CircleInChain, two, one),
        (LinkedToItself, one, one),
        (NotPublicYet, one, draft),
        (NotPublicYet, draft, one),
    ]
    entries = JournalEntry.objects.count()
    for refusal, source, target in refusals:
        with pytest.raises(refusal):
            link(source, target)
    with pytest.raises(ReasonMissing):
        unlink_dossiers(by=None, link=made, reason="  ")
    with pytest.raises(KeyError):
        link(two, one, "likes")
    assert (DossierLink.objects.count(), JournalEntry.objects.count()) == (1, entries)


# --- What pages show ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_step_is_told_from_both_ends(things: Make) -> None:
    one, two, three = things(3)
    link(one, two)
    link(two, three, "funded_by")
    assert [(s.relation, s.title, s.is_later) for s in steps_of(two)] == [
        ("came from", "Thing 1", False),
        ("funded by", "Thing 3", True),
    ]
    assert [(s.relation, s.title) for s in steps_of(three)] == [("funds", "Thing 2")]


@pytest.mark.django_db
def test_the_whole_chain_in_both_directions(things: Make) -> None:
    one, two, three, four, aside = things(5)
    link(one, two)
    link(two, three)
    link(three, four)
    link(aside, three)
    chain = whole_chain(two)
    assert [(node.title, node.distance) for node in chain.nodes] == [
        ("Thing 1", -1),
        ("Thing 2", 0),
        ("Thing 3", 1),
        ("Thing 4", 2),
    ]
    assert [edge.relation for edge in chain.edges] == ["led_to"] * 3
    assert chain.is_whole


@pytest.mark.django_db
def test_a_long_chain_says_that_it_goes_on(things: Make) -> None:
    row = things(DEEPEST + 3)
    for source, target in pairwise(row):
        link(source, target)
    chain = whole_chain(row[0])
    assert not chain.is_whole
    assert len(chain.nodes) == DEEPEST + 1
    assert whole_chain(row[6]).is_whole


@pytest.mark.django_db
def test_a_chain_does_not_lead_through_drafts(things: Make) -> None:
    one, two, three = things(3)
    link(one, two)
    link(two, three)
    Dossier.objects.filter(pk=two.pk).update(published_at=None)
    assert steps_of(one) == []
    assert [node.title for node in whole_chain(one).nodes] == ["Thing 1"]


@pytest.mark.django_db
def test_strip_on_the_pages_costs_one_query(client: Client, cycle: Cycle, things: Make) -> None:
    proposal = cycle.proposals.get(number=1)
    address = proposal.get_absolute_url()
    client.get(address)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len([q for q in captured if "participation_dossierlink" in q["sql"]])

    assert cost() == 1
    for thing in things(8):
        link(proposal.dossier, thing)
    assert cost() == 1
    body = client.get(address).content.decode()
    assert "led to" in body
    assert f'href="/en/dossiers/{proposal.dossier.reference}/chain/"' in body


@pytest.mark.django_db
def test_the_chain_for_programs(client: Client, things: Make) -> None:
    one, two = things(2)
    link(one, two)
    data = client.get(f"/kk/dossiers/{one.reference}/chain/chain.json").json()
    assert data["links"] == [
        {"source": one.reference, "target": two.reference, "relation": "led_to"}
    ]
    assert [node["title"] for node in data["nodes"]] == ["Нәрсе 1", "Нәрсе 2"]
    assert data["whole"] is True


def send(client: Client, address: str, **data: str) -> Any:
    form = client.get(address).context["form"]
    return client.post(address, {"form_key": str(form["form_key"].value()), **data})


@pytest.mark.django_db
def test_an_organiser_links_and_unlinks(client: Client, things: Make, bob: User) -> None:
    one, two = things(2)
    client.force_login(bob)
    address = f"/en/dossiers/{two.reference}/chain/links/"
    answer = send(client, address, relation="led_to:backward", reference=one.reference.lower())
    assert (answer.status_code, answer["Location"]) == (302, address)
    made = DossierLink.objects.get()
    assert (made.source, made.target) == (one, two)
    again = send(client, address, relation="led_to:forward", reference=one.reference)
    assert again.status_code == 422
    assert "circle" in again.content.decode()
    assert f'value="{one.reference}"' in again.content.decode()
    nothing = send(client, address, relation="led_to:forward", reference="XX-2026-99999")
    assert nothing.status_code == 422
    remove = f"/en/links/{made.pk}/remove/"
    assert send(client, remove, reason="").status_code == 422
    assert send(client, remove, reason="A mistake.").status_code == 302
    assert not DossierLink.objects.exists()


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_link(client: Client, things: Make, bob: User) -> None:
    one, two = things(2)
    client.force_login(bob)
    address = f"/en/dossiers/{one.reference}/chain/links/"
    key = str(client.get(address).context["form"]["form_key"].value())
    data = {"form_key": key, "relation": "led_to:forward", "reference": two.reference}
    answers = [client.post(address, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert DossierLink.objects.count() == 1


# --- What became of my contributions ------------------------------------------------------------


@pytest.mark.django_db
def test_what_became_of_my_proposals(
    client: Client, cycle: Cycle, alice: User, things: Make
) -> None:
    proposal = cycle.proposals.get(number=1)
    cycle.proposals.filter(number=1).update(author=alice)
    (later,) = things(1)
    link(proposal.dossier, later, "funded_by")
    (mine,) = contributions_of(alice)
    assert (mine.title, mine.status) == ("Project 1", "On the ballot")
    assert [(step.relation, step.title) for step in mine.led_to] == [("funded by", later.title)]
    client.force_login(alice)
    body = client.get("/en/account/").content.decode()
    assert "What became of my contributions" in body
    assert later.title in body
