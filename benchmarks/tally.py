"""How much faster than pabutools (exact fractions) is our count, and within what memory?

    python -m benchmarks.tally [--quick] [--json]

CPU seconds of one process, both programs on the same files in the same run, each in
a process of its own so that peak memory is its own. Real files come from
`../shared/data/pabulib` or KENES_PABULIB_DIR.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("KENES_PABULIB_DIR") or REPOSITORY.parent / "shared/data/pabulib")
LARGE, MEDIUM = "Poland_Lodz_2022.pb", "Poland_Warszawa_2020_Praga-Poludnie.pb"
ADD1 = "Poland_Warszawa_2023_Wesola.pb"
# Ours takes a fraction of a second: the median of a few, since the machine may be shared.
REPEATS = 5


def timed(measured: dict[str, Any], name: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    value = work()
    measured[name] = time.process_time() - start
    return value


def count_ours(file: str, step: int) -> dict[str, Any]:
    """Our engine; `ballots` is the one-time index of supporters, part of the first count."""
    from budgeting.allocation import Rule, count, read_pabulib

    measured: dict[str, Any] = {}
    election = timed(measured, "parse", lambda: read_pabulib(FOLDER / file))
    rules = {"greedy": Rule("greedy"), "equal-shares": Rule("equal-shares")}
    if step:
        increments = {"completion": "add1", "stop": "exhausted", "step": Fraction(step)}
        rules = {"add1": Rule("equal-shares", **increments)}
    else:
        rules["phragmen"] = Rule("phragmen")
    winners = {}
    timed(measured, "ballots", lambda: election.supporters)
    for name, rule in rules.items():
        times = []
        for _ in range(REPEATS):
            # Read anew, so that no count finds what an earlier one left behind.
            election = read_pabulib(FOLDER / file)
            election.supporters  # noqa: B018
            result = timed(measured, name, lambda rule=rule, e=election: count(e, rule))
            times.append(measured[name])
        measured[name] = statistics.median(times)
        winners[name] = sorted(result.winners)
    return {"cpu": measured, "winners": winners}


def count_theirs(file: str, step: int) -> dict[str, Any]:
    """pabutools on the same file, ties by list order."""
    import pabutools.election as pe
    import pabutools.fractions
    from pabutools import rules
    from pabutools.tiebreaking import TieBreakingRule

    pabutools.fractions.FRACTION = "gmpy2"
    sys.setrecursionlimit(10_000)
    measured: dict[str, Any] = {}
    given = timed(measured, "parse", lambda: pe.parse_pabulib(str(FOLDER / file)))
    order = {name: place for place, name in enumerate(_listed(file))}
    ties = TieBreakingRule(lambda _i, _p, project: order[project.name])
    cost = {"sat_class": pe.Cost_Sat, "tie_breaking": ties}
    work: dict[str, Callable[[], Any]] = {
        "greedy": lambda: rules.greedy_utilitarian_welfare(*given, **cost),
        "equal-shares": lambda: rules.method_of_equal_shares(*given, **cost),
        "phragmen": lambda: rules.sequential_phragmen(*given, tie_breaking=ties),
    }
    if step:
        options = {**cost, "voter_budget_increment": step}
        work = {"add1": lambda: rules.method_of_equal_shares(*given, **options)}
    winners = {
        name: sorted(project.name for project in timed(measured, name, task))
        for name, task in work.items()
    }
    return {"cpu": measured, "winners": winners}


def _listed(file: str) -> list[str]:
    from budgeting.allocation import read_pabulib

    return [project.id for project in read_pabulib(FOLDER / file).projects]


def random_ballots(random: Any, voters: int) -> tuple[Any, Any, Any]:
    """Lengths, listed projects and multiplicities for `grouped`."""
    import numpy as np

    lengths = random.integers(1, 18, size=voters).astype(np.int64)
    popularity = random.dirichlet(np.full(200, 2.0))
    listed = random.choice(200, size=int(lengths.sum()), p=popularity).astype(np.int32)
    return lengths, listed, np.ones(voters, np.int64)


def count_synthetic(voters: int, _step: int) -> dict[str, Any]:
    """`voters` random ballots with up to 17 of 200 projects, under every rule."""
    import numpy as np

    from budgeting.allocation import Election, Project, Rule, count
    from budgeting.allocation.ballots import grouped

    random = np.random.default_rng(2027)
    costs = [int(cost) for cost in random.integers(10_000, 500_000, size=200)]
    measured: dict[str, Any] = {}
    made = [random_ballots(random, voters)]
    ballots = timed(measured, "group", lambda: grouped(*made.pop()))
    election = Election(
        name="synthetic",
        budget=sum(costs) // 4,
        scale=1,
        projects=tuple(Project(str(number), cost) for number, cost in enumerate(costs)),
        ballots=ballots,
        ballot_type="approval",
    )
    timed(measured, "ballots", lambda: election.supporters)
    for name, rule in (
        ("greedy", Rule("greedy")),
        ("greedy-no-skip", Rule("greedy-no-skip")),
        ("greedy-per-cost", Rule("greedy-per-cost")),
        ("equal-shares", Rule("equal-shares")),
        ("equal-shares cardinality", Rule("equal-shares", satisfaction="cardinality")),
        ("phragmen", Rule("phragmen")),
        ("add1u", Rule("equal-shares", completion="add1u")),
    ):
        timed(measured, name, lambda rule=rule: count(election, rule))
    return {"cpu": measured, "winners": {}}


TASKS = {"ours": count_ours, "theirs": count_theirs, "synthetic": count_synthetic}


def in_process(task: str, what: str | int, step: int = 0) -> dict[str, Any]:
    """Run a task in a fresh process; adds its peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.tally", "--task", task, str(what), str(step)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(*, quick: bool) -> list[dict[str, Any]]:
    """All rows of the report: question, ours, theirs, ratio, goal, met."""
    rows: list[dict[str, Any]] = []
    file = MEDIUM if quick else LARGE
    ours, theirs = in_process("ours", file), in_process("theirs", file)
    assert ours["winners"] == theirs["winners"], "the two programs disagree"
    first, second = ours["cpu"], theirs["cpu"]
    stem = file.removesuffix(".pb")
    goals = {"greedy": 100, "equal-shares": 100 if quick else 1000, "phragmen": 200}
    for name, goal in goals.items():
        rows.append(row(f"{stem}: {name}, count alone", first[name], second[name], goal))
    for name in ("greedy", "equal-shares"):
        whole = [cpu["parse"] + cpu.get("ballots", 0) + cpu[name] for cpu in (first, second)]
        rows.append(row(f"{stem}: {name}, file to winners", *whole, 30 if quick else 100))
    rows.append(row(f"{stem}: peak memory, MB", ours["peak"], theirs["peak"], 3 if quick else 15))
    step = 10 if quick else 1
    ours, theirs = in_process("ours", ADD1, step), in_process("theirs", ADD1, step)
    assert ours["winners"] == theirs["winners"], "the two programs disagree on add1"
    question = f"{ADD1.removesuffix('.pb')}: add1, step {step}"
    rows.append(row(question, ours["cpu"]["add1"], theirs["cpu"]["add1"], 30 if quick else 100))
    voters = 200_000 if quick else 1_000_000
    made = in_process("synthetic", voters)
    for name, seconds in made["cpu"].items():
        limit = {"greedy": 0.1, "equal-shares": 1.0, "add1u": 15.0}.get(name)
        rows.append(bounded(f"{voters:,} x 200: {name}, s", seconds, limit))
    rows.append(bounded(f"{voters:,} x 200: peak memory, MB", made["peak"], 1024))
    return rows


