"""Quorum, votes, recusal: the worked numbers, and what the database refuses."""

from datetime import timedelta
from fractions import Fraction
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from councils.models import Council, Mandate, Motion, PersonVote, SecretMark, VoteEvent
from councils.quorum import Floor, outcome_of, quorum_of
from councils.services.mandates import end_mandate
from councils.services.meetings import errors
from councils.services.meetings.agenda import add_item
from councils.services.meetings.attendance import declare_recusal, mark_gone, mark_present
from councils.services.meetings.planning import end_meeting
from councils.services.meetings.votes import (
    cast_vote,
    close_vote,
    enter_hands,
    floor_at,
    open_vote,
    withdraw_motion,
)
from participation.models import Delivery
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import make_person
from tests.councils.making import make_rules
from tests.councils.voting import WORDS, members, put, sit, vote_by_hands, voters

pytestmark = pytest.mark.django_db


def refused_by_the_database(sql: str, *values: object) -> str:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)
    return str(caught.value)


def resign(council: Council, name: str) -> None:
    leaves = council.mandates.filter(name=name)
    leaves.update(until=timezone.localdate(), end_reason=Mandate.EndReason.RESIGNATION)


# --- Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "share", "must_exceed", "needed"),
    [(20, (1, 2), True, 11), (21, (1, 2), True, 11), (21, (2, 3), False, 14), (1, (1, 2), True, 1)],
)
def test_quorum(people: int, share: tuple[int, int], must_exceed: bool, needed: int) -> None:
    assert quorum_of(people, Fraction(*share), must_exceed=must_exceed) == needed


def test_seventeen_present_and_one_recused() -> None:
    floor = Floor(members=20, quorum=11, present=17, recused=1)
    assert (floor.base, floor.needed, floor.is_quorate) == (16, 9, True)
    assert not outcome_of({"yes": 8, "no": 8}, floor.needed).is_adopted
    assert outcome_of({"yes": 9, "no": 7}, floor.needed).is_adopted


def test_recused_may_count_for_the_quorum_or_not() -> None:
    assert Floor(members=21, quorum=11, present=11, recused=1).is_quorate
    assert not Floor(21, 11, 11, 1, recused_count=False).is_quorate


def test_the_casting_vote_decides_a_tie_alone() -> None:
    tie = partial(outcome_of, {"yes": 8, "no": 8}, 9, has_casting_vote=True)
    assert tie(chair="yes").is_adopted
    assert tie(chair="yes").is_decided_by_chair
    assert not tie(chair="no").is_adopted
    assert not tie(chair="abstain").is_decided_by_chair


# --- The story of Astana --------------------------------------------------------------------------


def test_three_hearings_twelve_to_two_with_one_abstaining(council: Council) -> None:
    meeting = sit(council, 15)
    vote = vote_by_hands(put(meeting), (12, 2, 1))
    assert (vote.members, vote.quorum, vote.present, vote.base, vote.needed) == (21, 11, 15, 15, 8)
    assert (vote.yes, vote.no, vote.abstain, vote.not_voting) == (12, 2, 1, 0)
    assert vote.is_adopted
    assert Motion.objects.get(pk=vote.motion_id).state == "adopted"


def test_who_owns_a_share_stands_aside(council: Council) -> None:
    meeting = sit(council, 17)
    motion = put(meeting)
    declare_recusal(by=None, item=motion.item, mandate=members(council)[2], reason="Үлесі бар")
    vote = vote_by_hands(motion, (13, 2, 1))
    assert (vote.present, vote.recused, vote.base, vote.needed) == (17, 1, 16, 9)
    assert vote.is_adopted
    choices = dict(vote.person_votes.values_list("mandate__name", "choice"))
    assert choices["C3"] == "recused"
    assert len(choices) == 17


def test_eight_to_eight_is_not_adopted(council: Council) -> None:
    vote = vote_by_hands(put(sit(council, 16)), (8, 8, 0))
    assert vote.is_adopted is False


