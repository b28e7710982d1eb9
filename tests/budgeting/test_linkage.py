"""After the close nothing in the database or its logs joins a person to a choice or to a time."""

import random
import sys
from dataclasses import dataclass
from html import unescape
from math import sqrt

import psycopg
import pytest
from django.apps import apps
from django.core import mail
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.urls import reverse
from django.views.debug import ExceptionReporter

from accounts.models import User
from budgeting.keys import read_key
from budgeting.models import Ballot, Election
from budgeting.services import sealing
from budgeting.services.elections import advance_election, due_elections, freeze_election
from budgeting.services.paper.protocols import declare_papers
from budgeting.services.sealing import seal_finished_epochs
from budgeting.services.voting import cast_ballot
from config import embedded
from participation.models import Delivery, Event
from participation.services.delivery import deliver_due
from tests.budgeting.ballot_box import cast_all, cast_sealed, fetch_all, make_voters
from tests.budgeting.papers import open_desk, paper
from tests.budgeting.registers import LETTER_RULES, import_register, table
from tests.conftest import pass_deadline

KINDS = (["1"], ["2"], ["1", "2"], ["3"], ["4"], ["1", "4"], ["2", "3"], ["1", "3"])


@dataclass
class Vote:
    """A vote with what only its voters know: in which order they came, and what each was told."""

    election: Election
    order: list[int]
    commitments: dict[int, str]

    def close(self) -> None:
        advance_election(pass_deadline(self.election))
        self.election.refresh_from_db()


@pytest.fixture
def vote(election, monkeypatch) -> Vote:
    """60 people in a random order, some twice, four epochs while they come; notices sent."""
    monkeypatch.setattr(sealing, "SMALLEST_EPOCH", 20)
    chance = random.Random(2027)
    voters = make_voters(election, 70)[:60]
    chance.shuffle(voters)
    told: dict[int, str] = {}
    for number, voter in enumerate([*voters, *voters[:12]]):
        receipt = cast_ballot(
            voter=voter,
            election=election,
            choices=chance.choice(KINDS),
            request=f"form-{number}",
        )
        told[voter.pk] = receipt.commitment
        if number % 24 == 23:
            seal_finished_epochs(election)
    deliver_due()
    return Vote(election, [voter.pk for voter in voters], told)


