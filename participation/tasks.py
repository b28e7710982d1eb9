"""Celery: fetch, call one service. A task carries no data; what is due is a query."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from participation.services import delivery, fan_out
from participation.services.answers import send_due_reminders

PULSE_KEY = "worker-pulse"


@shared_task
def deliver_due() -> None:
    delivery.deliver_due()


@shared_task
def fan_out_waiting() -> None:
    fan_out.fan_out_waiting()


@shared_task
def remind_of_answers() -> None:
    send_due_reminders()


@shared_task
def pulse() -> None:
    """A worker answered: /readyz shows it."""
    cache.set(PULSE_KEY, timezone.now().isoformat(), timeout=300)
