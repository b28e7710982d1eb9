"""What a large strategy costs: queries, and the time of page and PDF against a bare page.

  python -m benchmarks.strategy [--rounds 5] [--json]

A scratch database is filled with a strategy of 7 priorities, 42 actions and 126 indicators. Rounds
take turns, so that a machine whose speed drifts slows all alike; times are wall clock of the whole
request, medians. The bare page is /healthz.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from edp.printing import can_print, pdf_of
from edp.services.strategy import publish_strategy
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.strategies import make_strategy

SIZE = {"priorities": 7, "objectives": 2, "actions": 3, "indicators": 9}


def seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def measure(rounds: int) -> dict[str, Any]:
    region = Territory.objects.create(slug="region", kind="region", name_kk="R", name_ru="R")
    city = Territory.objects.create(
        slug="city", kind="city", name_kk="C", name_ru="C", parent=region
    )
    strategy = make_strategy(make_process(city, stage="adoption"), **SIZE)
    publish_strategy(by=None, strategy=strategy)
    client, address = Client(), strategy.get_absolute_url()
    acts: dict[str, Callable[[], Any]] = {
        "bare": lambda: client.get("/healthz"),
        "page": lambda: client.get(address),
        "print": lambda: client.get(f"{address}print/"),
    }
    if can_print():
        acts["pdf"] = lambda: pdf_of(strategy, "kk")
    queries = {}
    for name, act in acts.items():
        act()
        with CaptureQueriesContext(connection) as captured:
            act()
        queries[name] = len(captured)
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(act))
    medians = {name: statistics.median(found) for name, found in times.items()}
    return {
        name: {
            "queries": queries[name],
            "seconds": round(medians[name], 4),
            "times_bare": round(medians[name] / medians["bare"], 1),
        }
        for name in acts
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = measure(options.rounds)
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps(found))
        return
    for name, row in found.items():
        print(
            f"{name:6} {row['queries']:3} queries {row['seconds']:8.3f} s {row['times_bare']:7.1f}x"
        )


if __name__ == "__main__":
    main()
