"""The random number and what follows from it: the panel, replacements, the end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import draws, randomness
from councils.draw_reading import next_in_reserve, panel_tokens, sitting_tokens
from councils.models import Draw, DrawFile, Replacement, SecretCommitment
from councils.services.draws import errors
from councils.services.draws.pool import locked, move
from participation.services import notify, record

State, Source = Draw.State, Draw.Source


def _due(draw: Draw, now: datetime) -> Draw:
    """The draw under a lock, waiting for its random number. Raises NotYet, WrongStep."""
    draw = locked(draw, State.PUBLISHED, State.DUE)
    if draw.randomness_due_at is None or now < draw.randomness_due_at:
        raise errors.NotYet
    if draw.state == State.PUBLISHED:
        move(draw, State.DUE, None)
    return draw


@transaction.atomic
def reveal_secret(
    *,
    by: User | None,
    commitment: SecretCommitment,
    secret: str,
    from_envelope: bool = False,
    at: datetime | None = None,
) -> SecretCommitment:
    """A party's secret, checked against its hash. Raises NotYet, WrongStep, WrongSecret."""
    now = at or timezone.now()
    draw = _due(commitment.draw, now)
    commitment = draw.commitments.get(pk=commitment.pk)
    if commitment.revealed_at is not None:
        raise errors.WrongStep
    expected = commitment.envelope_sha256 if from_envelope else commitment.sha256
    if randomness.commitment_to(secret) != expected:
        raise errors.WrongSecret
    commitment.secret, commitment.is_from_envelope = secret, from_envelope
    commitment.revealed_at = now
    commitment.save()
    record(
        kind="councils.secret_revealed",
        dossier=draw.dossier,
        actor=by,
        number=commitment.number,
        secret=secret,
        from_envelope=from_envelope,
    )
    return commitment


@transaction.atomic
def draw_panel(
    *,
    by: User | None,
    draw: Draw,
    digits: str = "",
    signature: str = "",
    at: datetime | None = None,
) -> Draw:
    """Take the random value, and with it the panel: a division, which the database repeats.

    `digits` as thrown in the hall, or the `signature` of the drand round, or neither where secrets
    were revealed. Raises NotYet, WrongStep, NotThree, WrongSignature, SecretsMissing.
    """
    now = at or timezone.now()
    draw = _due(draw, now)
    draw.randomness = _value(draw, digits.strip(), signature.strip().lower())
    draw.drand_signature = signature.strip().lower() if draw.source == Source.DRAND else ""
    if draw.source == Source.DICE:
        draw.drawn_number = int(draw.randomness)
        if draw.drawn_number >= draw.panels:
            raise errors.NotThree
    else:
        file_hash = draw.files.get(kind=DrawFile.Kind.LOTTERY).sha256
        seed = draws.seed(file_hash, draw.randomness)
        draw.drawn_number = draws.drawn_number(seed, draw.panels)
    draw.drawn_at = now
    move(draw, State.DRAWN, by, randomness=draw.randomness, number=draw.drawn_number)
    _tell(draw, panel_tokens(draw), by)
    return draw


def _value(draw: Draw, digits: str, signature: str) -> str:
    if draw.source == Source.DICE:
        if len(digits) != 3 or not (digits.isascii() and digits.isdigit()):
            raise errors.NotThree
        return digits
    if draw.source == Source.DRAND:
        try:
            return randomness.value_of_signature(signature)
        except ValueError as error:
            raise errors.WrongSignature from error
    parties = list(draw.commitments.all())
    if any(party.revealed_at is None for party in parties):
        raise errors.SecretsMissing
    return randomness.value_of_secrets([party.secret for party in parties])


def _tell(draw: Draw, tokens: list[str], by: User | None) -> None:
    """Whoever has a seat hears of it; nobody else learns who that is."""
    drawn = User.objects.filter(pool_entries__draw=draw, pool_entries__token__in=tokens)
    notify(kind="seat_drawn", recipients=drawn, dossier=draw.dossier, actor=by)


@transaction.atomic
def replace_member(
    *, by: User | None, draw: Draw, token: str, reasons: str, at: datetime | None = None
) -> Replacement:
    """Give a seat that was not taken to the next of the same type, by the published order.

    If the type is used up, to the next with whom every quota still holds. Raises WrongStep,
    TooLate, ReasonsMissing, NotOnPanel, NobodyLeft.
    """
    draw = locked(draw, State.DRAWN)
    now = at or timezone.now()
    if draw.selection_id:  # its reserve is the selection's
        raise errors.WrongStep
    if draw.replaces_until and timezone.localdate(now) > draw.replaces_until:
        raise errors.TooLate
    if not reasons.strip():
        raise errors.ReasonsMissing
    if token not in sitting_tokens(draw):
        raise errors.NotOnPanel
    found = next_in_reserve(draw, token)
    if found is None:
        raise errors.NobodyLeft
    entries = {entry.token: entry for entry in draw.entries.filter(token__in=[token, found.token])}
    replacement = Replacement.objects.create(
        draw=draw,
        left=entries[token],
        came=entries[found.token],
        reasons=reasons,
        is_same_type=found.is_same_type,
        at=now,
    )
    record(
        kind="councils.seat_replaced",
        dossier=draw.dossier,
        actor=by,
        left=token,
        came=found.token,
        reasons=reasons,
    )
    _tell(draw, [found.token], by)
    return replacement


@transaction.atomic
def close_draw(*, by: User | None, draw: Draw) -> Draw:
    """The panel stands. Raises WrongStep."""
    draw = locked(draw, State.DRAWN)
    move(draw, State.CLOSED, by)
    return draw


@transaction.atomic
def void_draw(*, by: User | None, draw: Draw, reasons: str) -> Draw:
    """Give the draw up before it is drawn. Raises WrongStep once it is, ReasonsMissing."""
    draw = locked(draw, State.DRAFT, State.FROZEN, State.PUBLISHED, State.DUE)
    if not reasons.strip():
        raise errors.ReasonsMissing
    draw.void_because = reasons
    move(draw, State.VOID, by, reasons=reasons)
    return draw
