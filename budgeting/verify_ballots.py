"""Check a published vote with nothing but Python: log, opened ballots, and counted file.

  python3 verify_ballots.py log.csv openings.jsonl ballots.pb [--head HEAD] [--receipt COMMITMENT]

The log must give the heads that were published while the vote was open (--head: one that you
noted), every opened ballot must give a commitment of the log that nothing replaced, and the
counted file must hold exactly the opened ballots. Prints CORRECT, or what is wrong (exit 1).
"""

import argparse
import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any


def sha256(*parts: bytes) -> Any:
    return hashlib.sha256(b"".join(parts))


def merkle_root(leaves: list[bytes]) -> str:
    level = [sha256(b"\0", leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        nodes = [sha256(b"\1", level[i], level[i + 1]).digest() for i in pairs]
        level = nodes + level[2 * len(nodes) :]
    root: bytes = level[0] if level else sha256().digest()
    return root.hex()


def heads_of(rows: list[list[str]]) -> Iterator[tuple[int, str]]:
    epochs: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for epoch, commitment, supersedes in rows:
        epochs[int(epoch)].append((commitment, supersedes))
    head = "0" * 64
    for number in range(len(epochs)):
        leaves = [bytes.fromhex(c) + bytes.fromhex(s) for c, s in sorted(epochs[number])]
        text = f"kenes-epoch-v1\0{head}\0{number}\0{len(leaves)}\0{merkle_root(leaves)}"
        head = sha256(text.encode()).hexdigest()
        yield number, head


def canonical(choices: Any) -> str:
    return json.dumps(choices, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def commitment_of(election: int, opening: dict[str, Any]) -> str:
    tag = b"kenes-ballot-v1\0" + str(election).encode() + b"\0"
    choices = canonical(opening["choices"]).encode()
    return str(sha256(tag, bytes.fromhex(opening["nonce"]), choices).hexdigest())


def counted_ballots(path: str) -> Iterator[tuple[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    start = rows.index(["VOTES"]) + 1
    for row in rows[start + 1 :]:
        cells = dict(zip(rows[start], row, strict=False))
        choices: Any = cells["vote"].split(",")
        if cells.get("points"):
            choices = dict(zip(choices, map(int, cells["points"].split(",")), strict=True))
        yield cells["voter_id"], canonical(choices)


def problems(
    log: str, openings: str, ballots: str, head: str | None, receipt: str | None
) -> Iterator[str]:
    with open(log, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    heads = dict(heads_of(rows))
    for number, value in heads.items():
        print(f"epoch {number}: head {value}")
    if head and head not in heads.values():
        yield f"no epoch has the head {head}"
    with open(openings, encoding="utf-8") as file:
        election = json.loads(file.readline())["election"]
        opened = [json.loads(line) for line in file]
    final = {row[1] for row in rows} - {row[2] for row in rows}
    for opening in opened:
        if commitment_of(election, opening) != opening["commitment"]:
            yield f"the opening of {opening['commitment']} does not give its commitment"
    if sorted(final) != sorted(opening["commitment"] for opening in opened):
        yield "the opened ballots are not exactly the final ones of the log"
    if receipt and receipt not in final:
        yield f"the ballot {receipt} is not among the final ones"
    expected = sorted((o["commitment"], canonical(o["choices"])) for o in opened)
    if sorted(counted_ballots(ballots)) != expected:
        yield "the counted file does not hold exactly the opened ballots"


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    for name in ("log", "openings", "ballots"):
        parser.add_argument(name)
    parser.add_argument("--head")
    parser.add_argument("--receipt")
    found = list(problems(**vars(parser.parse_args())))
    print(*found or ["CORRECT"], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