def test_a_member_leaves_and_the_quorum_with_him(council: Council) -> None:
    resign(council, "C14")
    meeting = sit(council, 11)
    first, second = put(meeting), put(meeting)
    now = timezone.now()
    vote = vote_by_hands(first, (6, 5, 0), at=now - timedelta(minutes=20))
    assert (vote.members, vote.quorum) == (20, 11)
    mark_gone(by=None, meeting=meeting, mandate=members(council)[0], at=now - timedelta(minutes=10))
    with pytest.raises(errors.NoQuorum, match="10 members are present, 11 are needed"):
        open_vote(by=None, motion=second, at=now - timedelta(minutes=5))
    vote.refresh_from_db()
    assert vote.is_adopted


def test_two_thirds_of_seats_by_the_councils_own_rules(council: Council) -> None:
    council.ruleset = make_rules(
        quorum_share="2/3", is_quorum_exceeded=False, is_quorum_of_seats=True
    )
    council.save()
    resign(council, "C14")
    meeting = sit(council, 13)
    assert floor_at(meeting, timezone.now()).quorum == 14
    with pytest.raises(errors.NoQuorum):
        open_vote(by=None, motion=put(meeting))


# --- Voting ---------------------------------------------------------------------------------------


@pytest.fixture
def vote(council: Council, chair: User) -> VoteEvent:
    return open_vote(by=None, motion=put(sit(council, 15)))


def test_a_member_votes_on_their_own_phone_and_may_think_again(vote, chair) -> None:
    assert Delivery.objects.filter(event__kind="vote_opened", recipient=chair).exists()
    cast_vote(by=chair, vote=vote, choice="no")
    cast_vote(by=chair, vote=vote, choice="yes")
    closed = close_vote(by=None, vote=vote)
    assert (closed.yes, closed.no, closed.not_voting) == (1, 0, 14)
    with pytest.raises(errors.VoteClosed):
        cast_vote(by=chair, vote=vote, choice="no")


def test_who_has_no_seat_does_not_vote(vote, alice) -> None:
    with pytest.raises(errors.NotMember):
        cast_vote(by=alice, vote=vote, choice="yes")


def test_who_came_later_or_stood_aside_does_not_vote(council, vote) -> None:
    late = members(council)[18]
    mark_present(by=None, meeting=vote.meeting, mandate=late)
    with pytest.raises(errors.NotPresent):
        enter_hands(by=None, vote=vote, choices={late.pk: "yes"})
    with pytest.raises(errors.RecusalTooLate):
        declare_recusal(by=None, item=vote.motion.item, mandate=late, reason="Туыс")


def test_a_recused_member_is_refused(council: Council) -> None:
    motion = put(sit(council, 15))
    aside = members(council)[4]
    declare_recusal(by=None, item=motion.item, mandate=aside, reason="Туыс")
    vote = open_vote(by=None, motion=motion)
    with pytest.raises(errors.IsRecused):
        enter_hands(by=None, vote=vote, choices={aside.pk: "yes"})


def test_one_vote_is_open_at_a_time(council, vote) -> None:
    with pytest.raises(errors.OtherVoteOpen):
        open_vote(by=None, motion=put(vote.meeting))
    with pytest.raises(errors.OtherVoteOpen):
        end_meeting(by=None, meeting=vote.meeting)


def test_nobody_goes_behind_a_vote(council, vote) -> None:
    with pytest.raises(errors.VoteRestsOnIt):
        mark_gone(
            by=None,
            meeting=vote.meeting,
            mandate=members(council)[0],
            at=vote.opened_at - timedelta(seconds=1),
        )
    with pytest.raises(errors.VoteRestsOnIt):
        mark_present(
            by=None,
            meeting=vote.meeting,
            mandate=members(council)[20],
            at=vote.opened_at - timedelta(seconds=1),
        )