def _truth(told: dict[int, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE truth (voter bigint, row_id text)")
        cursor.executemany("INSERT INTO truth VALUES (%s, %s)", list(told.items()))


def _columns(table: str) -> list[str]:
    rows = fetch_all(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND NOT attisdropped"
        " AND attname NOT IN ('tableoid')",
        table,
    )
    return [f'"{name}"::text' for (name,) in rows]


def _tables_about_people() -> list[tuple[str, str]]:
    """Every table with a column that refers to a person, whichever app it is of."""
    found = [(User._meta.db_table, "id")]
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                found.append((model._meta.db_table, field.column))
    return found


def _links(people: tuple[str, str], public: str, row_id: str, n: int) -> list[str]:
    """The column pairs whose join finds people's own ballots more often than chance does."""
    table, person = people
    telling = []
    for left in _columns(table):
        for right in _columns(public):
            ((pairs, hits),) = fetch_all(
                f"WITH p AS (SELECT {person} AS person, {left} AS value FROM {table}),"
                f" q AS (SELECT {row_id} AS row_id, {right} AS value FROM {public})"
                " SELECT count(*), count(*) FILTER (WHERE (p.person, q.row_id) IN"
                " (SELECT voter, row_id FROM truth)) FROM p JOIN q USING (value)"
            )
            by_chance = pairs / n
            if hits > by_chance + 5 * sqrt(by_chance) + 3:
                telling.append(f"{table}.{left} = {public}.{right}: {hits} of {pairs}")
    return telling


@pytest.mark.django_db(transaction=True)
def test_no_join_of_any_two_columns_tells_whose_ballot_one_is(vote) -> None:
    vote.close()
    _truth(vote.commitments)
    openings = "(SELECT commitment FROM budgeting_leaf WHERE id = leaf_id)"
    public = [("budgeting_leaf", "commitment"), ("budgeting_openedballot", openings)]
    found = [
        link
        for people in _tables_about_people()
        for table, row_id in public
        for link in _links(people, table, row_id, len(vote.order))
    ]
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_the_search_for_links_does_find_one_while_the_vote_is_open(vote) -> None:
    """Roll and sealed ballot share a transaction until the close: to a slot and noise, no more."""
    key = read_key(vote.election.pk, vote.election.key_fingerprint)
    slots = {voter: key.slot(voter).hex() for voter in vote.order}
    _truth(slots)
    roll = ("budgeting_rollentry", "voter_id")
    open_links = _links(roll, "budgeting_ballot", "encode(slot, 'hex')", len(vote.order))
    assert any('"xmin"::text = budgeting_ballot."xmin"' in link for link in open_links)
    vote.close()
    assert _links(roll, "budgeting_ballot", "encode(slot, 'hex')", len(vote.order)) == []


def _another_connection() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{k: v for k, v in parameters.items() if k in names})


@pytest.mark.django_db(transaction=True)
def test_the_roll_tells_nothing_of_the_order_of_casts_after_the_close(election) -> None:
    """Also where somebody looked on and still does, which keeps the old versions of rows."""
    voters = [voter.pk for voter in make_voters(election, 700)]
    came = random.Random(7).sample(voters, 400)
    by_place = "SELECT voter_id FROM budgeting_rollentry WHERE election_id = %s ORDER BY ctid"
    with _another_connection() as report:
        report.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        report.execute("SELECT 1 FROM accounts_user LIMIT 1")
        for voter in came:
            cast_sealed(election, voter, ["1"], "form")
        assert fetch_all(by_place, election.pk) != [(voter,) for voter in voters]
        advance_election(pass_deadline(election))

    times = "SELECT count(DISTINCT xmin::text) FROM budgeting_rollentry WHERE election_id = %s"
    assert fetch_all(times, election.pk) == [(1,)]
    assert [v for (v,) in fetch_all(by_place, election.pk) if v in set(voters)] == voters
    # A row's old version would stand between the others: the places are without gaps.
    assert fetch_all(
        "SELECT count(*) FROM budgeting_rollentry r WHERE split_part(ctid::text, ',', 2) <>"
        " (SELECT count(*) FROM budgeting_rollentry s WHERE s.ctid <= r.ctid"
        " AND split_part(s.ctid::text, ',', 1) = split_part(r.ctid::text, ',', 1))::text || ')'"
    ) == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_a_backup_under_way_at_the_close_delays_the_count_and_spoils_nothing(election) -> None:
    told = cast_all(election, make_voters(election, 3))
    pass_deadline(election)
    with _another_connection() as backup:
        backup.execute("SELECT 1 FROM budgeting_rollentry LIMIT 1")
        with pytest.raises(OperationalError, match="lock timeout"):
            advance_election(election)
        election.refresh_from_db()
        assert election.state == Election.State.CLOSED
    advance_election(election)
    election.refresh_from_db()
    assert election.state == Election.State.COUNTED
    opened = fetch_all("SELECT commitment FROM budgeting_leaf ORDER BY 1")
    assert opened == sorted((commitment,) for commitment in told.values())


@pytest.mark.django_db(transaction=True)
def test_leaves_and_openings_lie_in_the_order_of_commitments(vote) -> None:
    vote.close()
    for column in ("ctid", "id"):
        leaves = fetch_all(
            f"SELECT e.number, l.commitment FROM budgeting_leaf l"
            f" JOIN budgeting_epoch e ON e.id = l.epoch_id ORDER BY l.{column}"
        )
        assert leaves == sorted(leaves)
        openings = fetch_all(
            f"SELECT l.commitment FROM budgeting_openedballot o"
            f" JOIN budgeting_leaf l ON l.id = o.leaf_id ORDER BY o.{column}"
        )
        assert len(openings) == 60
        assert openings == sorted(openings)
    times = "SELECT count(DISTINCT xmin::text) FROM budgeting_openedballot"
    assert fetch_all(times) == [(1,)]


def test_a_stored_ballot_has_no_number_and_no_time(db) -> None:
    columns = fetch_all(
        "SELECT a.attname, format_type(a.atttypid, NULL),"
        " coalesce(pg_get_serial_sequence('budgeting_ballot', a.attname), '')"
        " || a.attidentity::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '')"
        " FROM pg_attribute a LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) ="
        " (a.attrelid, a.attnum) WHERE a.attrelid = 'budgeting_ballot'::regclass AND a.attnum > 0"
    )
    assert sorted(columns) == [
        ("body", "bytea", ""),
        ("election_id", "bigint", ""),
        ("epoch", "integer", ""),
        ("idempotency", "bytea", ""),
        ("slot", "bytea", ""),
        ("version", "integer", ""),
    ]


def test_stored_bodies_tell_nothing_by_their_length(election) -> None:
    voters = make_voters(election, 4)
    for voter, choices in zip(voters, KINDS[:4], strict=True):
        cast_sealed(election, voter.pk, choices, "form")
    assert {len(body) for body in Ballot.objects.values_list("body", flat=True)} == {284}


@pytest.mark.django_db(transaction=True)
def test_no_notice_that_was_sent_still_tells_when_somebody_voted(vote) -> None:
    assert len(mail.outbox) == 72
    vote.close()
    assert not Event.objects.filter(kind="ballot_cast").exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_notice_still_waiting_at_the_close_is_sent_and_then_forgotten(election) -> None:
    (voter,) = make_voters(election, 1)
    cast_ballot(voter=voter, election=election, choices=["1"], request="form")
    advance_election(pass_deadline(election))
    election.refresh_from_db()
    assert election.state == Election.State.COUNTED
    assert Delivery.objects.count() == 1
    deliver_due()
    assert [message.to for message in mail.outbox] == [[voter.email]]
    for due in due_elections():
        advance_election(due)
    assert not Event.objects.filter(kind="ballot_cast").exists()
    assert due_elections() == []


@pytest.mark.django_db(transaction=True)
def test_the_log_of_the_database_holds_no_ballot_after_an_error(election, settings) -> None:
    folder = getattr(settings, "SERVICES_DIR", None)
    if folder is None:
        pytest.skip("the database is somebody else's: its log is not ours to read")
    log = embedded.status(folder)[0].log
    before = log.stat().st_size
    (voter,) = make_voters(election, 1)
    key = read_key(election.pk, election.key_fingerprint)
    sealed = key.seal(voter=voter.pk, request="b", choices=["2"])
    assert cast_sealed(election, voter.pk, ["1"], "a") == "stored"
    with pytest.raises(DataError):
        cast_sealed(election, voter.pk, ["2"], "b", slot=b"\7" * 32)
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / length(%s::bytea) - 1 / 0", [sealed.body])
    said = log.read_bytes()[before:].decode()
    assert "slot does not match the roll" in said
    assert "division by zero" in said
    for secret in (sealed.body, sealed.nonce, sealed.idempotency, sealed.slot):
        assert secret.hex()[:24] not in said.lower()
        assert secret not in log.read_bytes()[before:]
    assert sealed.commitment not in said


@pytest.fixture
def reports():
    """What Django would mail to the operators about each request that failed."""
    texts: list[str] = []

    def keep(sender, request, **_) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info(), is_email=True)
        texts.extend([reporter.get_traceback_html(), reporter.get_traceback_text()])

    got_request_exception.connect(keep)
    yield texts
    got_request_exception.disconnect(keep)


