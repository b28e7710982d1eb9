"""Sending what the outbox holds: claim rows under a lease, send, mark. See docs/ballots.md."""

import random
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from participation.models import Delivery, Event

log = structlog.get_logger()

BATCH = 50
LEASE = timedelta(minutes=2)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
ATTEMPTS = 12


@transaction.atomic
def claim_batch() -> list[Delivery]:
    """Up to 50 due rows, leased to this worker; two workers never hold the same row."""
    now = timezone.now()
    due = Delivery.objects.due(now).order_by("next_attempt_at")[:BATCH]
    claimed = list(
        due.select_for_update(skip_locked=True, of=("self",)).select_related(
            "recipient", "event__dossier"
        )
    )
    for delivery in claimed:
        delivery.state, delivery.next_attempt_at = Delivery.State.SENDING, now + LEASE
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        state=Delivery.State.SENDING, next_attempt_at=now + LEASE
    )
    return claimed


def deliver_due() -> int:
    """Send everything that is due now. Returns how many messages were handed over."""
    sent = 0
    while batch := claim_batch():
        sent += sum(_deliver(delivery) for delivery in batch)
    return sent


def _renew_lease(delivery: Delivery) -> bool:
    """False if the row is no longer this worker's: a slow mail server used up the lease and
    another worker took it, or the recipient was erased."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=delivery.state, next_attempt_at=delivery.next_attempt_at
    )
    delivery.next_attempt_at = timezone.now() + LEASE
    return ours.update(next_attempt_at=delivery.next_attempt_at) == 1


def _deliver(delivery: Delivery) -> bool:
    if not _renew_lease(delivery):
        return False
    delivery.attempts += 1
    try:
        if delivery.channel == Delivery.Channel.EMAIL and delivery.recipient.is_active:
            compose_email(delivery).send()
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        # Whatever is wrong with one message, the others do not wait for it.
        _postpone(delivery, error)
        return False
    delivery.state, delivery.error = Delivery.State.SENT, ""
    delivery.save(update_fields=["state", "attempts", "error"])
    return True


def compose_email(delivery: Delivery) -> EmailMessage:
    """In the recipient's language; the fixed Message-ID lets mail servers drop a repeat."""
    event = delivery.event
    with translation.override(delivery.recipient.language):
        context = {
            "recipient": delivery.recipient,
            "dossier": event.dossier,
            "data": event.data,
            "site_name": settings.SITE_NAME,
            "link": f"{settings.SITE_URL}/{delivery.recipient.language}/{_path_of(event)}",
        }
        subject = render_to_string(f"emails/{event.kind}/subject.txt", context)
        body = render_to_string(f"emails/{event.kind}/body.txt", context)
    message_id = f"<delivery-{delivery.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[delivery.recipient.email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )


def _path_of(event: Event) -> str:
    """Where a message leads: what its act said, else the page of its dossier."""
    return str(event.data.get("path") or (event.dossier.path if event.dossier else ""))


def _postpone(delivery: Delivery, error: Exception) -> None:
    """Try again later, each time about twice as long; a refusal for good ends it at once."""
    delay = min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LONGEST_RETRY)
    is_final = _is_permanent(error) or delivery.attempts >= ATTEMPTS
    delivery.state = Delivery.State.DEAD if is_final else Delivery.State.WAITING
    delivery.next_attempt_at = timezone.now() + delay * random.uniform(0.8, 1.2)  # noqa: S311
    delivery.error = f"{type(error).__name__}: {error}"[:500]
    delivery.save(update_fields=["state", "attempts", "next_attempt_at", "error"])
    log.warning("delivery_failed", delivery=delivery.pk, error=type(error).__name__, final=is_final)


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500
