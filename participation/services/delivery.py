"""Sending what the outbox holds: claim rows under a lease, send, mark (docs/notifications.md)."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from participation.channels import (
    Channel,
    ChannelAway,
    Hangs,
    OpenChannel,
    RefusedForGood,
    email,
    sms,
    telegram,
)
from participation.event_kinds import DIGEST, kind_of_event
from participation.hours import hours, is_night
from participation.letters import NothingToSay, compose, zone_of
from participation.models import Delivery, Reach, Suppression

log = structlog.get_logger()

BATCH = 50
LEASE = timedelta(seconds=settings.DELIVERY_LEASE)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
PAUSE = timedelta(seconds=30)
ATTEMPTS = 12
# A task ends long before Celery would end it; the next bell goes on.
SECONDS_A_TASK = 240.0

State = Delivery.State
CHANNELS: dict[str, OpenChannel] = {
    Delivery.Channel.EMAIL: email.open_channel,
    Delivery.Channel.TELEGRAM: telegram.open_channel,
    Delivery.Channel.SMS: sms.open_channel,
}
ON_THE_PHONE = (Delivery.Channel.TELEGRAM, Delivery.Channel.SMS)


def deliver_due(channels: Sequence[str] = tuple(CHANNELS)) -> int:
    """Send everything that is due now. Returns how many messages were handed over."""
    return sum(_deliver_by(channel) for channel in channels)


def _deliver_by(channel: str) -> int:
    sent, deadline = 0, monotonic() + SECONDS_A_TASK
    while monotonic() < deadline and (batch := claim_batch(channel)):
        with CHANNELS[channel]() as way:
            try:
                for delivery in batch:
                    sent += deliver(delivery, way)
            except (ChannelAway, Hangs) as error:
                _give_back(batch, error)
                break
    return sent


@transaction.atomic
def claim_batch(channel: str = Delivery.Channel.EMAIL) -> list[Delivery]:
    """Up to 50 due rows, leased to this worker; two workers never hold the same row."""
    now = timezone.now()
    refused = Suppression.objects.filter(address=Lower(OuterRef("recipient__email")))
    if channel != Delivery.Channel.EMAIL:
        refused = refused.none()
    due = Delivery.objects.due(now).filter(channel=channel).order_by("next_attempt_at")
    claimed = list(
        due.annotate(is_suppressed=Exists(refused))[:BATCH]
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient__reach", "event__dossier__territory", "event__territory")
        .prefetch_related("event__dossier__texts")
    )
    for delivery in claimed:
        delivery.state, delivery.next_attempt_at = State.SENDING, now + LEASE
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        state=State.SENDING, next_attempt_at=now + LEASE
    )
    return claimed


def deliver(delivery: Delivery, way: Channel) -> bool:
    """Send one claimed row and mark it. Raises ChannelAway and Hangs: then others wait too."""
    if not _renew_lease(delivery):
        return False
    delivery.attempts += 1
    try:
        return _send(delivery, way)
    except (SoftTimeLimitExceeded, ChannelAway):
        raise
    except RefusedForGood as error:
        _give_up(delivery, error)
        _close_address(delivery, error)
    except Hangs as error:
        _postpone(delivery, error)
        raise
    except Exception as error:
        # Whatever is wrong with one message, the others do not wait for it.
        _postpone(delivery, error)
    return False


def _send(delivery: Delivery, way: Channel) -> bool:
    if not delivery.recipient.is_active:
        _settle(delivery, State.DROPPED)
        return False
    if (morning := _quiet_until(delivery)) is not None:
        _settle(delivery, State.WAITING, next_attempt_at=morning, attempts=delivery.attempts - 1)
        return False
    try:
        message = compose(delivery)
    except NothingToSay:
        _settle(delivery, State.DROPPED)
        return False
    if not message.address:
        _settle(delivery, State.DROPPED)
        return False
    if delivery.is_suppressed:  # type: ignore[attr-defined]  # claim_batch has looked
        raise RefusedForGood("the address refused mail for good before")
    way.send(message)
    _settle(delivery, State.SENT, error="")
    return True


def _renew_lease(delivery: Delivery) -> bool:
    """False if the row is no longer this worker's: a slow mail server used up the lease and
    another worker took it, the recipient was erased, or the sender stopped it."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=delivery.state, next_attempt_at=delivery.next_attempt_at
    )
    delivery.next_attempt_at = timezone.now() + LEASE
    return ours.update(next_attempt_at=delivery.next_attempt_at) == 1


def _settle(delivery: Delivery, state: str, **fields: object) -> None:
    """Mark what became of a row, and of those that travelled in it as a digest."""
    if delivery.event.kind == DIGEST and state in (State.SENT, State.DROPPED):
        delivery.parts.filter(state=State.HELD).update(state=state)
    fields = {"attempts": delivery.attempts, **fields}
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)


def _quiet_until(delivery: Delivery) -> datetime | None:
    """Telephones stay quiet at night; a legal notice goes by e-mail and does not wait."""
    if delivery.channel not in ON_THE_PHONE or kind_of_event(delivery.event.kind).channels:
        return None
    now, zone = timezone.now(), zone_of(delivery.recipient)
    return hours(now, zone).next_waking if is_night(now, zone) else None


def _postpone(delivery: Delivery, error: Exception) -> None:
    """Try again later, each time about twice as long, and give up after twelve times."""
    if delivery.attempts >= ATTEMPTS:
        _give_up(delivery, error)
        return
    delay = min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LONGEST_RETRY)
    again = timezone.now() + delay * random.uniform(0.8, 1.2)  # noqa: S311
    _settle(delivery, State.WAITING, next_attempt_at=again, error=_told(error))
    log.warning("delivery_failed", delivery=delivery.pk, error=type(error).__name__, final=False)


def _give_up(delivery: Delivery, error: Exception) -> None:
    """A dead letter: operators see it and can send it again."""
    _settle(delivery, State.DEAD, error=_told(error))
    log.error("delivery_failed", delivery=delivery.pk, error=type(error).__name__, final=True)


def _close_address(delivery: Delivery, error: RefusedForGood) -> None:
    if not error.address_is_bad:
        return
    if delivery.channel == Delivery.Channel.EMAIL:
        Suppression.objects.get_or_create(
            address=delivery.recipient.email.lower(), defaults={"reason": _told(error)}
        )
    else:
        Reach.objects.filter(person=delivery.recipient).update(telegram_chat="")


def _give_back(batch: list[Delivery], error: Exception) -> None:
    """The channel is away: whatever this worker still holds waits, and no attempt is counted."""
    again = timezone.now() + PAUSE * random.uniform(0.8, 1.2)  # noqa: S311
    leases = {row.next_attempt_at for row in batch}  # another worker's are different
    held = Delivery.objects.filter(
        pk__in=[row.pk for row in batch], state=State.SENDING, next_attempt_at__in=leases
    )
    number = held.update(state=State.WAITING, next_attempt_at=again, error=_told(error))
    log.warning("channel_away", channel=batch[0].channel, waiting=number, error=str(error)[:200])


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def send_again(*, deliveries: QuerySet[Delivery]) -> int:
    """For operators: those of them that were given up wait again, as if never tried. How many."""
    return deliveries.filter(state=State.DEAD).update(
        state=State.WAITING, attempts=0, next_attempt_at=timezone.now(), error=""
    )
