"""What the tests of registers share: files as they are sent, sealed and read."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from budgeting.electorate.iin import invented_iin
from budgeting.electorate.letter_codes import printed
from budgeting.models import Cycle, LetterBatch, RegisterImport, RegisterLine
from budgeting.register_keys import register_key
from budgeting.sealed_uploads import sealed
from budgeting.services.proofs.imports import hand_in_register, read_register
from budgeting.services.proofs.letters import ask_for_letters, make_letters, print_letters
from budgeting.services.proofs.lines import line_of, register_of

HEAD = "iin,born_on,district"
BIRTHDAYS = [date(1960 + number % 45, 1 + number % 12, 1 + number % 28) for number in range(500)]
LETTER_RULES: dict[str, Any] = {
    "ballot": "knapsack",
    "min_age": 16,
    "voters": {"proofs": ["desk", "roll", "letter", "oidc"], "needs_line": True},
    "count": {
        "method": "equal-shares",
        "satisfaction": "cost",
        "completion": "add1u",
        "step": "1",
        "ties": ["votes", "list-order"],
    },
}


def number_of(number: int) -> str:
    return invented_iin(BIRTHDAYS[number], number)


def table(numbers: range) -> str:
    rows = [f"{number_of(n)},{BIRTHDAYS[n]:%d.%m.%Y}," for n in numbers]
    return "\n".join([HEAD, *rows]) + "\n"


def hand_in(cycle: Cycle, text: str, **options: Any) -> RegisterImport:
    data = text.encode()
    pieces = [data[start : start + 1000] for start in range(0, len(data), 1000)]
    file = ContentFile(b"".join(sealed(pieces, register_key().seal())))
    return hand_in_register(by=None, cycle=cycle, file=file, size=len(data), **options)


def import_register(cycle: Cycle, text: str, **options: Any) -> RegisterImport:
    source = read_register(source=hand_in(cycle, text, **options))
    source.refresh_from_db()
    return source


def line_number(cycle: Cycle, number: int) -> RegisterLine:
    line = line_of(register=register_of(cycle=cycle), iin=number_of(number))
    assert line is not None
    return line


def make_batch(cycle: Cycle, **options: Any) -> LetterBatch:
    asked: dict[str, Any] = {
        "by": None,
        "territory": cycle.dossier.territory,
        "kind": "people",
        "valid_until": timezone.now() + timedelta(days=5),
        **options,
    }
    return make_letters(batch=ask_for_letters(cycle=cycle, **asked))


def codes_of(batch: LetterBatch, by: User) -> dict[bytes, str]:
    """Of each line, by its hash: the code as it is printed."""
    letters = print_letters(by=by, batch=batch)
    return {letter.iin_hash: printed(letter.code) for letter in letters}
