"""How much processor time does the fairest lottery cost, beside `sortition-algorithms`?

    python -m benchmarks.sortition [--json]

CPU seconds of one process and one thread; both programs on the same pools in the same run. The
library (GPL-3.0) is no dependency and stands in no lock: install the extra `bench` into an
environment of your own to see it beside ours; without it our side alone is measured and told.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import time
from typing import Any

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

CASES = ((500, 30), (2000, 45))
# The prototype's CPU seconds (docs/councils-selection.md): the limit for ours.
LIMITS = {(500, 30): 2.8, (2000, 45): 5.7}
FEATURES = {
    "gender": ("fm", (58, 42), (50, 50)),
    "age": ("1234", (10, 20, 30, 40), (25, 25, 25, 25)),
    "region": ("abcdef", (40, 20, 15, 10, 10, 5), (25, 20, 20, 15, 10, 10)),
    "helix": ("gbacv", (10, 15, 20, 25, 30), (10, 25, 15, 20, 30)),
}
PEER = "sortition_algorithms"
LARGEST_FOR_PEER = 500  # volunteers; beyond it the library needs many minutes


def pool(number: int) -> dict[str, dict[str, str]]:
    """People who volunteer unlike the population: the same for every run."""
    chance = random.Random(1)
    return {
        f"T{n:05}": {
            name: chance.choices(values, volunteering)[0]
            for name, (values, volunteering, _population) in FEATURES.items()
        }
        for n in range(number)
    }


def bounds(size: int) -> list[tuple[str, str, int, int]]:
    """The population's share of the seats, one more or less."""
    return [
        (name, value, max(0, round(share * size / 100) - 1), round(share * size / 100) + 1)
        for name, (values, _volunteering, population) in FEATURES.items()
        for value, share in zip(values, population, strict=True)
    ]


def ours(number: int, size: int) -> tuple[float, float]:
    """(CPU seconds, least chance of anybody before rounding)."""
    from councils.sortition import Quota, lottery

    people, quotas = pool(number), [Quota(*bound) for bound in bounds(size)]
    start = time.process_time()
    found = lottery(people, quotas, size)
    return time.process_time() - start, found.least


def theirs(number: int, size: int) -> tuple[float, float]:
    """The same by the library's maximin."""
    import sortition_algorithms as library
    from sortition_algorithms.committee_generation import find_distribution_maximin

    people_rows = [{"id": token, **attributes} for token, attributes in pool(number).items()]
    head = ["feature", "value", "min", "max"]
    rows = [dict(zip(head, map(str, bound), strict=True)) for bound in bounds(size)]
    features, _head, _flex = library.read_in_features(head, rows)
    settings = library.Settings(
        id_column="id", columns_to_keep=[], selection_algorithm="maximin", random_number_seed=1
    )
    people, _report = library.read_in_people(["id", *FEATURES], people_rows, features, settings)
    start = time.process_time()
    committees, chances, _report = find_distribution_maximin(features, people, size, [])
    seconds = time.process_time() - start
    by_person: dict[str, float] = {}
    for committee, chance in zip(committees, chances, strict=True):
        for token in committee:
            by_person[token] = by_person.get(token, 0.0) + chance
    return seconds, min(by_person.get(row["id"], 0.0) for row in people_rows)


def measure() -> list[dict[str, Any]]:
    found = []
    for number, size in CASES:
        seconds, least = ours(number, size)
        row: dict[str, Any] = {
            "pool": number,
            "panel": size,
            "cpu_s": seconds,
            "limit_s": LIMITS[number, size],
            "least": least,
        }
        if importlib.util.find_spec(PEER) and number <= LARGEST_FOR_PEER:
            row["peer_cpu_s"], row["peer_least"] = theirs(number, size)
        found.append(row)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure()
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        told = f"{row['pool']}/{row['panel']}: {row['cpu_s']:.2f} CPU s (limit {row['limit_s']})"
        print(f"{told}, least chance {row['least']:.5f}")
        if "peer_cpu_s" in row:
            ratio = row["peer_cpu_s"] / row["cpu_s"]
            peer = f"{row['peer_cpu_s']:.2f} CPU s, least chance {row['peer_least']:.5f}"
            print(f"    {PEER}: {peer}; ours is {ratio:.1f} times faster")
    if not importlib.util.find_spec(PEER):
        print(f"{PEER} is not installed: the extra `bench` has it, to see it beside ours")


if __name__ == "__main__":
    main()
