"""A code from a letter: who brings it and knows the date of birth is the person of its line."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from budgeting.electorate.letter_codes import read_code
from budgeting.models import Cycle, LetterBatch, LetterCode, Register
from budgeting.services.proofs.lines import confirm_by_line, key_of, person_of_line
from participation.errors import Refused
from participation.models import Residence

LETTER = Residence.Method.LETTER


class CodeRefused(Refused):
    way_out = _("A service desk of the akimat gives you a new letter.")


class CodeMistyped(CodeRefused):
    message = _("There is a slip in the code: a character is wrong, missing or too many.")
    way_out = _("Compare it with the letter, four characters at a time.")


class CodeUnknown(CodeRefused):
    """The same words whether there is no such code or the date is another one."""

    message = _("The code and the date of birth do not belong together.")
    way_out = _("Check both; each letter is for one person.")


class CodeReplaced(CodeRefused):
    message = _("This code no longer counts: a newer letter was made, or it was withdrawn.")


class CodeExpired(CodeRefused):
    message = _("The time for using this code is over.")


class CodeUsed(CodeRefused):
    message = _("This code has been used with an account already, so it cannot be used again.")
    way_out = _("Sign in with that account to change the vote.")


@sensitive_variables()
@transaction.atomic
def enter_code(*, cycle: Cycle, code: str, born_on: date, person: User | None = None) -> User:
    """The person of the code's line: `person`, who is signed in, or one without an account.

    The same letter leads to the same person each time, and never to a second one. Raises
    CodeRefused.
    """
    entry = _entry_of(cycle, code)
    if entry is None or entry.line.born_on != born_on:
        raise CodeUnknown
    if not entry.is_valid or entry.batch.state == LetterBatch.State.WITHDRAWN:
        raise CodeReplaced
    if entry.batch.valid_until <= timezone.now():
        raise CodeExpired
    tied = entry.line.person
    if person is not None:
        if tied is not None and tied.pk != person.pk:
            raise CodeUsed
        confirm_by_line(line=entry.line, person=person, method=LETTER)
        return person
    if tied is not None:
        if tied.is_active or tied.is_erased:
            raise CodeUsed
        return tied
    return _without_account(entry)


def _entry_of(cycle: Cycle, typed: str) -> LetterCode | None:
    code = read_code(typed)
    if not code:
        raise CodeMistyped
    register = Register.objects.filter(cycle=cycle).first()
    if register is None:
        return None
    found = LetterCode.objects.filter(
        code_hash=key_of(register).code(code), batch__register=register
    )
    return found.select_related("batch", "line__person", "line__register__cycle__dossier").first()


def _without_account(entry: LetterCode) -> User:
    person = person_of_line(line=entry.line, method=LETTER)
    # When a letter was opened is when its person votes: neither row keeps that moment.
    made_at = entry.batch.asked_at
    Residence.objects.filter(person=person, method=LETTER).update(confirmed_at=made_at)
    User.objects.filter(pk=person.pk, is_active=False).update(joined_at=made_at)
    return person
