"""The register of Taraz: invented people with numbers that pass every check, and letters to some.

Those who have an account are tied to their lines; forty are not, and letters wait to be printed for
them at the desk. `HOUSEHOLDS` are the numbers on those letters.
"""

from datetime import date

from django.core.files.base import ContentFile

from accounts.models import User
from budgeting.electorate.iin import invented_iin
from budgeting.models import Cycle, LetterBatch, RegisterLine
from budgeting.register_keys import register_key
from budgeting.sealed_uploads import sealed
from budgeting.services.proofs.imports import hand_in_register, read_register
from budgeting.services.proofs.letters import ask_for_letters, make_letters
from budgeting.services.proofs.lines import key_of, register_of
from participation.models import Residence

WITHOUT_ACCOUNT = 40


def birthday_of(number: int) -> date:
    """Of the resident without an account whose letter carries the household Т-`number`."""
    return date(1948 + number, 1 + number % 12, 1 + number % 28)


def open_register(*, by: User, cycle: Cycle) -> None:
    """Import the register, tie who has shown where they live, and make letters for the others."""
    strangers = [
        f"{invented_iin(birthday_of(n), 7000 + n)},{birthday_of(n)},,Т-{n:02d}"
        for n in range(WITHOUT_ACCOUNT)
    ]
    residents = _residents(cycle)
    known = [
        f"{_number_of(residence, n)},{residence.born_on},," for n, residence in enumerate(residents)
    ]
    text = "\n".join(["iin,born_on,district,household", *known, *strangers]).encode()
    file = ContentFile(b"".join(sealed([text], register_key().seal())))
    read_register(source=hand_in_register(by=by, cycle=cycle, file=file, size=len(text)))
    _tie(cycle, residents)
    letters = ask_for_letters(
        by=by,
        cycle=cycle,
        territory=cycle.dossier.territory,
        kind=LetterBatch.Kind.PEOPLE,
        valid_until=cycle.envelopes.get().election.closes_at,
    )
    make_letters(batch=letters)


def _residents(cycle: Cycle) -> list[Residence]:
    there = Residence.objects.filter(territory=cycle.dossier.territory, valid_to=None)
    return list(there.select_related("person").order_by("person"))


def _number_of(residence: Residence, place: int) -> str:
    return invented_iin(residence.born_on, place * 10)


def _tie(cycle: Cycle, residents: list[Residence]) -> None:
    register = register_of(cycle=cycle)
    key = key_of(register)
    person_of = {key.number(_number_of(r, n)): r.person for n, r in enumerate(residents)}
    lines = list(register.lines.filter(person=None))
    for line in lines:
        line.person = person_of.get(bytes(line.iin_hash))
    RegisterLine.objects.bulk_update(lines, ["person"], batch_size=500)


def give_lines(*, cycle: Cycle, people: list[User]) -> None:
    """Lines for people who have come to the demo later and have shown where they live."""
    register = register_of(cycle=cycle)
    key = key_of(register)
    residences = Residence.objects.filter(person__in=people, valid_to=None)
    RegisterLine.objects.bulk_create(
        RegisterLine(
            register=register,
            iin_hash=key.number(f"{residence.pk:012d}"),
            born_on=residence.born_on,
            territory_id=residence.territory_id,
            person_id=residence.person_id,
        )
        for residence in residences
    )
