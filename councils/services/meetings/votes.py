"""Motions and their votes. Who may vote is settled at the moment a vote opens.

A secret vote adds one to a count and leaves a mark that the member has voted; nothing that is
stored joins the two once it is closed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Count, F, Max
from django.utils import timezone

from accounts.models import User
from councils.council_rules import CouncilRules
from councils.models import (
    AgendaItem,
    Mandate,
    Meeting,
    Motion,
    PersonVote,
    Presence,
    SecretMark,
    VoteEvent,
)
from councils.quorum import Floor, outcome_of, quorum_of
from councils.services.meetings import errors
from councils.services.meetings.locking import council_of, locked, members_at
from councils.services.meetings.refusals import refusal_of
from participation.errors import Refused
from participation.services import notify, record

Choice = PersonVote.Choice
GIVEN = (Choice.YES, Choice.NO, Choice.ABSTAIN)
_REFUSALS: dict[str, type[Refused]] = {
    "vote_is_open": errors.VoteClosed,
    "vote_named_or_secret": errors.OnlyOnOwnPhone,
    "vote_by_who_is_present": errors.NotPresent,
    "vote_not_by_who_is_recused": errors.IsRecused,
    "secret_mark_once": errors.VotedAlready,
    "person_vote_once": errors.VotedAlready,
}


def rules_of(meeting: Meeting) -> CouncilRules:
    return CouncilRules.from_data(council_of(meeting).ruleset.data)


def floor_at(meeting: Meeting, moment: datetime, item: AgendaItem | None = None) -> Floor:
    """Members, quorum and who is there at that moment; recused only where an item is named."""
    rules = rules_of(meeting)
    here = Presence.objects.at(moment).filter(
        participation__meeting=meeting, participation__mandate__isnull=False
    )
    present = here.values_list("participation__mandate", flat=True)
    members = members_at(meeting, moment).count()
    people = seats_at(meeting, moment) if rules.is_quorum_of_seats else members
    return Floor(
        members=members,
        quorum=quorum_of(people, rules.quorum_share, must_exceed=rules.is_quorum_exceeded),
        present=len(present),
        recused=item.recusals.filter(mandate__in=present).count() if item else 0,
        recused_count=rules.recused_count_for_quorum,
    )


def seats_at(meeting: Meeting, moment: datetime) -> int:
    day = timezone.localdate(moment)
    seats = council_of(meeting).posts.filter(since__lte=day)
    return seats.count() - seats.filter(until__lte=day).count()


def was_quorate(meeting: Meeting) -> bool:
    """At some moment; each arrival is one at which it may have become so."""
    here = Presence.objects.filter(
        participation__meeting=meeting, participation__mandate__isnull=False
    )
    moments = set(here.values_list("present_from", flat=True))
    return any(floor_at(meeting, moment).is_quorate for moment in moments)


@transaction.atomic
def table_motion(
    *,
    by: User | None,
    item: AgendaItem,
    texts: Mapping[str, str],
    tabled_by: Mandate | None = None,
    is_secret: bool = False,
) -> Motion:
    """`texts` by language, kk and ru at least. Raises WrongTime after the meeting."""
    locked(item.meeting, *Meeting.State.values[:3])
    last = item.motions.aggregate(last=Max("number"))["last"] or 0
    return Motion.objects.create(
        item=item,
        number=last + 1,
        tabled_by=tabled_by,
        is_secret=is_secret,
        text_kk=texts["kk"],
        text_ru=texts["ru"],
        text_en=texts.get("en", ""),
    )


@transaction.atomic
def withdraw_motion(*, by: User | None, motion: Motion) -> Motion:
    """Take it off the table. Raises WrongTime after the meeting, MotionDecided."""
    meeting = locked(motion.item.meeting, *Meeting.State.values[:3])
    motion = _on_the_table(motion)
    motion.state = Motion.State.WITHDRAWN
    motion.save(update_fields=["state"])
    record(kind="councils.motion_withdrawn", dossier=meeting.dossier, actor=by, **_named(motion))
    return motion


@transaction.atomic
def open_vote(*, by: User | None, motion: Motion, at: datetime | None = None) -> VoteEvent:
    """Put a motion to the vote of those who are present now, without those recused.

    Raises WrongTime unless the meeting is under way, MotionDecided, OtherVoteOpen, MandateEnded,
    NoQuorum, NobodyMayVote, BlockedInBreach.
    """
    meeting = locked(motion.item.meeting, Meeting.State.OPEN)
    motion = _on_the_table(motion)
    if meeting.votes.filter(closed_at=None).exists():
        raise errors.OtherVoteOpen
    moment = at or timezone.now()
    people = _voters_at(meeting, moment)
    floor = floor_at(meeting, moment, motion.item)
    if not floor.is_quorate:
        raise errors.NoQuorum(floor.present, floor.quorum)
    if not floor.base:
        raise errors.NobodyMayVote
    day = timezone.localdate(moment)
    breaches = council_of(meeting).breaches.filter(since__lte=day).exclude(until__lte=day)
    is_in_breach = breaches.exists()
    if is_in_breach and rules_of(meeting).is_blocked_in_breach:
        raise errors.BlockedInBreach
    vote = VoteEvent.objects.create(
        motion=motion,
        meeting=meeting,
        is_secret=motion.is_secret,
        opened_at=moment,
        members=floor.members,
        quorum=floor.quorum,
        present=floor.present,
        recused=floor.recused,
        base=floor.base,
        needed=floor.needed,
    )
    motion.state, motion.is_in_breach = Motion.State.OPEN, is_in_breach
    motion.save(update_fields=["state", "is_in_breach"])
    record(
        kind="councils.vote_opened",
        dossier=meeting.dossier,
        actor=by,
        **_named(motion),
        quorum=floor.quorum,
        present=floor.present,
        recused=floor.recused,
        needed=floor.needed,
    )
    council = council_of(meeting)
    notify(
        kind="vote_opened",
        recipients=User.objects.filter(pk__in=people),
        dossier=council.dossier,
        actor=by,
        meeting=meeting.pk,
        path=f"councils/{council.slug}/meetings/{meeting.number}/vote/",
    )
    return vote


def _voters_at(meeting: Meeting, moment: datetime) -> list[int]:
    """The accounts of the members who are there and have one; raises MandateEnded."""
    here = Presence.objects.at(moment).filter(participation__meeting=meeting)
    voters = list(here.exclude(participation__mandate=None).values_list(
        "participation__mandate", "participation__mandate__person"
    ))  # fmt: skip
    if members_at(meeting, moment).filter(pk__in=[key for key, _ in voters]).count() < len(voters):
        raise errors.MandateEnded
    return [person for _, person in voters if person is not None]


@transaction.atomic
def cast_vote(*, by: User, vote: VoteEvent, choice: str) -> None:
    """A member's own vote: yes, no or abstain. A named one can be changed until the close.

    Raises VoteClosed, NotMember, NotPresent, IsRecused, VotedAlready.
    """
    sitting = members_at(vote.meeting, vote.opened_at)
    mandate = sitting.filter(person=by).first()
    if mandate is None or choice not in GIVEN:
        raise errors.NotMember
    if vote.is_secret:
        _cast_secretly(vote, mandate, choice)
    else:
        _enter(vote, {mandate.pk: choice}, by)


@transaction.atomic
def enter_hands(*, by: User | None, vote: VoteEvent, choices: Mapping[int, str]) -> None:
    """A show of hands: {mandate: yes, no or abstain}. Raises OnlyOnOwnPhone in a secret vote,
    VoteClosed, NotPresent, IsRecused."""
    if vote.is_secret:
        raise errors.OnlyOnOwnPhone
    _enter(vote, {key: choice for key, choice in choices.items() if choice in GIVEN}, by)


def _enter(vote: VoteEvent, choices: Mapping[int, str], by: User | None) -> None:
    try:
        with transaction.atomic():
            PersonVote.objects.bulk_create(
                [
                    PersonVote(vote=vote, mandate_id=key, choice=choice, entered_by=by)
                    for key, choice in sorted(choices.items())
                ],
                update_conflicts=True,
                unique_fields=["vote", "mandate"],
                update_fields=["choice", "entered_by"],
            )
    except DatabaseError as error:
        raise refusal_of(error, _REFUSALS) from error


def _cast_secretly(vote: VoteEvent, mandate: Mandate, choice: str) -> None:
    # The count first: it locks the vote, which the mark's trigger then finds as it stays.
    VoteEvent.objects.select_for_update(no_key=True).get(pk=vote.pk)
    try:
        with transaction.atomic():
            SecretMark.objects.create(vote=vote, mandate=mandate)
            VoteEvent.objects.filter(pk=vote.pk).update(**{choice: F(choice) + 1})
    except DatabaseError as error:
        raise refusal_of(error, _REFUSALS) from error


@transaction.atomic
def close_vote(*, by: User | None, vote: VoteEvent, at: datetime | None = None) -> VoteEvent:
    """Count; the outcome is public from now on and for good. Raises VoteClosed."""
    vote = VoteEvent.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if vote.closed_at is not None:
        raise errors.VoteClosed
    motion, meeting = vote.motion, vote.meeting
    chair = ""
    if vote.is_secret:
        vote.not_voting = vote.base - vote.secret_marks.count()
    else:
        _fill_up(vote, motion)
        counts = dict(vote.person_votes.values_list("choice").annotate(Count("pk")))
        vote.yes, vote.no, vote.abstain, vote.not_voting = (
            counts.get(choice, 0) for choice in (*GIVEN, Choice.NOT_VOTING)
        )
        chairs = vote.person_votes.filter(mandate__office=Mandate.Office.CHAIR)
        chair = chairs.values_list("choice", flat=True).first() or ""
    outcome = outcome_of(
        {"yes": vote.yes, "no": vote.no},
        vote.needed,
        chair=chair,
        has_casting_vote=rules_of(meeting).has_casting_vote,
    )
    vote.is_adopted = outcome.is_adopted
    vote.is_decided_by_chair = outcome.is_decided_by_chair
    vote.closed_at = max(at or timezone.now(), vote.opened_at)
    vote.save()
    motion.state = Motion.State.ADOPTED if vote.is_adopted else Motion.State.REJECTED
    motion.save(update_fields=["state"])
    record(
        kind="councils.vote_closed",
        dossier=meeting.dossier,
        actor=by,
        **_named(motion),
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        not_voting=vote.not_voting,
        recused=vote.recused,
        adopted=vote.is_adopted,
        in_breach=motion.is_in_breach,
    )
    return vote


def _fill_up(vote: VoteEvent, motion: Motion) -> None:
    """Who was there and said nothing, and who stepped aside, by name."""
    here = Presence.objects.at(vote.opened_at).filter(
        participation__meeting=vote.meeting_id, participation__mandate__isnull=False
    )
    present = set(here.values_list("participation__mandate", flat=True))
    recused = set(motion.item.recusals.values_list("mandate", flat=True)) & present
    silent = present - recused - set(vote.person_votes.values_list("mandate", flat=True))
    groups: Sequence[tuple[str, set[int]]] = (
        (Choice.RECUSED, recused),
        (Choice.NOT_VOTING, silent),
    )
    PersonVote.objects.bulk_create(
        PersonVote(vote=vote, mandate_id=key, choice=choice)
        for choice, keys in groups
        for key in sorted(keys)
    )


def lapse_motions(meeting: Meeting) -> None:
    """What could not be voted on for want of a quorum. Under the lock of the meeting."""
    left = Motion.objects.filter(item__meeting=meeting, state=Motion.State.TABLED)
    left.update(state=Motion.State.NO_QUORUM)


def _on_the_table(motion: Motion) -> Motion:
    fresh = Motion.objects.select_for_update(of=("self",), no_key=True).select_related("item")
    motion = fresh.get(pk=motion.pk)
    if motion.state != Motion.State.TABLED:
        raise errors.MotionDecided
    return motion


def _named(motion: Motion) -> dict[str, int]:
    return {"item": motion.item.number, "motion": motion.number}
