"""Check a published draw: one file, nothing but Python's standard library.

    python verify_draw.py pool.jsonl quotas.csv lottery.txt --size 30 --randomness HEX
    python verify_draw.py pool.jsonl quotas.csv lottery.txt --size 30 --number 319

`--pool-hash` and `--lottery-hash` are what was published before the random value existed: note
them down in time, they are what a later change cannot fit. `--panel` names what was announced.
Prints each step and CORRECT, or what is WRONG (exit code 1).
"""

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path


def read(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path}: {error}") from None


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_pool(text: str, problems: list[str]) -> dict[str, dict[str, str]]:
    """Token → attributes; the file must be canonical, or its hash means nothing."""
    people: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            person = json.loads(line)
            token = person.pop("token")
        except (ValueError, KeyError, AttributeError, TypeError):
            problems.append(f"pool, line {number}: not a person with a token")
            continue
        if token in people:
            problems.append(f"pool, line {number}: {token} stands there twice")
        people[token] = person
    canonical = "".join(
        json.dumps(
            {"token": token, **people[token]},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        + "\n"
        for token in sorted(people)
    )
    if canonical != text:
        problems.append("the pool is not in its canonical form")
    return people


def check_panels(
    panels: list[list[str]],
    people: dict[str, dict[str, str]],
    quotas: list[dict[str, str]],
    options: argparse.Namespace,
    problems: list[str],
) -> None:
    size, group = options.size, options.group
    for number, panel in enumerate(panels):
        if len(set(panel)) != size or len(panel) != size:
            problems.append(f"panel {number}: not {size} different people")
        strangers = [token for token in panel if token not in people]
        if strangers:
            problems.append(f"panel {number}: {strangers[0]} is not in the pool")
            continue
        for quota in quotas:
            there = sum(people[token].get(quota["feature"]) == quota["value"] for token in panel)
            if not int(quota["min"]) <= there <= int(quota["max"]):
                problems.append(f"panel {number}: {there} with {quota['feature']} {quota['value']}")
        if group:
            sitting = Counter(people[token].get(group) for token in panel)
            double = [name for name, times in sitting.items() if name and times > 1]
            if double:
                problems.append(f"panel {number}: {group} {double[0]} sits twice")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("pool")
    parser.add_argument("quotas")
    parser.add_argument("lottery")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--group", help="attribute of which one bearer at most may sit")
    parser.add_argument("--randomness", help="the public random value, as published")
    parser.add_argument("--number", type=int, help="the panel drawn in the hall, from 0")
    parser.add_argument("--pool-hash")
    parser.add_argument("--lottery-hash")
    parser.add_argument("--panel", help="the panel that was announced: tokens with commas")
    options = parser.parse_args(arguments)
    problems: list[str] = []
    pool_text, lottery_text = read(options.pool), read(options.lottery)
    people = read_pool(pool_text, problems)
    quotas = list(csv.DictReader(read(options.quotas).splitlines()))
    panels = [line.split(",") for line in lottery_text.splitlines()]
    check_panels(panels, people, quotas, options, problems)
    for name, found, told in (
        ("pool", sha256(pool_text), options.pool_hash),
        ("lottery", sha256(lottery_text), options.lottery_hash),
    ):
        print(f"{name} {found}")
        if told and told.lower() != found:
            problems.append(f"the {name} is not the one that was published before")
    print(f"{len(people)} volunteers, {len(panels)} panels of {options.size}")
    chances = Counter(token for panel in panels for token in panel)
    if people and panels:
        least = min(chances[token] for token in people)
        print(f"chances from {least} to {max(chances.values())} of {len(panels)}")
    number = options.number
    if options.randomness and panels:
        seed = sha256(f"councils-draw/v1\n{sha256(lottery_text)}\n{options.randomness}")
        number = int(seed, 16) % len(panels)
        print(f"seed {seed}")
    if number is not None:
        if not 0 <= number < len(panels):
            problems.append(f"there is no panel {number}")
        else:
            print(f"drawn: panel {number}: {','.join(panels[number])}")
            if options.panel and sorted(options.panel.split(",")) != sorted(panels[number]):
                problems.append("another panel was announced")
    for problem in problems[:20]:
        print(f"WRONG: {problem}")
    if not problems:
        print("CORRECT")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
