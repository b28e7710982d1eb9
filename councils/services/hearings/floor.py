"""The floor: who waits for it, who has it, how long they have spoken.

The row of the hearing is locked first; a unique key lets only one speaker have the floor.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils.models import HearingRegistration, Meeting, SpeakerSlot
from councils.services.hearings import errors
from councils.services.hearings.planning import locked

State = SpeakerSlot.State
Kind = SpeakerSlot.Kind
KIND_OF_POSITION = {"for": Kind.PRO, "against": Kind.CONTRA, "question": Kind.QUESTION}


@transaction.atomic
def queue_speaker(
    *, by: User | None, registration: HearingRegistration, at: datetime | None = None
) -> SpeakerSlot:
    """Somebody who is there wants to speak. Raises WrongTime, NotInQueue, AsksAlready."""
    meeting = _in_time(registration.meeting)
    if registration.state != HearingRegistration.State.PRESENT:
        raise errors.NotInQueue
    waits = registration.speeches.exclude(state__in=[State.DONE, State.SKIPPED])
    if waits.exists():
        raise errors.AsksAlready
    kind = KIND_OF_POSITION.get(registration.position, Kind.CONTRIBUTION)
    return _add(meeting, kind, at, registration=registration)


@transaction.atomic
def invite_speaker(
    *, by: User | None, meeting: Meeting, name: str, kind: str, at: datetime | None = None
) -> SpeakerSlot:
    """An official who answers, an expert who explains. Raises WrongTime."""
    return _add(_in_time(meeting), kind, at, name=name)


def _add(meeting: Meeting, kind: str, at: datetime | None, **who: object) -> SpeakerSlot:
    return SpeakerSlot.objects.create(
        meeting=meeting,
        number=meeting.speakers.count() + 1,
        kind=kind,
        seconds=meeting.hearing.seconds_each,
        queued_at=at or timezone.now(),
        **who,
    )


@transaction.atomic
def call_speaker(*, by: User | None, slot: SpeakerSlot, at: datetime | None = None) -> SpeakerSlot:
    """To the microphone. Raises WrongTime, NotInQueue, FloorTaken."""
    slot = _slot(slot, State.QUEUED)
    if slot.meeting.speakers.filter(state__in=SpeakerSlot.ON_THE_FLOOR).exists():
        raise errors.FloorTaken
    return _save(slot, state=State.CALLED, called_at=at or timezone.now())


@transaction.atomic
def begin_speech(*, by: User | None, slot: SpeakerSlot, at: datetime | None = None) -> SpeakerSlot:
    """The time runs, for the first time or again after a pause. Raises WrongTime, NotInQueue."""
    slot = _slot(slot, State.CALLED, State.PAUSED)
    now = at or timezone.now()
    return _save(slot, state=State.SPEAKING, began_at=slot.began_at or now, running_since=now)


@transaction.atomic
def pause_speech(*, by: User | None, slot: SpeakerSlot, at: datetime | None = None) -> SpeakerSlot:
    """The time stands still. Raises WrongTime, NotInQueue."""
    slot = _slot(slot, State.SPEAKING)
    spoken = slot.spoken_at(at or timezone.now())
    return _save(slot, state=State.PAUSED, spoken=spoken, running_since=None)


@transaction.atomic
def end_speech(*, by: User | None, slot: SpeakerSlot, at: datetime | None = None) -> SpeakerSlot:
    """Raises WrongTime, NotInQueue."""
    slot = _slot(slot, State.SPEAKING, State.PAUSED)
    now = at or timezone.now()
    spoken = slot.spoken_at(now)
    return _save(slot, state=State.DONE, spoken=spoken, running_since=None, ended_at=now)


@transaction.atomic
def skip_speaker(*, by: User | None, slot: SpeakerSlot, at: datetime | None = None) -> SpeakerSlot:
    """Somebody does not come to the microphone. Raises WrongTime, NotInQueue."""
    slot = _slot(slot, State.QUEUED, State.CALLED)
    return _save(slot, state=State.SKIPPED, ended_at=at or timezone.now())


def close_floor(meeting: Meeting, now: datetime) -> None:
    """Under the lock of the hearing: what is being said ends, nobody waits any more."""
    for slot in meeting.speakers.filter(state__in=[State.SPEAKING, State.PAUSED]):
        spoken = slot.spoken_at(now)
        _save(slot, state=State.DONE, spoken=spoken, running_since=None, ended_at=now)
    waiting = meeting.speakers.filter(state__in=[State.QUEUED, State.CALLED])
    waiting.update(state=State.SKIPPED, ended_at=now)


def _in_time(meeting: Meeting) -> Meeting:
    meeting = locked(meeting)
    if meeting.state not in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        raise errors.WrongTime
    return meeting


def _slot(slot: SpeakerSlot, *states: str) -> SpeakerSlot:
    meeting = locked(slot.meeting)
    if meeting.state != Meeting.State.OPEN:
        raise errors.WrongTime
    slot = SpeakerSlot.objects.get(pk=slot.pk)
    slot.meeting = meeting
    if slot.state not in states:
        raise errors.NotInQueue
    return slot


def _save(slot: SpeakerSlot, **changes: object) -> SpeakerSlot:
    for name, value in changes.items():
        setattr(slot, name, value)
    slot.save(update_fields=list(changes))
    return slot
