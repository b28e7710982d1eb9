"""Statements to vote on: one vote each, changeable until the close, then a count for good."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.models import Affiliation, Helix, User
from accounts.services import erase_person, export_person
from edp.models import Consultation, OpinionSnapshot, StatementVote, VoteStatement
from edp.opinion_results import canonical
from edp.reports import consensus_report
from edp.services import consultation as services
from edp.services.consultation import errors
from participation.models import Event as Told
from participation.models import Territory
from tests.conftest import make_person
from tests.edp.consulting import close, make_consultation, make_voter
from tests.edp.examples import EXAMPLES
from tests.edp.making import make_body

pytestmark = pytest.mark.django_db
NAMES = {"gov": "government", "bus": "business", "aca": "academia", "civ": "civil_society"}
SIZES = {"gov": 8, "bus": 16, "aca": 8, "civ": 8}
EXAMPLE = EXAMPLES["helix_informed_consensus"]
TEXTS = {"kk": "Ай сайын жариялансын", "ru": "Публиковать ежемесячно", "en": "Publish monthly"}


def put(consultation: Consultation, **texts: str) -> VoteStatement:
    return services.add_statement(by=None, consultation=consultation, texts={**TEXTS, **texts})


def vote_as_in_the_example(consultation: Consultation) -> None:
    """Forty people; the table of domain/edp.md 5.9."""
    voters = {
        name: [make_voter(number, NAMES[name]) for number in range(size)]
        for name, size in SIZES.items()
    }
    for cells in EXAMPLE["votes_[agree,disagree,pass]"].values():
        statement = put(consultation)
        for name, (agree, disagree, passed) in cells.items():
            values = [1] * agree + [-1] * disagree + [0] * passed
            for person, value in zip(voters[name], values, strict=False):
                services.vote_on_statement(by=person, statement=statement, value=value)


def test_the_table_of_zhambyl(city: Territory) -> None:
    consultation = make_consultation(city)
    vote_as_in_the_example(consultation)
    counted = services.count_votes(consultation)
    rows = {row["number"]: row for row in counted["statements"]}
    assert [row["number"] for row in counted["statements"]] == [1, 3, 2, 4]
    for number in (1, 2, 3):
        expected = EXAMPLE["expected"][f"S{number}"]
        assert rows[number]["exact"] == expected["gic"]
        assert float(rows[number]["consensus"]) == expected["gic_float"]
        assert float(rows[number]["geometric_mean"]) == expected["geometric_mean"]
        assert float(rows[number]["weakest"]) == expected["min_group"]
        assert float(rows[number]["agreement"]) == expected["raw_agree"]
    withheld = rows[4]
    assert (withheld["consensus"], withheld["exact"], withheld["agreement"]) == (None, None, None)
    assert withheld["helices"]["business"] is None
    assert withheld["helices"]["government"] == {"agree": 0, "disagree": 0, "pass": 0}
    assert withheld["votes"] == 9


def test_the_count_at_the_close_is_for_good(city: Territory) -> None:
    consultation = make_consultation(city)
    vote_as_in_the_example(consultation)
    now = services.count_votes(consultation)
    close(consultation)
    snapshot = OpinionSnapshot.objects.get(consultation=consultation)
    assert json.loads(snapshot.body) == now
    for sql in (
        "UPDATE edp_opinionsnapshot SET body = '{}'",
        "DELETE FROM edp_opinionsnapshot",
        "TRUNCATE edp_opinionsnapshot",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_anybody_can_count_the_published_votes_again(city: Territory) -> None:
    consultation = make_consultation(city)
    vote_as_in_the_example(consultation)
    close(consultation)
    table = OpinionSnapshot.objects.get(consultation=consultation).votes_csv
    report = consensus_report(table)
    again = {row["statement"]: str(row["gic"]) for row in report["statements"]}
    assert again == {"S1": "91/375", "S3": "21/250", "S2": "4/125"}
    rows = list(csv.DictReader(io.StringIO(table)))
    assert set(rows[0]) == {"participant", "helix", "statement", "vote"}
    # Not in the order in which people came: government was first to vote.
    first = [row["helix"] for row in rows[:24]]
    assert set(first) != {"government"}


def test_the_same_votes_are_the_same_bytes(city: Territory) -> None:
    consultation = make_consultation(city)
    vote_as_in_the_example(consultation)
    assert canonical(services.count_votes(consultation)) == canonical(
        services.count_votes(consultation)
    )


def test_a_vote_can_be_changed_and_keeps_its_helix(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    statement = put(consultation)
    services.vote_on_statement(by=alice, statement=statement, value=1)
    Affiliation.objects.create(
        person=alice, organisation=make_body("Firm", Helix.BUSINESS), valid_from="2020-01-01"
    )
    services.vote_on_statement(by=alice, statement=statement, value=-1)
    vote = StatementVote.objects.get()
    assert (vote.value, vote.helix) == (-1, "civil_society")
    for sql in (
        "UPDATE edp_statementvote SET helix = 'business'",
        "DELETE FROM edp_statementvote",
        "UPDATE edp_statementvote SET value = 2",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert services.votes_by(alice, consultation) == {1: -1}


def test_no_vote_after_the_close(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    statement = put(consultation)
    services.vote_on_statement(by=alice, statement=statement, value=1)
    close(consultation)
    statement = VoteStatement.objects.get()
    with pytest.raises(errors.VotingOver):
        services.vote_on_statement(by=alice, statement=statement, value=0)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE edp_statementvote SET value = 0")


@pytest.mark.django_db(transaction=True)
def test_one_vote_of_two_at_the_same_moment(city: Territory) -> None:
    consultation = make_consultation(city)
    statement = put(consultation)
    person = make_person("twice@example.org", "Twice")

    def vote(value: int) -> None:
        try:
            services.vote_on_statement(by=person, statement=statement, value=value)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(vote, [1, -1, 0, 1]))
    assert StatementVote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_close_waits_for_a_vote_under_way(city: Territory) -> None:
    consultation = make_consultation(city)
    statement = put(consultation)
    person = make_person("slow@example.org", "Slow")
    voted, may_go = Event(), Event()

    def vote_slowly() -> None:
        try:
            with transaction.atomic():
                services.vote_on_statement(by=person, statement=statement, value=1)
                voted.set()
                may_go.wait(10)
        finally:
            connections.close_all()

    def close_it() -> int:
        try:
            with transaction.atomic():
                Consultation.objects.filter(pk=consultation.pk).update(state="closed")
                return StatementVote.objects.count()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        voting = pool.submit(vote_slowly)
        assert voted.wait(10)
        closing = pool.submit(close_it)
        with pytest.raises(TimeoutError):
            closing.result(0.5)
        may_go.set()
        voting.result()
        assert closing.result() == 1


def test_a_proposal_is_decided_with_a_reason(city: Territory, alice: User, bob: User) -> None:
    consultation = make_consultation(city)
    rows = [
        services.propose_statement(
            by=alice, consultation=consultation, text=f"Statement {number}", language="en"
        )
        for number in range(3)
    ]
    with pytest.raises(errors.TooManyProposals):
        services.propose_statement(
            by=alice, consultation=consultation, text="One more", language="en"
        )
    with pytest.raises(errors.StatementIncomplete):
        services.accept_statement(by=bob, statement=rows[0], texts={"kk": "Мәтін", "ru": ""})
    services.accept_statement(by=bob, statement=rows[0], texts=TEXTS)
    with pytest.raises(errors.ReasonMissing):
        services.decline_statement(by=bob, statement=rows[1], reason=" ")
    services.decline_statement(by=bob, statement=rows[1], reason="Two things in one.")
    with pytest.raises(errors.DecidedAlready):
        services.accept_statement(by=bob, statement=rows[1], texts=TEXTS)
    assert Told.objects.filter(kind="vote_statement_decided").count() == 2
    with pytest.raises(errors.VotingOver):
        services.vote_on_statement(by=alice, statement=rows[2], value=1)


def test_what_is_put_to_the_vote_stays(city: Territory) -> None:
    put(make_consultation(city))
    for sql in (
        "UPDATE edp_votestatement SET text_kk = 'other'",
        "UPDATE edp_votestatement SET state = 'proposed'",
        "DELETE FROM edp_votestatement",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_new_and_unsure_statements_come_first(city: Territory, alice: User, bob: User) -> None:
    consultation = make_consultation(city)
    first, second, third = put(consultation), put(consultation), put(consultation)
    assert services.in_order(consultation) == [first, second, third]
    services.vote_on_statement(by=alice, statement=first, value=-1)
    services.vote_on_statement(by=bob, statement=second, value=1)
    order = [row.number for row in services.in_order(consultation)]
    assert order == [second.number, third.number, first.number]


def test_votes_and_words_of_a_person_who_leaves(city: Territory, alice: User, bob: User) -> None:
    consultation = make_consultation(city)
    statement = put(consultation)
    services.vote_on_statement(by=alice, statement=statement, value=1)
    own = services.propose_statement(
        by=alice, consultation=consultation, text="My words", language="en"
    )
    told = export_person(person=alice)["consultations"]
    assert [row["vote"] for row in told["votes_on_statements"]] == [1]
    assert told["statements_proposed"][0]["texts"]["en"] == "My words"
    erase_person(person=alice)
    own.refresh_from_db()
    assert own.text_en == ""
    assert services.count_votes(consultation)["voters"] == 1
