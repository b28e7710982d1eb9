"""What the votes of a consultation say: a table by helix, and a map of opinions. Knows no Django.

Cells of fewer votes than `min_votes` are kept back, and with them every number from which they
could be computed; a statement with such a cell is not ranked. Groups of opinion are shown only
when enough people voted and no group is small. Numbers are rounded to six places, so that the
same votes give the same bytes everywhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from edp.consensus import Votes, helix_consensus
from edp.gates import HELICES
from edp.opinion_groups import Opinions, opinions, two_proportions

METHOD = "kenes-opinions-1"
PLACES = 6
# One-sided, 90 %: from here a statement is typical of a group (Polis).
TYPICAL_FROM = 1.2816
WORDS = {1: "agree", -1: "disagree", 0: "pass"}


@dataclass(frozen=True)
class Rules:
    """From which numbers on something is shown: votes in a cell, people, members of a group."""

    min_votes: int = 5
    min_people: int = 30
    smallest_group: int = 5

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rules":
        """From the part `consultation` of a ruleset. Never below the defaults: privacy."""
        least = cls()
        return cls(
            **{
                name: max(value, int(data.get(name, value)))
                for name, value in asdict(least).items()
            }
        )


@dataclass(frozen=True)
class Vote:
    """`voter` is any stable mark; voters are told apart and ordered by it."""

    voter: str
    statement: int
    helix: str
    value: int


def count(votes: Iterable[Vote], statements: Sequence[int], rules: Rules) -> dict[str, Any]:
    """Everything that is shown, ready for JSON."""
    votes = list(votes)
    rows = [_row(number, _cells(votes, number), rules) for number in statements]
    rows.sort(key=lambda row: (-float(row["consensus"] or -1), row["number"]))
    return {
        "method": METHOD,
        "rules": asdict(rules),
        "voters": len({vote.voter for vote in votes}),
        "statements": rows,
        "opinions": _map(votes, statements, rules),
    }


def canonical(counted: Mapping[str, Any]) -> tuple[str, str]:
    """The same count as text that is the same for every program, and its SHA-256."""
    body = json.dumps(counted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return body, hashlib.sha256(body.encode()).hexdigest()


def _cells(votes: Iterable[Vote], statement: int) -> dict[str, Votes]:
    numbers = {helix: dict.fromkeys(WORDS, 0) for helix in HELICES}
    for vote in votes:
        if vote.statement == statement:
            numbers[vote.helix][vote.value] += 1
    return {helix: Votes(n[1], n[-1], n[0]) for helix, n in numbers.items()}


def _row(number: int, cells: Mapping[str, Votes], rules: Rules) -> dict[str, Any]:
    shown = {
        helix: None if 0 < cell.total < rules.min_votes else cell for helix, cell in cells.items()
    }
    found = helix_consensus(cells, rules.min_votes)
    is_whole = None not in shown.values()
    return {
        "number": number,
        "votes": sum(cell.total for cell in cells.values()),
        "helices": {
            helix: None
            if cell is None
            else {"agree": cell.agree, "disagree": cell.disagree, "pass": cell.passed}
            for helix, cell in shown.items()
        },
        "consensus": _decimal(found.product) if found.is_eligible else None,
        "exact": str(found.product) if found.is_eligible else None,
        "geometric_mean": _decimal(found.geometric_mean) if found.is_eligible else None,
        "weakest": _decimal(found.weakest) if found.is_eligible else None,
        "agreement": _decimal(found.agreement) if is_whole and found.agreement else None,
    }


def _decimal(value: Any) -> str:
    return f"{float(value):.{PLACES}f}"


def _map(votes: Sequence[Vote], statements: Sequence[int], rules: Rules) -> dict[str, Any] | None:
    """None with too few voters or statements, or where every grouping has too small a group."""
    by_voter: dict[str, dict[int, int]] = {}
    for vote in votes:
        by_voter.setdefault(vote.voter, {})[vote.statement] = vote.value
    voters = sorted(by_voter)
    if len(voters) < max(3, rules.min_people) or len(statements) < 2:
        return None
    table = [[by_voter[voter].get(number) for number in statements] for voter in voters]
    found = opinions(table, smallest_group=rules.smallest_group)
    if found.best is None:
        return None
    return {
        "people": len(voters),
        "explained": [_decimal(part) for part in found.explained],
        "k": found.best.k,
        "tried": [
            {
                "k": k,
                "silhouette": _decimal(grouping.silhouette),
                "sizes": [len(group) for group in grouping.groups],
            }
            for k, grouping in sorted(found.groupings.items())
        ],
        "groups": _groups(found, table, statements, rules),
    }


def _groups(
    found: Opinions,
    table: Sequence[Sequence[int | None]],
    statements: Sequence[int],
    rules: Rules,
) -> list[dict[str, Any]]:
    assert found.best is not None  # noqa: S101 - for the type checker
    told = []
    for members in found.best.groups:
        inside = [table[voter] for voter in members]
        outside = [row for voter, row in enumerate(table) if voter not in members]
        told.append(
            {
                "size": len(members),
                "points": sorted(
                    [_decimal(found.points[voter][0]), _decimal(found.points[voter][1])]
                    for voter in members
                ),
                "statements": [
                    {"number": number, **_in_group(place, inside, outside, rules)}
                    for place, number in enumerate(statements)
                ],
            }
        )
    return told


def _in_group(
    place: int,
    inside: Sequence[Sequence[int | None]],
    outside: Sequence[Sequence[int | None]],
    rules: Rules,
) -> dict[str, Any]:
    """How a group voted on one statement, and whether that sets it apart from the others."""
    here = [row[place] for row in inside if row[place] is not None]
    there = [row[place] for row in outside if row[place] is not None]
    if len(here) < rules.min_votes or len(there) < rules.min_votes:
        return {"votes": None, "agree": None, "disagree": None, "typical": ""}
    typical = ""
    for value in (1, -1):
        z = two_proportions((here.count(value), len(here)), (there.count(value), len(there)))
        if z >= TYPICAL_FROM and here.count(value) * 2 > len(here):
            typical = WORDS[value]
    return {
        "votes": len(here),
        "agree": here.count(1),
        "disagree": here.count(-1),
        "typical": typical,
    }


def public_rows(votes: Iterable[Vote], rules: Rules) -> list[list[str]]:
    """One vote a line for anybody to count again, without the cells that are kept back.

    Voters are numbered in the order of their marks, which are to be secret.
    """
    votes = list(votes)
    sizes: dict[tuple[int, str], int] = {}
    for vote in votes:
        key = vote.statement, vote.helix
        sizes[key] = sizes.get(key, 0) + 1
    shown = sorted(
        (v for v in votes if sizes[v.statement, v.helix] >= rules.min_votes),
        key=lambda v: (v.voter, v.statement),
    )
    numbers = {voter: n for n, voter in enumerate(dict.fromkeys(v.voter for v in shown), start=1)}
    return [["participant", "helix", "statement", "vote"]] + [
        [f"v{numbers[v.voter]}", v.helix, f"S{v.statement}", WORDS[v.value]] for v in shown
    ]
