"""Celery: fetch, call one service. What is due is asked of the database, not of the message."""

import structlog
from celery import shared_task
from django.utils import timezone

from councils.services.draws.lottery import note_trouble, publish_lottery, waiting_draws
from councils.services.office_hours import due_reminders, remind_of
from participation.errors import Refused

log = structlog.get_logger()


@shared_task
def make_lotteries() -> None:
    for draw in waiting_draws():
        try:
            publish_lottery(draw=draw)
        except Refused as refusal:
            note_trouble(draw=draw, told=f"{refusal} {refusal.way_out}".strip())
        except Exception:
            # One lottery that cannot be computed must not hold up the others.
            log.exception("lottery_stuck", draw=draw.pk)


@shared_task
def remind_of_talks() -> None:
    now = timezone.now()
    for booking in due_reminders(now):
        remind_of(booking=booking, now=now)
