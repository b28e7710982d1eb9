"""Seats in the groups of a process, and the interests of those who take them."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services.people import helix_of
from edp import errors
from edp.models import DiscoveryProcess, GroupMembership
from edp.services.locks import lock
from participation.services import record


@transaction.atomic
def seat_member(
    *,
    by: User | None,
    process: DiscoveryProcess,
    group: str,
    person: User | None = None,
    name: str = "",
    helix: str = "",
    organisation: Organisation | None = None,
    is_chair: bool = False,
) -> GroupMembership:
    """Give a seat to somebody with an account, or to somebody by name.

    Without `helix` it is the organisation's, else what the person's affiliation says today; it
    stays as it is now. Raises NobodyNamed, SeatTaken, NotOurs.
    """
    process = lock(process)
    if not process.is_ours:
        raise errors.NotOurs
    if person is None and not name.strip():
        raise errors.NobodyNamed
    today = timezone.localdate()
    if not helix and organisation is not None:
        helix = organisation.helix
    if not helix and person is not None:
        helix = helix_of(person, today)
    if not helix:
        raise errors.NobodyNamed
    try:
        with transaction.atomic():
            seat = GroupMembership.objects.create(
                process=process,
                group=group,
                person=person,
                name=name.strip(),
                helix=helix,
                organisation=organisation,
                is_chair=is_chair,
                since=today,
            )
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        is_second_chair = diagnosis and diagnosis.constraint_name == "membership_one_chair"
        raise (errors.ChairTaken if is_second_chair else errors.SeatTaken) from error
    record(kind="edp.seat_taken", dossier=process.dossier, actor=by, group=group, helix=str(helix))
    return seat


@transaction.atomic
def leave_seat(*, by: User, seat: GroupMembership) -> None:
    """The seat is empty from today; that it was taken stays."""
    process = lock(seat.process)
    left = GroupMembership.objects.filter(pk=seat.pk, until=None)
    if left.update(until=timezone.localdate(), is_chair=False):
        record(
            kind="edp.seat_left",
            dossier=process.dossier,
            actor=by,
            group=seat.group,
            helix=seat.helix,
        )


@transaction.atomic
def declare_interests(*, by: User | None, seat: GroupMembership, interests: str) -> None:
    """The public summary of what a member declares, "none" included. Raises InterestsMissing."""
    if not interests.strip():
        raise errors.InterestsMissing
    seat.interests, seat.declared_on = interests.strip(), timezone.localdate()
    seat.save(update_fields=["interests", "declared_on"])
    record(
        kind="edp.interests_declared",
        dossier=seat.process.dossier,
        actor=by,
        group=seat.group,
        helix=seat.helix,
    )
