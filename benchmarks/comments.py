"""What a page of a discussion costs with 100 comments on one dossier, and with 10,000.

  python -m benchmarks.comments [--comments 10000] [--seconds 3] [--json]

Measured as benchmarks.pages does: against a bare view with one query, in this process, the rounds
in turns, CPU seconds, nothing cached; then once by the clock, the database's work included. The
comments lie on one dossier: a third of them replies, two thirds of the threads with a position,
support spread unevenly. adhocracy+ takes 727 queries for 20 comments.
"""

import argparse
import json
import os
import statistics
import time
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from accounts.models import Helix, User
from benchmarks.pages import ROUNDS, get, queries, rate
from participation.models import Comment, Dossier
from participation.services import Draft, Wording, create_dossiers
from participation.services.territories import load_territories

FEW = 100
GOAL_QUERIES = 10
BATCH = 1000
TEXT = "Осы көшеге жарық керек, өйткені балалар мектептен кешке қайтады. " * 4
ADDRESSES = {
    "newest": "",
    "oldest": "?sort=oldest",
    "supported": "?sort=support",
    "sides": "?view=sides",
    "last": "?sort=newest&page=9999999",
}


def seed(path: str, number: int) -> Dossier:
    """A published dossier with so many comments, some of them answered, edited, supported."""
    (dossier,) = create_dossiers(
        kind="budgeting.proposal",
        territory=load_territories()["taraz"],
        state="submitted",
        publish=True,
        drafts=[Draft(path, [Wording(language, "Жоба") for language in ("kk", "ru", "en")])],
    )
    authors = User.objects.bulk_create(
        User(email=f"{path[:-1]}-{n}@example.org", name=f"Автор {n}") for n in range(100)
    )
    threads = Comment.objects.bulk_create(
        (_comment(dossier, authors, n) for n in range(number - number // 3)), batch_size=BATCH
    )
    Comment.objects.bulk_create(
        (
            _comment(dossier, authors, n, parent=threads[n * 7 % len(threads)])
            for n in range(number // 3)
        ),
        batch_size=BATCH,
    )
    return dossier


def _comment(
    dossier: Dossier, authors: list[User], number: int, parent: Comment | None = None
) -> Comment:
    return Comment(
        dossier=dossier,
        author=authors[number % len(authors)],
        helix=Helix.CIVIL_SOCIETY,
        position="" if parent else ("for", "against", "")[number % 3],
        language="kk",
        text=TEXT,
        html=f"<p>{TEXT}</p>",
        parent=parent,
        supporters=number * number % 97,
    )


def measure(addresses: dict[str, str], seconds: float) -> dict[str, dict[str, float]]:
    application = get_wsgi_application()
    found = {}
    for name, address in addresses.items():
        get(application, address), get(application, "/bare/")
        share = seconds / ROUNDS
        pairs = [
            (rate(application, address, share), rate(application, "/bare/", share))
            for _ in range(ROUNDS)
        ]
        found[name] = {
            "queries": queries(application, address),
            "ms": 1000 * statistics.median(_clocked(application, address) for _ in range(15)),
            "bytes": len(get(application, address)),
            "ratio": statistics.median(page / bare for page, bare in pairs),
        }
    return found


def _clocked(application: Any, address: str) -> float:
    """Seconds by the wall clock."""
    begun = time.perf_counter()
    get(application, address)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    settings.ROOT_URLCONF = "benchmarks.pages"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = {}
        for number in dict.fromkeys((FEW, options.comments)):
            dossier = seed(f"bench-{number}/", number)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE participation_comment")
            page = f"/kk/dossiers/{dossier.reference}/discussion/"
            addresses = {name: page + query for name, query in ADDRESSES.items()}
            found[str(number)] = measure(addresses, options.seconds)
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"Goal: at most {GOAL_QUERIES} queries a page, as many for {FEW} as for 10,000 comments.")
    for number, pages in found.items():
        for name, figures in pages.items():
            few = found[str(FEW)][name]
            print(
                f"{number:>6} comments  {name:<10} {figures['queries']:3} queries  "
                f"{figures['ms']:6.1f} ms ({figures['ms'] / few['ms']:.2f} of {FEW})  "
                f"{figures['bytes']:7} bytes  ratio to a bare view {figures['ratio']:.3f}"
            )


if __name__ == "__main__":
    main()
