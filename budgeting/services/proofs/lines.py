"""Lines of a register and the people tied to them: one line, at most one person, for good."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting.models import Cycle, Register, RegisterLine
from budgeting.register_keys import RegisterKey, register_key
from participation.errors import Refused
from participation.models import Residence, Territory
from participation.services.residences import confirm_residence


class NotConfirmed(Refused):
    """The same words whether there is no such line, it is another's, or the date is wrong."""

    message = _("This could not be confirmed. Check what you have typed.")
    way_out = _("If it is right, come to a service desk with your document.")


class LineTaken(Refused):
    message = _("Somebody has been shown to be this person already.")
    way_out = _("Whoever voted by a letter or with another account stays with it.")


class HasAnotherLine(Refused):
    message = _("This account has been shown to be another person of the register.")


class BornOnAnotherDay(Refused):
    message = _("The register has another date of birth for this number.")
    way_out = _("Look into the document again; the sender of the register corrects its mistakes.")


def register_of(*, cycle: Cycle) -> Register:
    """The register of a budget, empty at first. Its key is made here, outside the database."""
    return Register.objects.filter(cycle=cycle).first() or _new_register(cycle)


@transaction.atomic
def _new_register(cycle: Cycle) -> Register:
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    register, _is_new = Register.objects.get_or_create(
        cycle=cycle, defaults={"key_fingerprint": register_key().fingerprint}
    )
    return register


def key_of(register: Register) -> RegisterKey:
    """Raises RegisterKeyMissing."""
    return register_key(register.key_fingerprint)


@sensitive_variables()
def line_of(*, register: Register, iin: str) -> RegisterLine | None:
    kept = key_of(register).number(iin)
    return RegisterLine.objects.filter(register=register, iin_hash=kept).first()


@transaction.atomic
@sensitive_variables()
def enter_line(
    *,
    register: Register,
    iin_hash: bytes,
    born_on: date,
    territory: Territory,
    lives_since: date | None = None,
    sex: str = "",
) -> RegisterLine:
    """The line of somebody whose document was seen; a new one where the register has none.

    Raises BornOnAnotherDay. The place of the document holds, unless somebody is tied already.
    `sex` is a RegisterLine.Sex or "".
    """
    line, is_new = RegisterLine.objects.get_or_create(
        register=register,
        iin_hash=iin_hash,
        defaults={
            "born_on": born_on,
            "territory": territory,
            "lives_since": lives_since,
            "sex": sex,
        },
    )
    if line.born_on != born_on:
        raise BornOnAnotherDay
    if not is_new and line.person_id is None and line.territory_id != territory.pk:
        RegisterLine.objects.filter(pk=line.pk, person=None).update(
            territory=territory, lives_since=lives_since
        )
        line.refresh_from_db()
    return line


@transaction.atomic
def tie(*, line: RegisterLine, person: User) -> RegisterLine:
    """This person is the one of the line. Raises LineTaken, HasAnotherLine; twice is once."""
    # The person first: two of their proofs at once come one after the other.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    line = RegisterLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if line.person_id == person.pk:
        return line
    if line.person_id is not None:
        raise LineTaken
    if RegisterLine.objects.filter(register=line.register_id, person=person).exists():
        raise HasAnotherLine
    line.person = person
    line.save(update_fields=["person"])
    return line


@transaction.atomic
def confirm_by_line(
    *, line: RegisterLine, person: User, method: str, by: User | None = None
) -> Residence:
    """Tie the person to the line and write the outcome of the proof. Raises as `tie` does."""
    line = tie(line=line, person=person)
    return confirm_residence(
        by=by,
        person=person,
        territory=line.territory,
        born_on=line.born_on,
        lives_since=line.lives_since,
        method=method,
        dossier=line.register.cycle.dossier,
    )


@transaction.atomic
def person_of_line(*, line: RegisterLine, method: str) -> User:
    """Whoever is tied to the line; else a person without an account and without a way to sign in.

    For those who vote by a code or on paper. `method` is one of Residence.Method.
    """
    line = RegisterLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if line.person is not None:
        return line.person
    person = User(email=f"voter-{uuid4().hex}@voter.invalid", is_active=False)
    person.set_unusable_password()
    person.save()
    confirm_by_line(line=line, person=person, method=method)
    return person


@sensitive_variables()
def prove_by_register(*, person: User, cycle: Cycle, iin: str, born_on: date) -> Residence:
    """Whoever knows number and date of birth of a line is taken for its person.

    Raises NotConfirmed, whatever is wrong: nothing tells who stands in the register.
    """
    register = Register.objects.filter(cycle=cycle).first()
    line = line_of(register=register, iin=iin) if register else None
    is_theirs = line is not None and line.born_on == born_on
    if line is None or not is_theirs or line.person_id not in {None, person.pk}:
        raise NotConfirmed
    try:
        return confirm_by_line(line=line, person=person, method=Residence.Method.ROLL)
    except (LineTaken, HasAnotherLine) as refusal:
        raise NotConfirmed from refusal
