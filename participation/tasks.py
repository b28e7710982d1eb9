"""Celery: fetch, call one service. A task carries no data; what is due is a query."""

import structlog
from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from participation.channels import SendingFailed
from participation.models import Delivery
from participation.services import delivery, digests, fan_out, telegram
from participation.services.answers import send_due_reminders
from participation.services.search_alerts import alert_saved_searches

log = structlog.get_logger()

PULSE_KEY = "worker-pulse"


@shared_task
def deliver_due() -> None:
    delivery.deliver_due([Delivery.Channel.EMAIL])


@shared_task
def deliver_to_phones() -> None:
    """Apart from e-mail: a mail server that hangs holds up no other channel."""
    delivery.deliver_due(delivery.ON_THE_PHONE)


@shared_task
def gather_digests() -> None:
    digests.gather_due()


@shared_task
def read_telegram() -> None:
    try:
        telegram.read_bot()
    except SendingFailed as error:
        log.warning("telegram_away", error=str(error)[:200])


@shared_task
def fan_out_waiting() -> None:
    fan_out.fan_out_waiting()


@shared_task
def remind_of_answers() -> None:
    send_due_reminders()


@shared_task
def alert_of_saved_searches() -> None:
    alert_saved_searches()


@shared_task
def pulse() -> None:
    """A worker answered: /readyz shows it."""
    cache.set(PULSE_KEY, timezone.now().isoformat(), timeout=300)
