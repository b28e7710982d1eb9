"""Who says they will come, who is in the room and since when."""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from councils.models import AgendaItem, Mandate, Meeting, Participation, Presence, Recusal
from councils.services.meetings import errors
from councils.services.meetings.locking import council_of, locked, members_at
from councils.services.meetings.refusals import refusal_of
from participation.errors import Refused
from participation.services import follow, record

State = Meeting.State
_REFUSALS: dict[str, type[Refused]] = {
    "presence_one_at_a_time": errors.AlreadyThere,
    "presence_not_behind_a_vote": errors.VoteRestsOnIt,
    "presence_ends_after_start": errors.NotThere,
    "recusal_before_the_vote": errors.RecusalTooLate,
    "recusal_once_an_item": errors.AlreadyRecused,
}


@transaction.atomic
def say_coming(*, by: User, meeting: Meeting, at: datetime | None = None) -> Participation:
    """A member will come; twice is once. Raises NotMember, WrongTime once it has begun."""
    meeting = locked(meeting, State.ANNOUNCED)
    mandate = members_at(meeting, meeting.starts_at).filter(person=by).first()
    if mandate is None:
        raise errors.NotMember
    found = _participation(meeting, mandate)
    if found.registered_at is None:
        found.registered_at = at or timezone.now()
        found.save(update_fields=["registered_at"])
    follow(person=by, dossier=meeting.dossier)
    return found


@transaction.atomic
def mark_present(
    *, by: User | None, meeting: Meeting, mandate: Mandate, at: datetime | None = None
) -> Presence:
    """In the room from now on. Raises WrongTime before the announcement and after the end,
    NotMember, AlreadyThere, VoteRestsOnIt."""
    meeting = locked(meeting, State.ANNOUNCED, State.OPEN)
    moment = at or timezone.now()
    if not members_at(meeting, moment).filter(pk=mandate.pk).exists():
        raise errors.NotMember
    return _come(_participation(meeting, mandate), moment)


@transaction.atomic
def mark_gone(
    *, by: User | None, meeting: Meeting, mandate: Mandate, at: datetime | None = None
) -> None:
    """Raises WrongTime, NotThere, VoteRestsOnIt."""
    meeting = locked(meeting, State.ANNOUNCED, State.OPEN)
    here = Presence.objects.filter(
        participation__meeting=meeting, participation__mandate=mandate, present_to=None
    ).first()
    if here is None:
        raise errors.NotThere
    _go(here, at or timezone.now())


@transaction.atomic
def add_guest(
    *, by: User | None, meeting: Meeting, name: str, capacity: str, at: datetime | None = None
) -> Participation:
    """Somebody who is in the room and not a member; public with the minutes. Raises WrongTime."""
    meeting = locked(meeting, State.ANNOUNCED, State.OPEN)
    guest = Participation.objects.create(
        meeting=meeting, name=name.strip(), capacity=capacity.strip()
    )
    _come(guest, at or timezone.now())
    return guest


@transaction.atomic
def declare_recusal(
    *,
    by: User | None,
    item: AgendaItem,
    mandate: Mandate,
    reason: str,
    at: datetime | None = None,
) -> Recusal:
    """A member has an interest in an item, and takes no part in its votes; it is public.

    Raises WrongTime after the meeting, ReasonMissing, OtherCouncil, RecusalTooLate,
    AlreadyRecused.
    """
    meeting = locked(item.meeting, State.ANNOUNCED, State.OPEN)
    if not reason.strip():
        raise errors.ReasonMissing
    if mandate.council_id != council_of(meeting).pk:
        raise errors.OtherCouncil
    try:
        with transaction.atomic():
            recusal = Recusal.objects.create(
                item=item,
                mandate=mandate,
                reason=reason.strip(),
                declared_by=by,
                declared_at=at or timezone.now(),
            )
    except DatabaseError as error:
        raise refusal_of(error, _REFUSALS) from error
    record(
        kind="councils.recusal_declared",
        dossier=meeting.dossier,
        actor=by,
        item=item.number,
        seat=mandate.post.number,
    )
    return recusal


def everybody_leaves(meeting: Meeting, moment: datetime) -> None:
    """Under the lock of the meeting."""
    here = Presence.objects.filter(participation__meeting=meeting, present_to=None)
    # Who came in after the end by the clock was not there.
    here.filter(present_from__gte=moment).delete()
    here.update(present_to=moment)


def _participation(meeting: Meeting, mandate: Mandate) -> Participation:
    found, _ = Participation.objects.get_or_create(meeting=meeting, mandate=mandate)
    return found


def _come(participation: Participation, moment: datetime) -> Presence:
    try:
        with transaction.atomic():
            return Presence.objects.create(participation=participation, present_from=moment)
    except DatabaseError as error:
        raise refusal_of(error, _REFUSALS) from error


def _go(presence: Presence, moment: datetime) -> None:
    presence.present_to = moment
    try:
        with transaction.atomic():
            presence.save(update_fields=["present_to"])
    except DatabaseError as error:
        raise refusal_of(error, _REFUSALS) from error
