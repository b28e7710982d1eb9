"""At the desk: a document is seen, a number is looked up, and both are written down."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting.electorate.iin import sex_of
from budgeting.models import Cycle, Register, RegisterLine, RegisterLook, RollEntry
from budgeting.services.proofs.lines import (
    enter_line,
    key_of,
    line_of,
    register_of,
    tie,
)
from participation.errors import Refused
from participation.models import Residence, Territory
from participation.services import record
from participation.services.residences import ConfirmsOneself, confirm_residence

HOUR = timedelta(hours=1)
LATEST_LOOKS = 20


class TooManyLooks(Refused):
    message = _("You have looked up as many people in this hour as an officer may.")
    way_out = _("Every look is recorded; the organiser can see all of them.")


@dataclass(frozen=True)
class Found:
    """What an officer sees of a line: enough to go on at the desk, and no number."""

    line: RegisterLine | None
    is_proven: bool = False
    has_voted: bool = False


@transaction.atomic
@sensitive_variables("iin")
def confirm_at_desk(
    *,
    by: User,
    person: User,
    cycle: Cycle,
    territory: Territory,
    born_on: date,
    iin: str = "",
    lives_since: date | None = None,
) -> Residence:
    """An officer has seen the document. With the number, the person is tied to their line.

    Raises ConfirmsOneself, BornOnAnotherDay, LineTaken, HasAnotherLine.
    """
    if by.pk == person.pk:
        raise ConfirmsOneself
    if iin:
        register = register_of(cycle=cycle)
        line = enter_line(
            register=register,
            iin_hash=key_of(register).number(iin),
            born_on=born_on,
            territory=territory,
            lives_since=lives_since,
            sex=sex_of(iin),
        )
        tie(line=line, person=person)
    return confirm_residence(
        by=by,
        person=person,
        territory=territory,
        born_on=born_on,
        lives_since=lives_since,
        dossier=cycle.dossier,
    )


@transaction.atomic
@sensitive_variables("iin")
def look_up(*, by: User, cycle: Cycle, iin: str, reason: str) -> Found:
    """What the register says of a number; `reason` is one of RegisterLook.Reason.

    Written down for good before it is shown: who looked, when, why, at which line. Raises
    TooManyLooks beyond REGISTER_LOOKS_AN_HOUR.
    """
    register = register_of(cycle=cycle)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two looks, one is counted first
    recent = RegisterLook.objects.filter(officer=by, at__gt=timezone.now() - HOUR).count()
    if recent >= settings.REGISTER_LOOKS_AN_HOUR:
        raise TooManyLooks
    line = line_of(register=register, iin=iin)
    key = key_of(register)
    tag = key.tag(key.number(iin))
    RegisterLook.objects.create(register=register, officer=by, line=line, tag=tag, reason=reason)
    record(
        kind="budgeting.register_looked_up",
        dossier=cycle.dossier,
        actor=by,
        reason=reason,
        line=tag,
        found=line is not None,
    )
    return _found(register, line)


def _found(register: Register, line: RegisterLine | None) -> Found:
    if line is None:
        return Found(None)
    voted = RollEntry.objects.filter(
        election__envelope__cycle=register.cycle_id, voter=line.person_id, casts__gt=0
    )
    return Found(
        line,
        is_proven=line.person_id is not None,
        has_voted=line.person_id is not None and voted.exists(),
    )


def looks_at(person: User, cycle: Cycle) -> list[RegisterLook]:
    """The latest looks of officers at this person's line, for their own eyes."""
    own = RegisterLook.objects.filter(register__cycle=cycle, line__person=person)
    return list(own[:LATEST_LOOKS])
