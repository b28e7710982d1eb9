"""What the database refuses to anyone who may write to it, and what stays allowed."""

import pytest
from django.db import ProgrammingError, connection, transaction

from budgeting.models import Election, RollEntry
from budgeting.services.elections import advance_election, publish_results
from participation.models import Event
from tests.budgeting.ballot_box import cast_all, cast_sealed, fetch_all, make_voters
from tests.conftest import pass_deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(election, bob) -> Election:
    cast_all(election, make_voters(election, 6))
    advance_election(pass_deadline(election))
    election.refresh_from_db()
    publish_results(by=bob, election=election)
    election.refresh_from_db()
    return election


INSUFFICIENT_PRIVILEGE = "42501"


def refused(sql: str, *parameters) -> str:
    """What the database says to a statement that touches at least one row, or "allowed"."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE asks for a commit first
            cursor.execute(sql, parameters)
            assert cursor.rowcount, f"touched nothing, so it proves nothing: {sql}"
            return "allowed"
    except ProgrammingError as error:
        if error.__cause__.sqlstate != INSUFFICIENT_PRIVILEGE:
            raise
        return str(error)


APPEND_ONLY = {
    "budgeting_ballot": "body = body",
    "budgeting_epoch": "size = size + 1",
    "budgeting_leaf": "supersedes = NULL",
    "budgeting_openedballot": "choices = '[]'",
    "budgeting_ballotfile": "text = ''",
    "budgeting_tally": "result = '{}'",
    "budgeting_award": "cost = 0",
    "participation_journalentry": "actor_id = NULL",
}


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_rows_of_the_record_never_change(published, table) -> None:
    statements = [
        f"UPDATE {table} SET {APPEND_ONLY[table]}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ]
    for statement in statements:
        assert "append-only" in refused(statement), statement


FROZEN = {
    "roll: a cast taken back": "UPDATE budgeting_rollentry SET casts = casts - 1",
    "roll: two casts at once": "UPDATE budgeting_rollentry SET casts = casts + 2",
    "roll: not voted at all": "UPDATE budgeting_rollentry SET casts = 0, channel = NULL",
    "roll: channel alone": "UPDATE budgeting_rollentry SET channel = 'paper'",
    "roll: on paper after the web": (
        "UPDATE budgeting_rollentry SET channel = 'paper', casts = casts + 1 WHERE channel = 'web'"
    ),
    "roll: another voter": "UPDATE budgeting_rollentry SET voter_id = voter_id + 100000",
    "roll: struck off": "DELETE FROM budgeting_rollentry",
    "roll: emptied": "TRUNCATE budgeting_rollentry",
    "shortlist: cost": "UPDATE budgeting_shortlistentry SET cost = cost - 1",
    "shortlist: place": "UPDATE budgeting_shortlistentry SET position = position + 10",
    "shortlist: project removed": "DELETE FROM budgeting_shortlistentry",
    "shortlist: emptied": "TRUNCATE budgeting_shortlistentry",
    "shortlist: project added": (
        "INSERT INTO budgeting_shortlistentry (election_id, proposal_id, project_id, position,"
        " cost) SELECT election_id, proposal_id, '99', 99, 1 FROM budgeting_shortlistentry LIMIT 1"
    ),
    "envelope: amount": "UPDATE budgeting_envelope SET amount = amount + 1",
    "envelope: place": "UPDATE budgeting_envelope SET territory_id = territory_id - 1",
    "election: opening": "UPDATE budgeting_election SET opens_at = opens_at - interval '1 day'",
    "election: close": "UPDATE budgeting_election SET closes_at = closes_at + interval '1 day'",
    "election: rules": "UPDATE budgeting_election SET rules = '{}'",
    "election: key": "UPDATE budgeting_election SET key_fingerprint = repeat('0', 64)",
    "election: receipts' key": "UPDATE budgeting_election SET receipt_public_key = ''",
    "election: epoch skipped": "UPDATE budgeting_election SET epoch = epoch + 2",
    "election: epoch back": "UPDATE budgeting_election SET epoch = epoch - 1",
    "election: set up again": "UPDATE budgeting_election SET state = 'setup'",
    "election: opened again": "UPDATE budgeting_election SET state = 'frozen'",
    "election: unknown state": "UPDATE budgeting_election SET state = 'reopened'",
    "election: deleted": "DELETE FROM budgeting_election",
    "election: emptied": "TRUNCATE budgeting_election CASCADE",
    "ruleset: values": "UPDATE participation_ruleset SET data = '{}'",
    "ruleset: thawed": "UPDATE participation_ruleset SET frozen_at = NULL",
    "ruleset: deleted": "DELETE FROM participation_ruleset",
    "ruleset: emptied": "TRUNCATE participation_ruleset CASCADE",
}


@pytest.mark.parametrize("statement", FROZEN.values(), ids=FROZEN)
def test_what_is_frozen_stays(published, statement) -> None:
    assert refused(statement) != "allowed"


ROLL = [name for name in FROZEN if name.startswith("roll: ")]


@pytest.mark.parametrize("name", ROLL)
def test_the_roll_only_moves_forward_while_people_vote(election, name) -> None:
    cast_all(election, make_voters(election, 6))
    assert refused(FROZEN[name]) != "allowed"


def test_the_roll_ends_with_the_vote(election, charlie) -> None:
    (voter,) = make_voters(election, 1)
    add = "INSERT INTO budgeting_rollentry (election_id, voter_id, casts) VALUES (%s, %s, 0)"
    mark = "UPDATE budgeting_rollentry SET channel = 'paper', casts = casts + 1 WHERE voter_id = %s"
    pass_deadline(election)
    assert fetch_all("SELECT budgeting_close_election(%s)", election.pk) == [(True,)]
    assert "the vote is over" in refused(add, election.pk, charlie.pk)
    assert "the vote is over" in refused(mark, voter.pk)


def test_not_even_one_row_among_many(published) -> None:
    """The triggers are for each row: a WHERE makes no difference."""
    assert "append-only" in refused(
        "DELETE FROM budgeting_leaf WHERE id = (SELECT max(id) FROM budgeting_leaf)"
    )


def test_a_ballot_on_paper_stays_on_paper(election) -> None:
    (voter,) = make_voters(election, 1)
    mark = "UPDATE budgeting_rollentry SET channel = %s, casts = casts + 1 WHERE voter_id = %s"
    assert refused(mark, "paper", voter.pk) == "allowed"
    assert refused(mark, "web", voter.pk) != "allowed"
    assert cast_sealed(election, voter.pk, ["1"], "a") == "voted_on_paper"
    assert election.ballots.count() == 0


def test_the_roll_is_not_rewritten_before_the_close(election) -> None:
    with pytest.raises(Exception, match="after the close"), transaction.atomic():
        fetch_all("SELECT budgeting_rewrite_roll(%s)", election.pk)


def test_an_election_is_not_closed_before_its_time(election) -> None:
    assert fetch_all("SELECT budgeting_close_election(%s)", election.pk) == [(False,)]
    election.refresh_from_db()
    assert election.state == Election.State.FROZEN


def test_an_election_whose_time_has_come_is_closed_once(election) -> None:
    pass_deadline(election)
    assert fetch_all("SELECT budgeting_close_election(%s)", election.pk) == [(True,)]
    assert fetch_all("SELECT budgeting_close_election(%s)", election.pk) == [(False,)]


def test_no_epoch_ends_after_the_count(published) -> None:
    assert fetch_all("SELECT budgeting_next_epoch(%s, %s)", published.pk, published.epoch) == [
        (False,)
    ]


def test_preparing_stays_free(cycle) -> None:
    """Before the freeze everything may change: guards are about the frozen, not the tables."""
    prepared = cycle.envelopes.get().election
    assert prepared.state == Election.State.SETUP
    changes = [
        "UPDATE budgeting_election SET closes_at = closes_at + interval '1 day'",
        "UPDATE budgeting_envelope SET amount = amount + 1",
        "UPDATE participation_ruleset SET data = data",
        "UPDATE budgeting_election SET state = 'setup'",
        "DELETE FROM budgeting_election",
    ]
    assert {refused(change) for change in changes} == {"allowed"}


def test_what_goes_on_after_the_freeze_is_allowed(election) -> None:
    cast_all(election, make_voters(election, 2))
    changes = [
        "UPDATE budgeting_envelope SET name_en = 'City'",
        "UPDATE budgeting_election SET epoch = epoch + 1",
        "UPDATE budgeting_election SET state = 'closed'",
        "SELECT budgeting_rewrite_roll(id) FROM budgeting_election",
        "DELETE FROM participation_delivery",
        "DELETE FROM participation_event WHERE kind = 'ballot_cast'",
    ]
    assert {refused(change) for change in changes} == {"allowed"}
    assert not Event.objects.filter(kind="ballot_cast").exists()
    assert set(RollEntry.objects.filter(casts__gt=0).values_list("casts", flat=True)) == {1}
