"""Pages of the house itself: health, readiness, errors, and the demo's mail."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from participation.tasks import PULSE_KEY


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here for whatever names no icon of its own: a print sheet, a picture, JSON."""
    return redirect(static("favicon.svg"))


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database and broker answer, and a worker has pulsed in the last five minutes."""
    checks = {
        "database": _database_answers(),
        "broker": _broker_answers(),
        "worker": cache.get(PULSE_KEY) is not None,
    }
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
        ) as broker:
            return bool(broker.ping())
    except (RedisError, OSError):
        return False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@never_cache
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The demo's outgoing mail, newest first: none of it leaves this machine."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    messages = []
    for path in files[:30]:
        for raw in path.read_bytes().split(b"-" * 79 + b"\n"):
            if raw.strip():
                mail = message_from_bytes(raw, policy=policy.default)
                body = mail.get_body(preferencelist=("plain",))
                messages.append(
                    {
                        "subject": mail["Subject"],
                        "to": mail["To"],
                        "date": mail["Date"],
                        "body": body.get_content() if body else "",
                    }
                )
    return render(request, "config/demo_mail.html", {"messages_sent": messages})