def test_a_motion_inside_a_breach_is_marked_or_blocked(council: Council) -> None:
    leaves = council.mandates.get(name="C14")
    end_mandate(by=None, mandate=leaves, on=timezone.localdate(), reason="resignation")
    meeting = sit(council, 15)
    motion = put(meeting)
    vote_by_hands(motion, (15, 0, 0))
    motion.refresh_from_db()
    assert motion.is_in_breach
    council.ruleset = make_rules(is_blocked_in_breach=True)
    council.save()
    with pytest.raises(errors.BlockedInBreach):
        open_vote(by=None, motion=put(meeting))


def test_a_withdrawn_motion_is_not_voted_on(council: Council) -> None:
    motion = withdraw_motion(by=None, motion=put(sit(council, 15)))
    with pytest.raises(errors.MotionDecided):
        open_vote(by=None, motion=motion)


def test_a_meeting_without_a_quorum_has_failed(council: Council) -> None:
    meeting = sit(council, 10)
    motion = put(meeting)
    assert end_meeting(by=None, meeting=meeting).state == "no_quorum"
    motion.refresh_from_db()
    assert motion.state == "no_quorum"


def test_everybody_leaves_at_the_end(council: Council) -> None:
    meeting = end_meeting(by=None, meeting=sit(council, 11))
    assert meeting.state == "held"
    assert not meeting.participations.filter(presences__present_to=None, presences__gt=0).exists()


# --- Secret ---------------------------------------------------------------------------------------


@pytest.fixture
def people(council: Council) -> list[User]:
    found = [make_person(f"m{n}@example.org", f"M{n}") for n in range(12)]
    for person, mandate in zip(found, members(council), strict=False):
        Mandate.objects.filter(pk=mandate.pk).update(person=person)
    return found


def test_a_secret_vote_keeps_counts_and_who_took_part(council, people) -> None:
    vote = open_vote(by=None, motion=put(sit(council, 12), is_secret=True))
    for number, person in enumerate(people[:10]):
        cast_vote(by=person, vote=vote, choice="yes" if number < 7 else "no")
    with pytest.raises(errors.VotedAlready):
        cast_vote(by=people[0], vote=vote, choice="no")
    with pytest.raises(errors.OnlyOnOwnPhone):
        enter_hands(by=None, vote=vote, choices={voters(vote)[11]: "yes"})
    closed = close_vote(by=None, vote=vote)
    assert (closed.yes, closed.no, closed.not_voting) == (7, 3, 2)
    assert SecretMark.objects.filter(vote=vote).count() == 10
    assert not PersonVote.objects.filter(vote=vote).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_joins_a_mark_with_a_count(council, people) -> None:
    """Each cast is a transaction of its own; after the close none of them is named by a count."""
    vote = open_vote(by=None, motion=put(sit(council, 12), is_secret=True))
    for number, person in enumerate(people):
        cast_vote(by=person, vote=vote, choice="yes" if number % 2 else "no")
    close_vote(by=None, vote=vote)
    columns = {field.column for field in SecretMark._meta.concrete_fields}
    assert columns == {"id", "vote_id", "mandate_id"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM councils_secretmark m JOIN councils_voteevent v"
            " ON v.xmin::text = m.xmin::text WHERE v.id = %s",
            [vote.pk],
        )
        assert cursor.fetchone() == (0,)


# --- Raw SQL --------------------------------------------------------------------------------------


