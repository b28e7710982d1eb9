"""A budget of a large city beside a small one: what its pages cost, and its whole count.

  python -m benchmarks.scale [--voters 300000] [--envelopes 50] [--on_ballot 200] [--proposals 5000]

Two budgets in one run: 8 projects, 3 envelopes, 300 voters, 60 proposals and 120 comments; then 200
projects on the city's envelope, 50 envelopes, 300,000 voters, 5,000 proposals and 100,000 comments
(benchmarks.seed_scale). Of each page: queries, milliseconds of this process's processor and by the
clock (medians), kB as sent (gzip), and kB of a first visit with its styles and scripts. A ratio is
large to small. Fails where a page asks more queries of the large budget than of the small one, or a
first visit of it is heavier than 60 kB. Then the vote of each is closed, sealed, opened, written,
counted and published by the services that do so, step by step.
"""

import argparse
import gzip
import os
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from accounts.models import User
from benchmarks.seed_scale import LARGE, SMALL, Scale, end_vote, seed_open, vote
from budgeting.models import Cycle, Election
from budgeting.services import elections, sealing
from budgeting.services.counting import count_election, write_ballot_file
from tests.databases import migrated_database

ROUNDS = 7
GOAL_KB = 60
DISTRICT_BALLOTS = 1000

BEFORE = {
    "budgets": "budgeting/",
    "a budget": "budgeting/{slug}/",
    "proposals": "budgeting/{slug}/proposals/",
    "proposals, most backed": "budgeting/{slug}/proposals/?sort=backed",
    "proposals, page 3": "budgeting/{slug}/proposals/?page=3",
    "proposals, searched": "budgeting/{slug}/proposals/?q=жарық",
    "proposals, of a category": "budgeting/{slug}/proposals/?category=green&state=submitted",
    "search of the site": "search/?q=жарығы",
    "a proposal": "budgeting/{slug}/proposals/1/",
    "its discussion": "dossiers/{reference}/discussion/",
    "account of proposals": "budgeting/{slug}/checking/",
    "envelopes": "budgeting/{slug}/ballot/",
}  # fmt: skip
OF_VOTER = {"booth": "budgeting/{slug}/ballot/1/", "envelopes, signed in": BEFORE["envelopes"]}
OF_ORGANISER = {
    "organiser's page": "budgeting/{slug}/organise/",
    "desk": "budgeting/{slug}/organise/desk/",
    "queue of the desk": "budgeting/{slug}/organise/proposals/",
    "its overdue": "budgeting/{slug}/organise/proposals/?who=new",
    "register": "budgeting/{slug}/organise/register/",
    "letters": "budgeting/{slug}/organise/letters/",
}
AFTER = {
    "results": "budgeting/{slug}/results/",
    "works": "budgeting/{slug}/works/",
    "who took part": "budgeting/{slug}/participation/",
    "a work": "budgeting/{slug}/works/{winner}/",
    "log": "budgeting/{slug}/ballot/1/log/",
    "archive": "budgeting/archive/",
}


@dataclass
class Page:
    queries: int
    processor: float  # milliseconds
    clock: float
    sent: float  # kB
    first: float  # kB, with what the page loads


def measure(client: Client, address: str) -> Page:
    def get() -> bytes:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return bytes(response.content)

    get()
    reset_queries()  # the log of queries is full after a seeding, and would count none
    with CaptureQueriesContext(connection) as captured:
        body = get()
    number = len(captured)  # the next request empties the log
    clocks, processors = [], []
    for _ in range(ROUNDS):
        cost = _cost_of(get)
        clocks.append(cost[0] * 1000)
        processors.append(cost[1] * 1000)
    sent = len(gzip.compress(body)) / 1000
    return Page(
        number,
        statistics.median(processors),
        statistics.median(clocks),
        sent,
        sent + sum(_weight(name) for name in _loaded(body.decode())),
    )


def _cost_of(act: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of this process's processor."""
    begun, used = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - begun, time.process_time() - used


def _loaded(html: str) -> set[str]:
    found = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+\.(?:css|js))"', html)
    return {address.removeprefix(settings.STATIC_URL) for address in found}


def _weight(name: str) -> float:
    path = finders.find(name)
    return len(gzip.compress(Path(path).read_bytes())) / 1000 if path else 0.0


def measure_all(
    addresses: dict[str, str], names: dict[str, Any], person: User | None = None
) -> dict[str, Page]:
    client = Client()
    if person is not None:
        client.force_login(person)
    return {
        name: measure(client, f"/kk/{address.format(**names)}")
        for name, address in addresses.items()
    }


