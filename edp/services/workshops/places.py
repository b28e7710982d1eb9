"""Places: given until there are none, then a waiting list that moves up by itself.

The row of the meeting is locked first, so that whoever asks for the last place waits for the one
before; a trigger counts once more.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.services import helix_of
from edp.models import Invitation, Registration, Workshop
from edp.services.workshops import errors
from participation.services import follow, notify

State = Registration.State
REMIND_BEFORE = timedelta(hours=24)


@transaction.atomic
def register(*, person: User, workshop: Workshop) -> Registration:
    """A place, or the end of the waiting list; twice changes nothing. Raises RegistrationClosed."""
    workshop = _locked(workshop)
    found = workshop.registrations.filter(person=person).first()
    if found is not None and found.state != State.CANCELLED:
        return found
    if not workshop.takes_registrations:
        raise errors.RegistrationClosed
    registration = found or Registration(
        workshop=workshop, person=person, code=get_random_string(24)
    )
    registration.helix = helix_of(person, timezone.localdate())
    registration.state = State.WAITING if places_left(workshop) == 0 else State.REGISTERED
    registration.since = timezone.now()
    registration.save()
    _answer_invitation(workshop, person, Invitation.State.ACCEPTED)
    follow(person=person, dossier=workshop.dossier)
    return registration


@transaction.atomic
def give_place_back(*, person: User, workshop: Workshop) -> None:
    """Whoever waits first gets it, and is told. Raises WrongTime once the meeting has begun."""
    workshop = _locked(workshop)
    if not workshop.is_ahead:
        raise errors.WrongTime
    own = workshop.registrations.filter(person=person).exclude(state=State.CANCELLED)
    if not own.update(state=State.CANCELLED):
        return
    _answer_invitation(workshop, person, Invitation.State.DECLINED)
    move_up(workshop)


def places_left(workshop: Workshop) -> int | None:
    """None where as many may come as want to."""
    if workshop.capacity is None:
        return None
    taken = workshop.registrations.filter(state=State.REGISTERED).count()
    return max(0, workshop.capacity - taken)


def move_up(workshop: Workshop) -> None:
    """Give free places to those who wait longest. Under the lock of the meeting."""
    waiting = workshop.registrations.filter(state=State.WAITING).order_by("since", "pk")
    lucky = list(waiting.select_related("person")[: places_left(workshop)])
    for registration in lucky:
        registration.state = State.REGISTERED
        registration.save(update_fields=["state"])
    if lucky:
        people = [registration.person for registration in lucky]
        notify(kind="workshop_place_free", recipients=people, dossier=workshop.dossier)


@transaction.atomic
def remind_of(*, workshop: int, now: datetime) -> bool:
    """Tell everybody with a place that it is tomorrow; once, whoever else is at it."""
    rows = Workshop.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    due = rows.filter(pk=workshop, reminded_at=None, state=Workshop.State.ANNOUNCED)
    found = due.select_related("dossier").first()
    if found is None:
        return False
    found.reminded_at = now
    found.save(update_fields=["reminded_at"])
    coming = found.registrations.filter(state=State.REGISTERED)
    people = User.objects.filter(pk__in=coming.values("person"))
    notify(kind="workshop_reminder", recipients=people, dossier=found.dossier)
    return True


def due_reminders(now: datetime) -> list[int]:
    """Announced meetings that begin within a day, of which nobody was reminded yet."""
    soon = Workshop.objects.filter(
        state=Workshop.State.ANNOUNCED,
        reminded_at=None,
        starts_at__range=(now, now + REMIND_BEFORE),
    )
    return list(soon.values_list("pk", flat=True))


def _locked(workshop: Workshop) -> Workshop:
    rows = Workshop.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("dossier").get(pk=workshop.pk)


def _answer_invitation(workshop: Workshop, person: User, state: str) -> None:
    asked = workshop.invitations.filter(person=person)
    asked |= workshop.invitations.filter(person=None, email__iexact=person.email).exclude(email="")
    asked.update(state=state)
