"""Places at a hearing: given until the hall is full, then a waiting list that moves up by itself.

The row of the hearing is locked first, so that whoever asks for the last place waits for the one
before; a trigger counts once more.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from councils.models import HearingRegistration, Meeting
from councils.services.hearings import errors
from councils.services.hearings.planning import locked
from participation.services import follow, notify

State = HearingRegistration.State
Attends = HearingRegistration.Attends


@dataclass(frozen=True)
class Guest:
    """What somebody says of themselves; `contact` is shown to the secretary only."""

    name: str = ""
    contact: str = ""
    capacity: str = HearingRegistration.Capacity.RESIDENT
    organisation: str = ""
    attends: str = Attends.HALL
    position: str = HearingRegistration.Position.NEUTRAL
    wants_to_speak: bool = False


@transaction.atomic
def register(
    *, meeting: Meeting, guest: Guest, person: User | None = None, at: datetime | None = None
) -> HearingRegistration:
    """A place, or the end of the waiting list; a person's second time changes what was said.

    Raises RegistrationClosed, RegisteredAlready.
    """
    meeting = locked(meeting)
    if meeting.state not in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        raise errors.RegistrationClosed
    found = meeting.hearing_registrations.filter(person=person).first() if person else None
    taken = meeting.hearing_registrations.filter(contact=guest.contact)
    others = taken.exclude(state=State.CANCELLED).values_list("pk", flat=True)
    if guest.contact and set(others) - {found.pk if found else None}:
        raise errors.RegisteredAlready
    row = found or HearingRegistration(
        meeting=meeting, person=person, code=get_random_string(24), state=State.CANCELLED
    )
    keeps_place = row.has_place and row.attends == guest.attends
    for name in ("name", "contact", "capacity", "organisation", "attends", "position"):
        setattr(row, name, getattr(guest, name))
    row.wants_to_speak = guest.wants_to_speak
    if not keeps_place and not (row.pk and row.state == State.WAITLISTED):
        row.since = at or timezone.now()
    if not keeps_place:
        is_full = guest.attends == Attends.HALL and places_left(meeting) == 0
        row.state = State.WAITLISTED if is_full else State.REGISTERED
    row.save()
    _move_up(meeting)
    if person is not None:
        follow(person=person, dossier=meeting.dossier)
    return row


@transaction.atomic
def confirm(*, registration: HearingRegistration) -> None:
    """The person says once more that they come. Raises WrongTime."""
    meeting = locked(registration.meeting)
    if meeting.state != Meeting.State.ANNOUNCED:
        raise errors.WrongTime
    rows = meeting.hearing_registrations.filter(pk=registration.pk)
    rows.filter(state=State.REGISTERED).update(state=State.CONFIRMED)


@transaction.atomic
def give_place_back(*, registration: HearingRegistration) -> None:
    """Whoever waits first gets it. Raises WrongTime once the hearing is over."""
    meeting = locked(registration.meeting)
    if meeting.state not in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        raise errors.WrongTime
    rows = meeting.hearing_registrations.filter(pk=registration.pk)
    given_up = rows.filter(state__in=[State.REGISTERED, State.CONFIRMED, State.WAITLISTED])
    if given_up.update(state=State.CANCELLED, wants_to_speak=False):
        _move_up(meeting)


@transaction.atomic
def mark_absent(*, by: User | None, registration: HearingRegistration) -> None:
    """Somebody did not come: their place is for those who wait. Raises WrongTime."""
    meeting = locked(registration.meeting)
    if meeting.state != Meeting.State.OPEN:
        raise errors.WrongTime
    rows = meeting.hearing_registrations.filter(pk=registration.pk)
    if rows.filter(state__in=[State.REGISTERED, State.CONFIRMED]).update(state=State.ABSENT):
        _move_up(meeting)


def places_left(meeting: Meeting) -> int | None:
    """In the hall; None where as many may come as want to."""
    capacity = meeting.hearing.capacity
    if capacity is None:
        return None
    taken = meeting.hearing_registrations.filter(
        attends=Attends.HALL, state__in=HearingRegistration.HOLDS_A_PLACE
    )
    return max(0, capacity - taken.count())


def _move_up(meeting: Meeting) -> None:
    waiting = meeting.hearing_registrations.filter(state=State.WAITLISTED)
    in_order = waiting.order_by("since", "pk").select_related("person")
    lucky = list(in_order[: places_left(meeting)])
    for registration in lucky:
        registration.state = State.REGISTERED
        registration.save(update_fields=["state"])
    people = [registration.person for registration in lucky if registration.person]
    if people:
        notify(kind="hearing_place_free", recipients=people, dossier=meeting.dossier)