def steps_after(election: Election, by: User) -> dict[str, Callable[[], Any]]:
    """From the close to the results, as a worker and an organiser go."""
    return {
        "close": lambda: elections._close_if_due(election),
        "seal": lambda: sealing.seal_finished_epochs(election, is_final=True),
        "open": lambda: sealing.open_final_ballots(election),
        "write the roll anew": lambda: elections.forget_times_of_casts(election),
        "write the file of ballots": lambda: write_ballot_file(election=election),
        "count by every rule": lambda: count_election(election=election),
        "publish, with who took part": lambda: elections.publish_results(by=by, election=election),
    }


def count(cycle: Cycle, scale: Scale) -> None:
    """Votes on every envelope, the close, and every step after it; of the city's they are told."""
    organiser = User.objects.get(email=f"organiser-{scale.name}@example.org")
    of_cycle = Election.objects.filter(envelope__cycle=cycle).order_by("envelope__number")
    city, *others = of_cycle.filter(state=Election.State.FROZEN)
    _tell("seal ballots one by one", lambda: vote(city, scale.voters))
    for election in others:
        vote(election, DISTRICT_BALLOTS)
    end_vote(cycle)
    for election in (city, *others):
        election.refresh_from_db()
        for name, step in steps_after(election, organiser).items():
            if election == city:
                _tell(name, step)
            else:
                step()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{city.ballot_file.number_of_ballots} ballots counted; memory {used} MB at most")


def _tell(name: str, step: Callable[[], Any]) -> None:
    clock, processor = _cost_of(step)
    print(f"{name:<30}{clock:8.1f} s by the clock{processor:8.1f} s of this process", flush=True)


def walk(scale: Scale) -> dict[str, Page]:
    clock, processor = _cost_of(lambda: seed_open(scale))
    print(f"{scale}: seeded in {clock:.0f} s ({processor:.0f} s of this process)", flush=True)
    cycle = Cycle.objects.get(slug=scale.name)
    names = {"slug": scale.name, "reference": cycle.proposals.get(number=1).dossier.reference}
    voter = User.objects.filter(email__endswith=f"@{scale.name}.example.org").first()
    organiser = User.objects.get(email=f"organiser-{scale.name}@example.org")
    found = measure_all(BEFORE, names)
    found |= measure_all(OF_VOTER, names, voter)
    found |= measure_all(OF_ORGANISER, names, organiser)
    count(cycle, scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    won = cycle.proposals.exclude(award=None).order_by("number").first()
    assert won is not None
    return found | measure_all(AFTER, names | {"winner": won.number})


def report(small: dict[str, Page], large: dict[str, Page]) -> bool:
    """Prints the table; whether every page keeps to its budget."""
    is_kept = True
    print(
        f"{'page':<28}{'queries':>12}{'ms':>14}{'ratio':>7}{'clock, ms':>16}{'kB':>14}{'first':>8}"
    )
    for name, big in large.items():
        little = small[name]
        faults = [
            text
            for is_fault, text in (
                (big.queries > little.queries, "MORE QUERIES"),
                (big.first > GOAL_KB, "TOO HEAVY"),
            )
            if is_fault
        ]
        is_kept = is_kept and not faults
        print(
            f"{name:<28}{little.queries:>5} → {big.queries:<5}"
            f"{little.processor:>6.0f} → {big.processor:<6.0f}"
            f"{big.processor / little.processor:>5.1f}"
            f"{little.clock:>8.0f} → {big.clock:<6.0f}"
            f"{little.sent:>6.1f} → {big.sent:<6.1f}{big.first:>6.1f} {' '.join(faults)}"
        )
    return is_kept


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    for part in ("on_ballot", "envelopes", "voters", "proposals", "comments"):
        parser.add_argument(f"--{part}", type=int, default=getattr(LARGE, part))
    large = replace(LARGE, **vars(parser.parse_args()))
    # A database of its own: tests may run on the same server meanwhile.
    connection.settings_dict["TEST"] |= {
        "TEMPLATE": migrated_database(),
        "NAME": f"test_scale_{os.getpid()}",
    }
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.BALLOT_KEY_DIR = settings.REGISTER_KEY_DIR = Path(folder)
            settings.MFA_REQUIRED_FOR_ROLES = False
            is_kept = report(walk(SMALL), walk(large))
    finally:
        teardown_databases(databases, verbosity=0)
    sys.exit(not is_kept)


if __name__ == "__main__":
    main()
