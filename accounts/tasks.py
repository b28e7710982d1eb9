"""Celery: call one service. What is due is a query."""

from celery import shared_task

from accounts.services import forget_unverified


@shared_task(name="accounts.tasks.forget_unverified")
def forget_unverified_people() -> None:
    forget_unverified()
