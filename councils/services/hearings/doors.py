"""Who comes in: by a list, by the code on a phone, or from the street."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from councils.models import HearingRegistration, Meeting
from councils.services.hearings import errors
from councils.services.hearings.floor import queue_speaker
from councils.services.hearings.places import Guest, places_left
from councils.services.hearings.planning import locked

State = HearingRegistration.State
OPEN_DOORS = (Meeting.State.ANNOUNCED, Meeting.State.OPEN)


@transaction.atomic
def check_in(
    *, by: User | None, registration: HearingRegistration, at: datetime | None = None
) -> HearingRegistration:
    """Somebody is there; twice is once. Who wants to speak is in the queue from now on.

    Raises WrongTime, HallFull.
    """
    meeting = locked(registration.meeting)
    row = meeting.hearing_registrations.get(pk=registration.pk)
    if meeting.state not in OPEN_DOORS:
        raise errors.WrongTime
    if row.state == State.PRESENT:
        return row
    needs_place = row.attends == HearingRegistration.Attends.HALL and not row.has_place
    if needs_place and places_left(meeting) == 0:
        raise errors.HallFull
    row.state = State.PRESENT
    row.checked_in_at = at or timezone.now()
    row.save(update_fields=["state", "checked_in_at"])
    if row.wants_to_speak:
        queue_speaker(by=by, registration=row, at=row.since)
    return row


@transaction.atomic
def check_in_guest(
    *, by: User | None, meeting: Meeting, guest: Guest, at: datetime | None = None
) -> HearingRegistration:
    """Somebody who comes in from the street. Raises WrongTime, HallFull."""
    meeting = locked(meeting)
    moment = at or timezone.now()
    row = HearingRegistration.objects.create(
        meeting=meeting,
        name=guest.name,
        capacity=guest.capacity,
        organisation=guest.organisation,
        attends=guest.attends,
        position=guest.position,
        wants_to_speak=guest.wants_to_speak,
        state=State.CANCELLED,
        code=get_random_string(24),
        since=moment,
    )
    return check_in(by=by, registration=row, at=moment)
