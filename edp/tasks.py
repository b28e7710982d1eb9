"""Celery: fetch, call one service. What is due is asked of the database, not of the message."""

import structlog
from celery import shared_task
from django.utils import timezone

from edp.printing import PrintingImpossible
from edp.services.consultation import close_consultation, due_to_close
from edp.services.delphi.rounds import close_round, due_studies
from edp.services.evaluation.panel import expire_overdue
from edp.services.strategy import make_waiting_documents
from edp.services.workshops.places import due_reminders, remind_of
from participation.errors import Refused

log = structlog.get_logger()


@shared_task
def close_due_rounds() -> None:
    for study in due_studies(timezone.now()):
        try:
            close_round(by=None, study=study)
        except Refused:
            log.info("delphi_round_closed_by_another", study=study.pk)
        except Exception:
            # One study that cannot be closed must not hold up the others.
            log.exception("delphi_round_stuck", study=study.pk)


@shared_task
def close_consultations() -> None:
    for consultation in due_to_close():
        try:
            close_consultation(by=None, consultation=consultation)
        except Exception:
            # One consultation that cannot be closed must not hold up the others.
            log.exception("consultation_stuck", consultation=consultation.pk)


@shared_task
def expire_sheets() -> None:
    expire_overdue(timezone.localdate())


@shared_task
def remind_of_workshops() -> None:
    now = timezone.now()
    for workshop in due_reminders(now):
        remind_of(workshop=workshop, now=now)


@shared_task
def make_documents() -> None:
    try:
        make_waiting_documents()
    except PrintingImpossible as lack:
        log.warning("printing_impossible", reason=str(lack))