@pytest.mark.django_db
def test_a_report_of_a_failed_request_hides_the_choices(election, alice, client, reports) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION budgeting_cast_ballot")
    client.force_login(alice)
    client.raise_request_exception = False
    path = reverse("budgeting:ballot-cast", args=[election.envelope.cycle.slug, 1])
    answer = client.post(path, {"step": "cast", "project": ["1", "4"], "form_key": "key-of-a-form"})
    assert answer.status_code == 500
    html, text = reports
    for function in ("ballot_cast", "cast_ballot", "_store"):
        assert function in html
    for report in (html, text):
        shown = unescape(report)
        assert "['1', '4']" not in shown
        assert "SealedBallot(" not in shown
        assert "key-of-a-form" not in shown
        assert "\\x" not in shown.partition("Request information")[0]


@pytest.mark.django_db(transaction=True)
def test_the_error_of_a_refused_row_names_no_body(election) -> None:
    """What a program may log of an error: psycopg's message and the server's detail."""
    (voter,) = make_voters(election, 1)
    key = read_key(election.pk, election.key_fingerprint)
    sealed = key.seal(voter=voter.pk, request="a", choices=["1"])
    cast_sealed(election, voter.pk, ["1"], "a")
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Ballot.objects.create(
            election=election,
            slot=sealed.slot,
            version=1,
            epoch=0,
            idempotency=b"other",
            body=sealed.body,
        )
    assert sealed.body.hex()[:24] not in str(error.value)


@pytest.mark.django_db(transaction=True)
def test_nothing_tells_whose_paper_a_ballot_is_or_which_it_was_in_its_pile(
    make_cycle, alice, bob
) -> None:
    """The worst case: papers are keyed in the very order in which they were given."""
    cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(40)))
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    desk = open_desk(cycle, bob)
    given = [voter.pk for voter in desk.give(*random.Random(7).sample(range(40), 40))]
    desk.end_the_vote()
    readings = [paper(*random.Random(number).choice(KINDS)) for number in range(40)]
    batch = desk.closed_pile(readings)
    election.refresh_from_db()
    declare_papers(by=bob, station=desk.station, election=election, in_box=40)
    advance_election(election)
    key = read_key(election.pk, election.key_fingerprint)
    told = [
        key.seal_paper(batch=batch.pk, number=number, choices=reading.choices).commitment
        for number, reading in enumerate(readings, start=1)
    ]
    assert fetch_all("SELECT count(*) FROM budgeting_openedballot") == [(40,)]
    openings = "(SELECT commitment FROM budgeting_leaf WHERE id = leaf_id)"
    public = [("budgeting_leaf", "commitment"), ("budgeting_openedballot", openings)]
    _truth(dict(zip(given, told, strict=True)))
    people = _tables_about_people()
    assert ("budgeting_paperentry", "keyer_id") in people
    assert [link for who in people for t, r in public for link in _links(who, t, r, 40)] == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE truth")
    _truth(dict(enumerate(told, start=1)))
    pile = ("budgeting_paperentry", "number")
    # Its own number, 1 to 40, meets row numbers by chance alone; the look and the batch meet all.
    assert [link for t, r in public for link in _links(pile, t, r, 40)] == []