def row(question: str, ours: float, theirs: float, goal: float) -> dict[str, Any]:
    ratio = theirs / max(ours, 1e-6)
    return {
        "question": question,
        "ours": round(ours, 4),
        "pabutools": round(theirs, 2),
        "ratio": round(ratio, 1),
        "goal": goal,
        "met": ratio >= goal,
    }


def bounded(question: str, ours: float, limit: float | None) -> dict[str, Any]:
    met = None if limit is None else ours <= limit
    return {"question": question, "ours": round(ours, 4), "limit": limit, "met": met}


def report(rows: list[dict[str, Any]]) -> None:
    for entry in rows:
        verdict = {True: "met", False: "NOT MET", None: ""}[entry["met"]]
        if "ratio" in entry:
            against = f"pabutools {entry['pabutools']:>9}   {entry['ratio']:>8} x"
            print(f"{entry['question']:<70}{entry['ours']:>10}   {against}", end="")
            print(f"   (goal {entry['goal']} x)   {verdict}")
        else:
            limit = "" if entry["limit"] is None else f"   (limit {entry['limit']})   {verdict}"
            print(f"{entry['question']:<70}{entry['ours']:>10}{limit}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller files, under a minute")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task, what, step = options.task
        result = TASKS[task](int(what) if what.isdigit() else what, int(step))
        result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
        return
    if not FOLDER.is_dir():
        sys.exit(f"no Pabulib files in {FOLDER}; set KENES_PABULIB_DIR")
    rows = measure(quick=options.quick)
    if options.json:
        print(json.dumps(rows, indent=1))
    else:
        report(rows)


if __name__ == "__main__":
    main()
