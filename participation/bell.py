"""Ringing a worker: the row in PostgreSQL is the truth, so a bell may be lost without harm."""

from typing import Any

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger()


def ring(task: Any) -> None:
    """Ask a worker to run `task` once this transaction is committed. Beat asks again anyway."""

    def send() -> None:
        try:
            task.apply_async(retry=False)
        except (OperationalError, RedisError, OSError) as error:
            log.warning("bell_not_heard", task=task.name, error=type(error).__name__)

    transaction.on_commit(send, robust=True)
