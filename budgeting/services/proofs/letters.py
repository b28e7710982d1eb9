"""Codes for letters: made for lines of a register, printed once, then known to the letters only.

A code is made of the batch's seed, the line and the key outside the database; stored is its keyed
hash. The printing forgets the seed, so nobody can make the same codes again, not even the operator.
A keyed hash, not a slow one: a code has 59 bits of chance, and a million of them take seconds.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.electorate.letter_codes import code_from
from budgeting.models import Cycle, LetterBatch, LetterCode, Register, RegisterLine
from budgeting.register_keys import RegisterKey
from budgeting.services.proofs.lines import key_of, register_of
from budgeting.voting_rules import VotingRules
from participation.errors import Refused
from participation.models import Territory
from participation.models.territory import lies_within
from participation.services import record

State = LetterBatch.State
PIECE = 5000  # codes a COPY
SEED_BYTES = 32


class NobodyToWriteTo(Refused):
    message = _("The register has nobody there who still needs a letter.")


class LettersDoNotCount(Refused):
    message = _("The rules of this budget do not accept codes on letters.")
    way_out = _("They have to be accepted in the ruleset before the vote is frozen.")


class NotToPrint(Refused):
    message = _("These letters have been printed or withdrawn; their codes are kept nowhere.")
    way_out = _("Make new letters: the old codes then no longer count.")


class EndsBeforeItBegins(Refused):
    message = _("The codes would be valid until a moment that has passed.")


@dataclass(frozen=True, slots=True)
class Letter:
    """One code, as it is printed; `reference` is the household or else the line's number."""

    reference: str
    place: int
    iin_hash: bytes
    code: str


@transaction.atomic
def ask_for_letters(
    *, by: User | None, cycle: Cycle, territory: Territory, kind: str, valid_until: datetime
) -> LetterBatch:
    """A batch to be made: for whoever lives there by the register and is not yet shown to be
    somebody. Raises LettersDoNotCount, NobodyToWriteTo, EndsBeforeItBegins."""
    if not VotingRules.from_data(cycle.ruleset.data).voter_rules.accepts_letters:
        raise LettersDoNotCount
    if valid_until <= timezone.now():
        raise EndsBeforeItBegins
    register = Register.objects.select_for_update(no_key=True).get(pk=register_of(cycle=cycle).pk)
    if not _recipients(register, territory).exists():
        raise NobodyToWriteTo
    last = register.batches.aggregate(last=Max("number"))["last"] or 0
    return LetterBatch.objects.create(
        register=register,
        number=last + 1,
        kind=kind,
        territory=territory,
        valid_until=valid_until,
        seed=secrets.token_bytes(SEED_BYTES),
        asked_by=by,
    )


def _recipients(register: Register, territory: Territory) -> QuerySet[RegisterLine]:
    return RegisterLine.objects.filter(
        Q(territory=territory) | lies_within("territory__parent", [territory.pk]),
        register=register,
        person=None,
    )


def make_waiting_letters() -> None:
    for batch in LetterBatch.objects.filter(state=State.WAITING).order_by("pk"):
        make_letters(batch=batch)


@transaction.atomic
def make_letters(*, batch: LetterBatch) -> LetterBatch:
    """Store the hashes of a batch's codes; older codes of the same lines no longer count.

    A second worker waits for the first and then does nothing.
    """
    batch = LetterBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state != State.WAITING:
        return batch
    lines = _recipients(batch.register, batch.territory)
    LetterCode.objects.filter(line__in=lines, is_valid=True).update(is_valid=False)
    key, seed = key_of(batch.register), bytes(batch.seed or b"")
    numbers = lines.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=PIECE)
    while piece := list(islice(numbers, PIECE)):
        _write_codes(batch, key, seed, piece)
        batch.codes_made += len(piece)
    batch.state = State.READY
    batch.save(update_fields=["state", "codes_made"])
    _record("budgeting.letters_made", batch, batch.asked_by)
    return batch


def _write_codes(batch: LetterBatch, key: RegisterKey, seed: bytes, lines: list[int]) -> None:
    statement = "COPY budgeting_lettercode (batch_id, line_id, code_hash, is_valid) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            code = code_from(key.letter(seed, line))
            copy.write_row((batch.pk, line, key.code(code), True))


def _record(kind: str, batch: LetterBatch, by: User | None) -> None:
    record(
        kind=kind,
        dossier=batch.register.cycle.dossier,
        actor=by,
        batch=batch.number,
        codes=batch.codes_made,
    )


@transaction.atomic
def print_letters(*, by: User, batch: LetterBatch) -> Iterator[Letter]:
    """The letters of a batch, once: from here on the codes stand on them and nowhere else.

    Raises NotToPrint. The letters can be read after the transaction too, piece by piece.
    """
    batch = LetterBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state != State.READY or batch.seed is None:
        raise NotToPrint
    letters = _letters(batch, key_of(batch.register), bytes(batch.seed))
    batch.state, batch.seed, batch.printed_at = State.PRINTED, None, timezone.now()
    batch.save(update_fields=["state", "seed", "printed_at"])
    _record("budgeting.letters_printed", batch, by)
    return letters


def _letters(batch: LetterBatch, key: RegisterKey, seed: bytes) -> Iterator[Letter]:
    last = 0
    while True:
        # By number, not by a cursor: what is sent to the printer outlives the transaction.
        codes = LetterCode.objects.filter(batch=batch, line__gt=last).order_by("line_id")
        piece = list(codes.select_related("line")[:PIECE])
        if not piece:
            return
        for row in piece:
            line = row.line
            reference = line.household or f"№ {line.pk}"
            code = code_from(key.letter(seed, line.pk))
            yield Letter(reference, line.territory_id, bytes(line.iin_hash), code)
        last = piece[-1].line_id


@transaction.atomic
def withdraw_letters(*, by: User, batch: LetterBatch) -> None:
    """The codes of a batch no longer count; whoever has used theirs keeps their vote."""
    batch = LetterBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state not in {State.READY, State.PRINTED}:
        raise NotToPrint
    batch.codes.filter(is_valid=True).update(is_valid=False)
    batch.state, batch.seed = State.WITHDRAWN, None
    batch.save(update_fields=["state", "seed"])
    _record("budgeting.letters_withdrawn", batch, by)
