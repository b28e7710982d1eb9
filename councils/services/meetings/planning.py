"""A meeting from its plan to its end, on one address."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from councils import phases
from councils.models import Commission, Council, Mandate, Meeting, Participation
from councils.services.meetings import errors
from councils.services.meetings.attendance import everybody_leaves
from councils.services.meetings.locking import council_of, locked, members_at
from councils.services.meetings.votes import lapse_motions, was_quorate
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)

State, Kind = Meeting.State, Meeting.Kind
# What follows the council's own address; hearings have pages of their own, under one numbering.
ROOMS: dict[str, str] = {Kind.HEARING: "hearings", Kind.OFFICE_HOURS: "office-hours"}


@transaction.atomic
def plan_meeting(
    *,
    by: User | None,
    council: Council,
    kind: str,
    wordings: Sequence[Wording],
    starts_at: datetime,
    ends_at: datetime,
    mode: str = Meeting.Mode.HALL,
    place: str = "",
    stream_url: str = "",
    commission: Commission | None = None,
) -> Meeting:
    """A meeting that only those who run it see. Raises OtherCouncil for another's commission."""
    if commission is not None and commission.council_id != council.pk:
        raise errors.OtherCouncil
    Council.objects.select_for_update(of=("self",), no_key=True).get(pk=council.pk)
    number = (council.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    dossier = create_dossier(
        kind=phases.MEETING,
        territory=council.dossier.territory,
        state=State.PLANNED,
        path=f"councils/{council.slug}/{ROOMS.get(kind, 'meetings')}/{number}/",
        wordings=wordings,
    )
    meeting = Meeting.objects.create(
        dossier=dossier,
        council=council,
        number=number,
        kind=kind,
        mode=mode,
        place=place,
        stream_url=stream_url,
        commission=commission,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    record(kind="councils.meeting_planned", actor=by, council=council.slug, number=number)
    return meeting


@transaction.atomic
def edit_meeting(
    *, by: User | None, meeting: Meeting, wordings: Sequence[Wording], mode: str, stream_url: str
) -> Meeting:
    """Its texts and how it is held; its time and place are moved. WrongTime once it has begun."""
    meeting = locked(meeting, State.PLANNED, State.ANNOUNCED)
    for wording in wordings:
        write_text(dossier=meeting.dossier, wording=wording)
    meeting.mode, meeting.stream_url = mode, stream_url
    meeting.sequence += 1
    meeting.save()
    if meeting.state == State.ANNOUNCED:
        record(kind="councils.meeting_changed", dossier=meeting.dossier, actor=by)
    return meeting


@transaction.atomic
def announce_meeting(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Make it public, invite the members, tell those who follow the council.

    Raises WrongTime unless it is planned, CouncilNotPublic, TextsMissing.
    """
    meeting = locked(meeting, State.PLANNED)
    if council_of(meeting).dossier.published_at is None:
        raise errors.CouncilNotPublic
    written = meeting.dossier.texts.exclude(title="")
    if not {"kk", "ru"} <= set(written.values_list("language", flat=True)):
        raise errors.TextsMissing
    meeting.announced_at = at or timezone.now()
    publish_dossier(dossier=meeting.dossier)
    members = _members(meeting)
    if meeting.kind == Kind.MEETING:
        Participation.objects.bulk_create(
            Participation(meeting=meeting, mandate=mandate, invited_at=meeting.announced_at)
            for mandate in members
        )
    move_on(meeting, State.ANNOUNCED, by)
    tell(meeting, "meeting_announced", by, members)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    by: User | None,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    reason: str,
) -> Meeting:
    """Another time or place; calendars take it over. WrongTime once begun, ReasonMissing."""
    meeting = locked(meeting, State.PLANNED, State.ANNOUNCED)
    is_public = meeting.state == State.ANNOUNCED
    if is_public and not reason.strip():
        raise errors.ReasonMissing
    before = meeting.starts_at
    meeting.starts_at, meeting.ends_at, meeting.place = starts_at, ends_at, place
    meeting.reason = reason.strip()
    meeting.sequence += 1
    meeting.save()
    if is_public:
        record(
            kind="councils.meeting_moved",
            dossier=meeting.dossier,
            actor=by,
            before=before.isoformat(),
            starts_at=starts_at.isoformat(),
            place=place,
            reason=meeting.reason,
        )
        tell(meeting, "meeting_moved", by, _members(meeting))
    return meeting


@transaction.atomic
def cancel_meeting(*, by: User | None, meeting: Meeting, reason: str) -> Meeting:
    """Call it off; its page stays and says why. Raises WrongTime after the start, ReasonMissing."""
    meeting = locked(meeting, State.PLANNED, State.ANNOUNCED)
    if not reason.strip():
        raise errors.ReasonMissing
    was_public = meeting.state == State.ANNOUNCED
    meeting.reason = reason.strip()
    meeting.sequence += 1
    move_on(meeting, State.CANCELLED, by, reason=meeting.reason)
    if was_public:
        tell(meeting, "meeting_cancelled", by, _members(meeting))
    return meeting


@transaction.atomic
def begin_meeting(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Raises WrongTime unless it is announced."""
    meeting = locked(meeting, State.ANNOUNCED)
    meeting.began_at = at or timezone.now()
    move_on(meeting, State.OPEN, by)
    return meeting


@transaction.atomic
def end_meeting(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Everybody leaves. A meeting of members that never had a quorum has failed.

    Raises WrongTime unless it is under way, OtherVoteOpen.
    """
    meeting = locked(meeting, State.OPEN)
    if meeting.votes.filter(closed_at=None).exists():
        raise errors.OtherVoteOpen
    meeting.ended_at = at or timezone.now()
    has_failed = meeting.kind == Kind.MEETING and not was_quorate(meeting)
    if has_failed:
        lapse_motions(meeting)
    everybody_leaves(meeting, meeting.ended_at)
    move_on(meeting, State.NO_QUORUM if has_failed else State.HELD, by)
    return meeting


def _members(meeting: Meeting) -> list[Mandate]:
    """Nobody at a session of a state body."""
    return list(members_at(meeting, meeting.starts_at)) if meeting.council else []


def tell(meeting: Meeting, kind: str, by: User | None, members: Sequence[Mandate] = ()) -> None:
    """Those who follow the council or its place, and its members; a session has only a place."""
    council = meeting.council
    notify_followers(
        kind=kind,
        dossier=council.dossier if council else meeting.dossier,
        actor=by,
        also=User.objects.filter(pk__in=[member.person_id for member in members]),
        meeting=meeting.pk,
        path=meeting.dossier.path,
    )


def move_on(meeting: Meeting, state: str, by: User | None, **said: Any) -> None:
    """To another state, of which the record tells. Under the lock of the meeting."""
    meeting.state = state
    meeting.save()
    change_state(dossier=meeting.dossier, state=state)
    record(kind=f"councils.meeting_{state}", dossier=meeting.dossier, actor=by, **said)
