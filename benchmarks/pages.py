"""What a page costs: requests a second against a bare view with one query, in one run.

  python -m benchmarks.pages [--rows 1000] [--seconds 3] [--json]

Both go through the same WSGI application with all middleware, in this process, against a scratch
database of its own on the configured server. The rounds take turns, so that a machine whose speed
drifts slows both alike; times are CPU seconds of this process. Nothing is cached.
"""

import argparse
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.urls import path

from benchmarks.seed import seed_pages
from config.urls import urlpatterns as site_patterns
from participation.models import Territory

ROUNDS = 9
GOAL_RATIO, GOAL_QUERIES = 0.5, 12
SHOP_WINDOW = {
    "home": "/kk/",
    "cycles": "/kk/budgeting/",
    "proposals": "/kk/budgeting/many/proposals/",
    "results": "/kk/budgeting/swiecie-2023/results/",
}


def bare(request: HttpRequest) -> HttpResponse:
    """The least a page can do: one query, no template."""
    return HttpResponse(str(Territory.objects.count()))


urlpatterns = [path("bare/", bare), *site_patterns]


def get(application: Callable[..., Any], address: str) -> bytes:
    status: list[str] = []
    place, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    response = application(environ, lambda code, headers: status.append(code))
    body = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address} answered {status[0]}")
    return body


def rate(application: Callable[..., Any], address: str, seconds: float) -> float:
    """Requests per CPU second of this process."""
    number, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        get(application, address)
        number += 1
    return number / (time.process_time() - start)


def queries(application: Callable[..., Any], address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        get(application, address)
    return len(captured)


def measure(seconds: float) -> dict[str, dict[str, float]]:
    application = get_wsgi_application()
    found = {}
    for name, address in SHOP_WINDOW.items():
        get(application, address), get(application, "/bare/")
        pairs = [
            (
                rate(application, address, seconds / ROUNDS),
                rate(application, "/bare/", seconds / ROUNDS),
            )
            for _ in range(ROUNDS)
        ]
        found[name] = {
            "per_second": statistics.median(page for page, _ in pairs),
            "bare_per_second": statistics.median(bare for _, bare in pairs),
            "ratio": statistics.median(page / bare for page, bare in pairs),
            "queries": queries(application, address),
            "bytes": len(get(application, address)),
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    settings.ROOT_URLCONF = "benchmarks.pages"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        seed_pages(options.rows)
        found = measure(options.seconds)
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{options.rows} cycles, {options.rows} proposals; goals: ratio of the lists at least "
          f"{GOAL_RATIO}, at most {GOAL_QUERIES} queries")  # fmt: skip
    for name, figures in found.items():
        print(
            f"{name:<10} {figures['per_second']:7.0f}/s  bare {figures['bare_per_second']:7.0f}/s  "
            f"ratio {figures['ratio']:.2f}  {figures['queries']} queries  {figures['bytes']} bytes"
        )


if __name__ == "__main__":
    # Run as a module, so that the addresses above are those that the settings name.
    from benchmarks.pages import main as run

    run()