def test_a_closed_vote_never_changes(council: Council) -> None:
    vote = vote_by_hands(put(sit(council, 15)), (12, 2, 1))
    somebody = members(council)[0].pk
    for sql, values in (
        ("UPDATE councils_voteevent SET yes = 11, no = 3 WHERE id = %s", [vote.pk]),
        ("DELETE FROM councils_voteevent WHERE id = %s", [vote.pk]),
        ("TRUNCATE councils_voteevent CASCADE", []),
        ("UPDATE councils_personvote SET choice = 'no' WHERE vote_id = %s", [vote.pk]),
        ("DELETE FROM councils_personvote WHERE vote_id = %s", [vote.pk]),
        ("UPDATE councils_motion SET text_kk = 'Басқа' WHERE id = %s", [vote.motion_id]),
        ("UPDATE councils_motion SET state = 'rejected' WHERE id = %s", [vote.motion_id]),
        ("UPDATE councils_presence SET present_to = present_from + interval '1 minute'", []),
        ("UPDATE councils_participation SET mandate_id = NULL, name = 'X' WHERE mandate_id = %s",
         [somebody]),
    ):  # fmt: skip
        assert refused_by_the_database(sql, *values), sql
    vote.refresh_from_db()
    assert (vote.yes, vote.no, vote.abstain) == (12, 2, 1)


def test_the_database_counts_for_itself(council, vote) -> None:
    close = (
        "UPDATE councils_voteevent SET yes = 15, closed_at = now(), is_adopted = true WHERE id = %s"
    )
    assert "are not those of its members" in refused_by_the_database(close, vote.pk)
    enlarged = "UPDATE councils_voteevent SET present = 16, base = 16, needed = 9 WHERE id = %s"
    assert "was settled" in refused_by_the_database(enlarged, vote.pk)
    twice = "INSERT INTO councils_personvote (vote_id, mandate_id, choice) VALUES (%s, %s, 'yes')"
    first = members(council)[0].pk
    with connection.cursor() as cursor:
        cursor.execute(twice, [vote.pk, first])
    assert "person_vote_once" in refused_by_the_database(twice, vote.pk, first)


def test_no_vote_without_a_quorum_past_the_services(council: Council) -> None:
    motion = put(sit(council, 10))
    opened = (
        "INSERT INTO councils_voteevent (motion_id, meeting_id, is_secret, opened_at, members,"
        " quorum, present, recused, base, needed, yes, no, abstain, not_voting,"
        " is_decided_by_chair)"
        " VALUES (%s, %s, false, now(), 21, 11, %s, 0, %s, 7, 0, 0, 0, 0, false)"
    )
    key, meeting = motion.pk, motion.item.meeting_id
    assert "vote_has_a_quorum" in refused_by_the_database(opened, key, meeting, 10, 10)
    assert "10 are present" in refused_by_the_database(opened, key, meeting, 12, 12)


# --- At the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_votes_opened_at_once_one_opens(council: Council) -> None:
    meeting = sit(council, 15)
    item = add_item(by=None, meeting=meeting, names=WORDS)
    motions = [put(meeting, item=item), put(meeting, item=item)]
    results = at_once(*(partial(open_vote, by=None, motion=motion) for motion in motions))
    assert [type(error) for error in errors_in(results)] == [errors.OtherVoteOpen]


@pytest.mark.django_db(transaction=True)
def test_a_secret_vote_sent_twice_at_once_counts_once(council, people) -> None:
    vote = open_vote(by=None, motion=put(sit(council, 12), is_secret=True))
    cast = partial(cast_vote, by=people[0], vote=vote, choice="yes")
    results = at_once(cast, cast, cast)
    assert [type(error) for error in errors_in(results)] == [errors.VotedAlready] * 2
    vote.refresh_from_db()
    assert vote.yes == 1


@pytest.mark.django_db(transaction=True)
def test_no_vote_slips_in_behind_a_close(council, people) -> None:
    vote = open_vote(by=None, motion=put(sit(council, 12)))
    at_once(
        partial(close_vote, by=None, vote=vote),
        *(partial(cast_vote, by=person, vote=vote, choice="yes") for person in people[:4]),
    )
    vote.refresh_from_db()
    assert vote.yes == vote.person_votes.filter(choice="yes").count()
    assert vote.yes + vote.not_voting == 12
