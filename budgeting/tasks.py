"""Celery: fetch, call one service. What is due is asked of the database, not of the message."""

import structlog
from celery import shared_task

from budgeting.services.elections import advance_election, due_elections
from budgeting.services.proofs.imports import read_waiting
from budgeting.services.proofs.letters import make_waiting_letters
from budgeting.services.proposals import apply_threshold, due_thresholds, forget_old_drafts

log = structlog.get_logger()


@shared_task
def advance_elections() -> None:
    for election in due_elections():
        try:
            advance_election(election)
        except Exception:
            # One election that cannot be sealed must not hold up the others.
            log.exception("election_stuck", election=election.pk)


@shared_task
def count_support() -> None:
    for cycle in due_thresholds():
        apply_threshold(cycle=cycle)


@shared_task
def forget_drafts() -> None:
    forget_old_drafts()


@shared_task
def read_registers() -> None:
    read_waiting()


@shared_task
def make_letters() -> None:
    make_waiting_letters()
