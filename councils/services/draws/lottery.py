"""From the frozen pool to the published lottery, before the random number exists."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import draws, randomness
from councils.models import Draw, DrawFile, SecretCommitment
from councils.services.draws import errors
from councils.services.draws.pool import group_of, keep_file, locked, move, quotas_of
from councils.sortition import lottery, version
from participation.services import record

State, Source = Draw.State, Draw.Source


@transaction.atomic
def announce_randomness(
    *,
    by: User | None,
    draw: Draw,
    source: str,
    due_at: datetime,
    place: str = "",
    at: datetime | None = None,
) -> Draw:
    """Say where the random number will come from and when; again, as long as nothing is published.

    A round of drand is the first one at or after `due_at`. Raises WrongStep, RandomnessPast.
    """
    draw = locked(draw, State.FROZEN)
    now = at or timezone.now()
    draw.drand_round = None
    if source == Source.DRAND:
        draw.drand_round = randomness.round_at(due_at)
        if randomness.time_of_round(draw.drand_round) < due_at:
            draw.drand_round += 1
        due_at = randomness.time_of_round(draw.drand_round)
    if due_at <= now:
        raise errors.RandomnessPast
    draw.source, draw.place, draw.randomness_due_at = source, place, due_at
    draw.randomness_announced_at, draw.trouble = now, ""
    draw.save()
    record(
        kind="councils.randomness_announced",
        dossier=draw.dossier,
        actor=by,
        source=source,
        due=due_at.isoformat(),
        round=draw.drand_round,
    )
    return draw


@transaction.atomic
def commit_to_secret(
    *,
    by: User | None,
    draw: Draw,
    party: str,
    sha256: str,
    envelope_sha256: str,
    at: datetime | None = None,
) -> SecretCommitment:
    """A party's two hashes, before the lottery is published. Raises WrongStep."""
    draw = locked(draw, State.FROZEN)
    if draw.source != Source.REVEAL or draw.commitments.filter(party=party).exists():
        raise errors.WrongStep
    commitment = SecretCommitment.objects.create(
        draw=draw,
        number=draw.commitments.count() + 1,
        party=party,
        sha256=sha256.lower(),
        envelope_sha256=envelope_sha256.lower(),
        committed_at=at or timezone.now(),
    )
    record(
        kind="councils.secret_committed",
        dossier=draw.dossier,
        actor=by,
        number=commitment.number,
        sha256=commitment.sha256,
        envelope_sha256=commitment.envelope_sha256,
    )
    return commitment


@transaction.atomic
def ask_for_lottery(*, by: User | None, draw: Draw, at: datetime | None = None) -> Draw:
    """Have the lottery computed; a worker publishes it within a minute.

    Raises WrongStep, RandomnessUnnamed, TooFewParties.
    """
    draw = locked(draw, State.FROZEN)
    if draw.randomness_announced_at is None:
        raise errors.RandomnessUnnamed
    _check_parties(draw)
    draw.lottery_asked_at, draw.trouble = at or timezone.now(), ""
    draw.save(update_fields=["lottery_asked_at", "trouble"])
    return draw


def _check_parties(draw: Draw) -> None:
    if draw.source == Source.REVEAL and draw.commitments.count() < randomness.LEAST_PARTIES:
        raise errors.TooFewParties


def waiting_draws() -> list[Draw]:
    """Whose lottery was asked for and is not there."""
    waiting = Draw.objects.filter(state=State.FROZEN, lottery_asked_at__isnull=False, trouble="")
    return list(waiting.order_by("lottery_asked_at"))


def publish_lottery(*, draw: Draw, at: datetime | None = None) -> Draw:
    """Compute the panels and publish them with their hash and figures. Seconds of processor time.

    The frozen pool cannot change, so that nothing is locked while the solver works; of two
    workers the second finds it published. Raises WrongStep, RandomnessPast.
    """
    people = dict(draw.entries.values_list("token", "attributes"))
    found = lottery(people, quotas_of(draw), draw.size, panels=draw.panels, group=group_of(draw))
    fair = draws.fairness(sorted(people), found.panels)
    return _publish(draw, draws.lottery_file(found.panels), {
        "least": float(fair.least),
        "greatest": float(fair.greatest),
        "gini": float(fair.gini),
        "optimum": found.least,
        "distinct": found.distinct,
        "types": found.types,
        "never": len(found.never),
        "solver": version(),
    }, at)  # fmt: skip


@transaction.atomic
def _publish(draw: Draw, text: str, fairness: dict[str, object], at: datetime | None) -> Draw:
    draw = locked(draw, State.FROZEN)
    now = at or timezone.now()
    _check_parties(draw)
    if draw.randomness_due_at is None or now >= draw.randomness_due_at:
        raise errors.RandomnessPast
    kept = keep_file(draw, DrawFile.Kind.LOTTERY, text)
    draw.lottery_published_at, draw.fairness = now, fairness
    move(draw, State.PUBLISHED, None, sha256=kept.sha256, panels=draw.panels)
    return draw


@transaction.atomic
def note_trouble(*, draw: Draw, told: str) -> None:
    """What kept the lottery from being published, for the secretary's desk."""
    draw = locked(draw, State.FROZEN)
    draw.trouble = told
    draw.save(update_fields=["trouble"])
