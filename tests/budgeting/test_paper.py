"""Votes on paper: given once, keyed by two, decided by a third, counted with all others."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from accounts.multilingual import Told
from budgeting import errors
from budgeting.ballots import BLANK, PaperPlace, Reading
from budgeting.keys import read_key
from budgeting.models import (
    Ballot,
    BallotFile,
    Cycle,
    Election,
    OpenedBallot,
    PaperCount,
    PaperEntry,
    Participation,
    RollEntry,
    StationProtocol,
)
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.paper import errors as refusals
from budgeting.services.paper import protocols
from budgeting.services.paper.batches import (
    close_batch,
    correct_batch,
    decide_paper,
    key_paper,
    make_batch,
)
from budgeting.services.paper.giving import ballots_for, give_ballots, person_at_station
from budgeting.services.paper.protocols import declare_papers, papers_are_complete
from budgeting.services.paper.stations import appoint_officer, end_service, open_station
from budgeting.services.proofs.lines import tie
from budgeting.services.voting import cast_ballot
from participation.models import JournalEntry, Residence
from participation.services.residences import confirm_residence
from tests.budgeting.ballot_box import fetch_all
from tests.budgeting.papers import DRAFT, EMPTY, TORN, Desk, open_desk, paper
from tests.budgeting.registers import BIRTHDAYS, LETTER_RULES, import_register, line_number, table
from tests.conftest import Make, make_person

pytestmark = pytest.mark.django_db
WHY = Told("Қате", "Ошибка")


@pytest.fixture
def listed(make_cycle: Make, alice: User) -> Cycle:
    cycle: Cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(12)))
    return cycle


@pytest.fixture
def election(listed: Cycle, bob: User) -> Election:
    return freeze_election(by=bob, election=listed.envelopes.get().election)


@pytest.fixture
def desk(listed: Cycle, election: Election, bob: User) -> Desk:
    return open_desk(listed, bob)


def resident(cycle: Cycle, number: int) -> User:
    """With an account, and shown to be the person of a line."""
    line = line_number(cycle, number)
    person = make_person(f"line{number}@example.org", "Line")
    tie(line=line, person=person)
    confirm_residence(by=None, person=person, territory=line.territory, born_on=line.born_on)
    return person


# --- Stations -----------------------------------------------------------------------------------


def test_stations_are_numbered_and_journaled(desk: Desk, bob: User) -> None:
    second = open_station(by=bob, cycle=desk.cycle, draft=DRAFT)
    assert (desk.station.number, second.number) == (1, 2)
    assert (second.name, second.address) == ("Library", "1 Abay Street")
    kinds = JournalEntry.objects.values_list("kind", flat=True)
    assert list(kinds).count("budgeting.station_opened") == 2


def test_a_budget_without_a_register_has_no_stations(make_cycle: Make, bob: User) -> None:
    with pytest.raises(refusals.StationsNeedRegister):
        open_station(by=bob, cycle=make_cycle(), draft=DRAFT)


def test_an_officer_serves_once_until_the_end(desk: Desk, bob: User) -> None:
    officer = desk.officers[0]
    may = "budgeting.give_paper"
    with pytest.raises(refusals.ServesAlready):
        appoint_officer(by=bob, station=desk.station, person=officer)
    assert officer.has_perm(may, desk.station)
    assert not bob.has_perm(may, desk.station)
    assert bob.has_perm("budgeting.key_papers", desk.station)
    for row in desk.station.officers.filter(person=officer):
        end_service(by=bob, officer=row)
    assert not officer.has_perm(may, desk.station)
    appoint_officer(by=bob, station=desk.station, person=officer)
    assert officer.has_perm(may, desk.station)


# --- Giving -------------------------------------------------------------------------------------


def test_a_ballot_is_given_to_somebody_without_an_account(desk: Desk) -> None:
    (person,) = desk.give(3)
    entry = RollEntry.objects.get(voter=person)
    assert (entry.channel, entry.casts) == ("paper", 1)
    assert not person.has_usable_password()
    assert PaperCount.objects.get().given == 1
    assert Residence.objects.get(person=person).born_on == BIRTHDAYS[3]


def test_a_ballot_is_given_once(desk: Desk) -> None:
    desk.give(3)
    with pytest.raises(refusals.NotGiven):
        desk.give(3)
    assert PaperCount.objects.get().given == 1


def test_who_voted_on_the_web_is_given_no_paper_and_the_other_way_round(desk: Desk) -> None:
    first, second = resident(desk.cycle, 1), resident(desk.cycle, 2)
    cast_ballot(voter=first, election=desk.election, choices=["1"], request="web")
    with pytest.raises(refusals.NotGiven):
        desk.give(1)
    assert desk.give(2) == [second]
    with pytest.raises(errors.VotedOnPaper):
        cast_ballot(voter=second, election=desk.election, choices=["1"], request="web")
    assert PaperCount.objects.get().given == 1
    assert Ballot.objects.count() == 1


def test_an_officer_learns_that_a_vote_is_recorded_and_not_how(desk: Desk) -> None:
    person = resident(desk.cycle, 1)
    line = line_number(desk.cycle, 1)
    assert [ballot.is_recorded for ballot in ballots_for(line=line, cycle=desk.cycle)] == [False]
    cast_ballot(voter=person, election=desk.election, choices=["1"], request="web")
    desk.give(2)
    for number in (1, 2):
        found = ballots_for(line=line_number(desk.cycle, number), cycle=desk.cycle)
        assert [ballot.is_recorded for ballot in found] == [True]


def test_nobody_gives_a_ballot_to_themselves(desk: Desk) -> None:
    line = line_number(desk.cycle, 5)
    tie(line=line, person=desk.officers[0])
    line.refresh_from_db()
    with pytest.raises(refusals.GivesToOneself):
        person_at_station(by=desk.officers[0], line=line)


def test_no_ballot_is_given_after_the_close_or_before_the_freeze(listed: Cycle, bob: User) -> None:
    early = open_desk(listed, bob)
    with pytest.raises(errors.VotingClosed):
        early.give(1)
    freeze_election(by=bob, election=early.election)
    early.give(2)
    early.end_the_vote()
    with pytest.raises(errors.VotingClosed):
        early.give(3)
    assert PaperCount.objects.get().given == 1


def test_too_young_is_told_and_marks_nothing(make_cycle: Make, alice: User, bob: User) -> None:
    cycle = make_cycle(rules={**LETTER_RULES, "min_age": 30})
    import_register(cycle, table(range(45)))
    freeze_election(by=bob, election=cycle.envelopes.get().election)
    desk = open_desk(cycle, bob)
    with pytest.raises(errors.TooYoung):
        desk.give(44)
    assert not RollEntry.objects.filter(channel="paper").exists()


def test_nothing_chosen_gives_nothing(desk: Desk, alice: User) -> None:
    with pytest.raises(refusals.NothingToGive):
        give_ballots(station=desk.station, person=alice, elections=[])


# --- Batches ------------------------------------------------------------------------------------


def test_a_station_never_has_more_papers_than_it_gave(desk: Desk, bob: User) -> None:
    other = open_desk(desk.cycle, bob)
    desk.give(1, 2, 3)
    other.give(4)
    desk.pile(2)
    with pytest.raises(refusals.MorePapersThanGiven):
        desk.pile(2)
    assert desk.pile(1).number == 2
    with pytest.raises(refusals.MorePapersThanGiven):
        other.pile(2)


def test_the_number_of_papers_is_corrected_while_the_batch_is_open(desk: Desk) -> None:
    desk.give(1, 2, 3)
    batch = desk.pile(3)
    desk.key(batch, [paper("1"), paper("2")])
    correct_batch(by=desk.officers[0], batch=batch, papers=2)
    with pytest.raises(refusals.PapersKeyedBeyond):
        correct_batch(by=desk.officers[0], batch=batch, papers=1)
    with pytest.raises(refusals.MorePapersThanGiven):
        correct_batch(by=desk.officers[0], batch=batch, papers=4)


def test_a_paper_is_keyed_by_two_different_people(desk: Desk) -> None:
    desk.give(1)
    batch = desk.pile(1)
    one, two, three = desk.officers
    key_paper(by=one, batch=batch, number=1, reading=paper("1"))
    with pytest.raises(refusals.KeyedByYou):
        key_paper(by=one, batch=batch, number=1, reading=paper("1"))
    with pytest.raises(refusals.BatchNotReady):
        close_batch(by=one, batch=batch)
    key_paper(by=two, batch=batch, number=1, reading=paper("1"))
    for number in (0, 1, 2):
        with pytest.raises(refusals.PaperUnknown):
            key_paper(by=three, batch=batch, number=number, reading=paper("1"))
    assert close_batch(by=one, batch=batch).valid == 1
    with pytest.raises(refusals.BatchClosed):
        key_paper(by=three, batch=batch, number=1, reading=paper("1"))


@pytest.mark.parametrize(
    ("reading", "refusal"),
    [
        (paper(), errors.EmptyBallot),
        (paper("9"), errors.UnknownProject),
        (paper("1", "2", "3"), errors.BudgetExceeded),
        (Reading("valid", {"1": 3}), errors.BallotInvalid),
    ],
)
def test_papers_follow_the_rules_of_the_vote(
    desk: Desk, reading: Reading, refusal: type[Exception]
) -> None:
    desk.give(1)
    with pytest.raises(refusal):
        key_paper(by=desk.officers[0], batch=desk.pile(1), number=1, reading=reading)
    assert not PaperEntry.objects.exists()


def test_what_was_keyed_is_sealed_and_opens_at_its_place_only(desk: Desk) -> None:
    desk.give(1, 2, 3)
    batch = desk.pile(3)
    desk.key(batch, [paper("1"), paper("1"), EMPTY], [paper("1")])
    election = desk.election
    key = read_key(election.pk, election.key_fingerprint)
    entries = {(entry.number, entry.look): bytes(entry.body) for entry in batch.entries.all()}
    assert len(set(entries.values())) == 4
    assert len({len(body) for body in entries.values()}) == 1
    assert Reading.opened(key, PaperPlace(batch.pk, 1, 2), entries[1, 2]) == paper("1")
    assert Reading.opened(key, PaperPlace(batch.pk, 3, 1), entries[3, 1]).outcome == BLANK
    with pytest.raises(Exception):  # noqa: B017, PT011 - InvalidTag has no common base
        Reading.opened(key, PaperPlace(batch.pk, 2, 1), entries[1, 1])


def test_a_difference_is_decided_by_a_third_person_or_by_both_together(desk: Desk) -> None:
    desk.give(1, 2)
    batch = desk.pile(2)
    one, _two, three = desk.officers
    desk.key(batch, [paper("1"), TORN], [paper("2"), paper("3")])
    with pytest.raises(refusals.BatchNotReady):
        close_batch(by=one, batch=batch)
    decide = {"batch": batch, "reading": paper("2"), "reason": "A slip of the finger."}
    with pytest.raises(refusals.DecidedByAnother):
        decide_paper(by=one, number=1, **decide)
    decide_paper(by=three, number=1, **decide)
    with pytest.raises(refusals.PaperUnknown):
        decide_paper(by=three, number=1, **decide)
    decide_paper(by=one, number=2, is_joint=True, **decide)
    closed = close_batch(by=one, batch=batch)
    assert (closed.valid, closed.blank, closed.spoiled) == (2, 0, 0)
    entry = JournalEntry.objects.filter(kind="budgeting.paper_batch_closed").get()
    assert entry.data["decided"] == 2


def test_what_both_read_alike_needs_no_decision(desk: Desk) -> None:
    desk.give(1)
    batch = desk.pile(1)
    desk.key(batch, [paper("2", "1")], [paper("1", "2")])
    with pytest.raises(refusals.PaperUnknown):
        decide_paper(
            by=desk.officers[2], batch=batch, number=1, reading=paper("1"), reason="Why not."
        )
    assert close_batch(by=desk.officers[2], batch=batch).valid == 1


# --- The count ----------------------------------------------------------------------------------


def test_the_count_waits_for_protocols_and_counts_all_ballots(
    desk: Desk, bob: User, alice: User
) -> None:
    web = [resident(desk.cycle, number) for number in (8, 9)]
    for person in web:
        cast_ballot(voter=person, election=desk.election, choices=["1"], request="web")
    desk.give(1, 2, 3, 4, 5)
    election = desk.end_the_vote()
    assert election.state == "closed"
    desk.closed_pile([paper("1", "2"), EMPTY, paper("3"), TORN])
    advance_election(election)
    election.refresh_from_db()
    assert (election.state, OpenedBallot.objects.count()) == ("closed", 0)
    declare_papers(by=bob, station=desk.station, election=election, in_box=4, reason=WHY)
    assert papers_are_complete(election)
    advance_election(election)
    election.refresh_from_db()
    assert election.state == "counted"
    assert BallotFile.objects.get().number_of_ballots == 2 + 2
    assert fetch_all("SELECT count(*) FROM budgeting_epoch") == [(1,)]
    publish_results(by=bob, election=election)
    channels = Participation.objects.get().tables["channel"]
    assert {row["key"] for row in channels} == {"paper", "web"}
    assert RollEntry.objects.filter(channel="paper").count() == 5


def test_a_station_that_gave_nothing_holds_up_nobody(desk: Desk) -> None:
    assert desk.end_the_vote().state == "counted"


def test_numbers_that_do_not_add_up_stop_the_count(desk: Desk, bob: User) -> None:
    desk.give(1)
    election = desk.end_the_vote()
    desk.closed_pile([paper("1")])
    declare_papers(by=bob, station=desk.station, election=election, in_box=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM budgeting_ballot")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(refusals.NumbersDisagree):
        advance_election(election)
    assert not BallotFile.objects.exists()


def test_a_protocol_needs_a_closed_vote_closed_batches_and_a_reason(desk: Desk, bob: User) -> None:
    desk.give(1, 2)
    asked: dict[str, Any] = {"by": bob, "station": desk.station, "election": desk.election}
    with pytest.raises(refusals.VoteNotOver):
        declare_papers(**asked, in_box=2)
    asked["election"] = desk.end_the_vote()
    batch = desk.pile(1)
    with pytest.raises(refusals.BatchesOpen):
        declare_papers(**asked, in_box=2)
    desk.key(batch, [paper("1")], [paper("1")])
    close_batch(by=desk.officers[0], batch=batch)
    with pytest.raises(refusals.FewerThanAccepted):
        declare_papers(**asked, in_box=0)
    for numbers in (1, 2, 3):
        with pytest.raises(refusals.ReasonMissing):
            declare_papers(**asked, in_box=numbers)
    protocol = declare_papers(**asked, in_box=1, reason=WHY)
    assert (protocol.given, protocol.in_box, protocol.valid) == (2, 1, 1)
    with pytest.raises(refusals.PapersDeclared):
        declare_papers(**asked, in_box=1, reason=WHY)
    with pytest.raises(refusals.PapersDeclared):
        desk.pile(1)


def test_nothing_is_declared_where_nothing_was_given(desk: Desk, bob: User) -> None:
    other = open_desk(desk.cycle, bob)
    desk.give(1)
    election = desk.end_the_vote()
    with pytest.raises(refusals.NothingGiven):
        declare_papers(by=bob, station=other.station, election=election, in_box=0)
    with pytest.raises(refusals.MorePapersThanGiven):
        make_batch(by=other.officers[0], station=other.station, election=election, papers=1)


def test_while_papers_are_waited_for_the_roll_forgets_times_once(
    desk: Desk, django_assert_num_queries: Any
) -> None:
    for number in (8, 9):
        person = resident(desk.cycle, number)
        cast_ballot(voter=person, election=desk.election, choices=["1"], request="web")
    desk.give(1)
    election = desk.end_the_vote()
    assert not papers_are_complete(election)
    before = fetch_all("SELECT DISTINCT xmin::text FROM budgeting_rollentry")
    advance_election(election)
    assert fetch_all("SELECT DISTINCT xmin::text FROM budgeting_rollentry") == before
    assert protocols.papers_are_complete(election) is False
    assert not StationProtocol.objects.exists()


# --- By raw SQL ---------------------------------------------------------------------------------

RAW = {
    "count: more at once": "UPDATE budgeting_papercount SET given = given + 2",
    "count: fewer": "UPDATE budgeting_papercount SET given = given - 1",
    "count: gone": "DELETE FROM budgeting_papercount",
    "batch: too many papers": "UPDATE budgeting_paperbatch SET papers = 4 WHERE valid IS NULL",
    "batch: fewer than keyed": "UPDATE budgeting_paperbatch SET papers = 0 WHERE valid IS NULL",
    "batch: closed one changed": "UPDATE budgeting_paperbatch SET made_by_id = closed_by_id,"
    " papers = 1, valid = 1, blank = 0, spoiled = 0 WHERE valid IS NOT NULL",
    "batch: gone": "DELETE FROM budgeting_paperbatch",
    "entry: changed": "UPDATE budgeting_paperentry SET body = 'x'",
    "entry: gone": "DELETE FROM budgeting_paperentry",
    "entry: the same person twice": "INSERT INTO budgeting_paperentry"
    " (batch_id, number, look, keyer_id, body, is_joint, reason) SELECT batch_id, number, 2,"
    " keyer_id, body, false, '' FROM budgeting_paperentry e JOIN budgeting_paperbatch b"
    " ON b.id = e.batch_id WHERE b.valid IS NULL",
    "entry: third without a second": "INSERT INTO budgeting_paperentry"
    " (batch_id, number, look, keyer_id, body, is_joint, reason) SELECT batch_id, number, 3,"
    " keyer_id, body, true, 'x' FROM budgeting_paperentry e JOIN budgeting_paperbatch b"
    " ON b.id = e.batch_id WHERE b.valid IS NULL",
    "entry: no such paper": "INSERT INTO budgeting_paperentry"
    " (batch_id, number, look, keyer_id, body, is_joint, reason) SELECT batch_id, 99, 1,"
    " keyer_id, body, false, '' FROM budgeting_paperentry e JOIN budgeting_paperbatch b"
    " ON b.id = e.batch_id WHERE b.valid IS NULL",
    "protocol: during the vote": "INSERT INTO budgeting_stationprotocol (station_id, election_id,"
    " given, in_box, valid, blank, spoiled, reason_kk, reason_ru, reason_en, declared_by_id,"
    " declared_at) SELECT station_id, election_id, 4, 4, 1, 0, 0, 'x', 'x', '', made_by_id, now()"
    " FROM budgeting_paperbatch LIMIT 1",
}


@pytest.mark.parametrize("act", RAW)
def test_the_database_refuses_what_no_service_does(desk: Desk, act: str) -> None:
    desk.give(1, 2, 3)
    desk.closed_pile([paper("1")])
    desk.key(desk.pile(1), [paper("1")])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW[act])


def test_a_protocol_by_raw_sql_says_what_was_counted(desk: Desk) -> None:
    desk.give(1, 2)
    election = desk.end_the_vote()
    desk.closed_pile([paper("1")])
    sql = (
        "INSERT INTO budgeting_stationprotocol (station_id, election_id, given, in_box, valid,"
        " blank, spoiled, reason_kk, reason_ru, reason_en, declared_by_id, declared_at)"
        " VALUES (%s, %s, %s, %s, %s, 0, 0, %s, %s, '', %s, now())"
    )
    who = desk.officers[0].pk
    for given, in_box, valid, reason in ((3, 3, 1, "x"), (2, 2, 2, "x"), (2, 2, 1, "")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                sql, [desk.station.pk, election.pk, given, in_box, valid, reason, reason, who]
            )
    with connection.cursor() as cursor:
        cursor.execute(sql, [desk.station.pk, election.pk, 2, 2, 1, "x", "x", who])
    with pytest.raises(DatabaseError), transaction.atomic():
        StationProtocol.objects.update(in_box=7)


def test_a_slot_of_a_paper_is_that_of_no_voter(desk: Desk) -> None:
    election = desk.election
    key = read_key(election.pk, election.key_fingerprint)
    sealed = [
        key.seal_paper(batch=batch, number=number, choices=["1"]).slot
        for batch in (1, 11)
        for number in (1, 11)
    ]
    assert len({*sealed, *(key.slot(voter) for voter in range(200))}) == 204
