"""Who is invited, who came: so that the room is no club."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.services import helix_of
from edp.invitation_lines import Line
from edp.models import Attendance, HeadCount, Invitation, Workshop
from edp.services.workshops import errors
from participation.errors import Refused
from participation.services import notify, record

COUNTED_IN = (Workshop.State.ANNOUNCED, Workshop.State.RUNNING, Workshop.State.HELD)


class CountImpossible(Refused):
    message = _("No more people can be new than have come.")


@transaction.atomic
def invite(
    *,
    by: User | None,
    workshop: Workshop,
    helix: str,
    organisation: Organisation | None = None,
    name: str = "",
    email: str = "",
) -> Invitation:
    """Ask somebody to come: by a message where the address has an account, else on paper.

    Raises WrongTime once the meeting has begun, AlreadyInvited.
    """
    workshop = Workshop.objects.select_for_update(of=("self",), no_key=True).get(pk=workshop.pk)
    if not workshop.is_ahead:
        raise errors.WrongTime
    person = _person_at(email)
    known = workshop.invitations.filter(email__iexact=email) if email else Invitation.objects.none()
    if known.exists() or (person and workshop.invitations.filter(person=person).exists()):
        raise errors.AlreadyInvited
    # The letter leads to the page of the meeting, which must be there to be read.
    is_sent = person is not None and workshop.state == Workshop.State.ANNOUNCED
    invitation = Invitation.objects.create(
        workshop=workshop,
        organisation=organisation,
        person=person,
        name=name,
        email=email,
        helix=helix,
        sent_at=timezone.now() if is_sent else None,
    )
    if is_sent and person is not None:
        notify(kind="workshop_invitation", recipients=[person], dossier=workshop.dossier, actor=by)
    return invitation


@transaction.atomic
def invite_all(*, by: User | None, workshop: Workshop, guests: Iterable[Line]) -> int:
    """Invite a whole list, or nobody if one of them cannot be; how many are new to the meeting.

    Whoever is invited already is passed over. Raises WrongTime.
    """
    workshop = Workshop.objects.select_for_update(of=("self",), no_key=True).get(pk=workshop.pk)
    invited = 0
    for guest in guests:
        try:
            with transaction.atomic():
                invite(
                    by=by, workshop=workshop, helix=guest.helix, name=guest.name, email=guest.email
                )
        except errors.AlreadyInvited:
            continue
        invited += 1
    return invited


def invited_among(workshop: Workshop, addresses: Iterable[str]) -> set[str]:
    """Those addresses, in small letters, at which somebody is invited already. One query."""
    known = workshop.invitations.annotate(at=Lower("email")).filter(
        at__in={address.casefold() for address in addresses if address}
    )
    return set(known.values_list("at", flat=True))


@transaction.atomic
def send_invitations(*, by: User | None, workshop: Workshop) -> int:
    """Send those that waited for the meeting to be announced. Returns how many."""
    waiting = workshop.invitations.select_for_update(of=("self",)).filter(
        sent_at=None, person__isnull=False, state=Invitation.State.INVITED
    )
    people = [invitation.person for invitation in waiting.select_related("person")]
    found = [person for person in people if person is not None]
    if found:
        waiting.update(sent_at=timezone.now())
        notify(kind="workshop_invitation", recipients=found, dossier=workshop.dossier, actor=by)
    return len(found)


@transaction.atomic
def check_in(
    *,
    by: User | None,
    workshop: Workshop,
    person: User,
    role: str = Attendance.Role.PARTICIPANT,
) -> Attendance:
    """Somebody with an account is there; twice is once. The helix is that of the day.

    Raises WrongTime before the announcement and after the report.
    """
    workshop = _open(workshop)
    before = Attendance.objects.filter(person=person, workshop__process=workshop.process_id)
    day = min(timezone.localdate(), timezone.localdate(workshop.starts_at))
    found, _ = Attendance.objects.get_or_create(
        workshop=workshop,
        person=person,
        defaults={
            "helix": helix_of(person, day),
            "role": role,
            "is_first_time": not before.exclude(workshop=workshop).exists(),
        },
    )
    return found


@transaction.atomic
def check_in_guest(
    *,
    by: User | None,
    workshop: Workshop,
    helix: str,
    name: str = "",
    email: str = "",
    is_first_time: bool = True,
    role: str = Attendance.Role.PARTICIPANT,
) -> Attendance:
    """Somebody who comes in from the street; an address with an account is its person.

    Raises WrongTime as check_in does.
    """
    if person := _person_at(email):
        return check_in(by=by, workshop=workshop, person=person, role=role)
    return Attendance.objects.create(
        workshop=_open(workshop), name=name, helix=helix, role=role, is_first_time=is_first_time
    )


@transaction.atomic
def count_heads(
    *, by: User | None, workshop: Workshop, counts: Mapping[str, tuple[int, int]]
) -> None:
    """(people, of them new to the process) of each helix, "" the unknown; replaces what was there.

    Raises CountImpossible, and WrongTime as check_in does.
    """
    workshop = _open(workshop)
    if any(newcomers > people for people, newcomers in counts.values()):
        raise CountImpossible
    workshop.head_counts.all().delete()
    HeadCount.objects.bulk_create(
        HeadCount(workshop=workshop, helix=helix, count=people, newcomers=newcomers)
        for helix, (people, newcomers) in counts.items()
        if people
    )
    record(
        kind="edp.heads_counted",
        dossier=workshop.dossier,
        actor=by,
        counts={helix or "unknown": list(pair) for helix, pair in counts.items()},
    )


def _open(workshop: Workshop) -> Workshop:
    rows = Workshop.objects.select_for_update(of=("self",), no_key=True).select_related("dossier")
    workshop = rows.get(pk=workshop.pk)
    if workshop.state not in COUNTED_IN:
        raise errors.WrongTime
    return workshop


def _person_at(email: str) -> User | None:
    return User.objects.filter(email__iexact=email, is_active=True).first() if email else None
