"""The Celery application; a task carries the request id of the request that asked for it."""

import os
from typing import Any

import structlog
from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("kenes")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.before_task_publish.connect
def send_request_id(headers: dict[str, Any], **_: Any) -> None:
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id:
        headers["request_id"] = request_id


@signals.task_prerun.connect
def bind_request_id(task: Any, task_id: str, **_: Any) -> None:
    structlog.contextvars.bind_contextvars(
        request_id=getattr(task.request, "request_id", None) or task_id, task=task.name
    )


@signals.task_postrun.connect
def forget_request_id(**_: Any) -> None:
    structlog.contextvars.clear_contextvars()


@signals.setup_logging.connect
def keep_our_logs(**_: Any) -> None:
    """Celery leaves logging alone when this signal has a receiver; settings.py has set it up."""


@signals.worker_ready.connect
def pulse_at_once(**_: Any) -> None:
    """/readyz need not wait for beat's first round."""
    from participation.tasks import pulse

    pulse()
