"""Breaking ties by a chain of criteria that was declared before the vote."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from budgeting.allocation.election import Election
from budgeting.allocation.rule import Rule


@dataclass(frozen=True)
class Tie:
    """Projects that were exactly equal, in the order the tie rule put them.

    `by` is the criterion that put the first before the second; `round` counts from 1.
    """

    round: int
    projects: tuple[str, ...]
    by: str

    def to_dict(self) -> dict[str, Any]:
        return {"round": self.round, "projects": list(self.projects), "by": self.by}


class TieOrder:
    """The order of all projects by the declared criteria."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.ids = [project.id for project in election.projects]
        self._criteria = [(name, _criterion(name, election, rule)) for name in rule.ties]
        keys = [tuple(key(p) for _, key in self._criteria) for p in range(len(self.ids))]
        order = sorted(range(len(self.ids)), key=keys.__getitem__)
        self.rank = [0] * len(order)
        for place, project in enumerate(order):
            self.rank[project] = place

    def sorted(self, projects: Iterable[int]) -> list[int]:
        """The projects, first the one the tie rule prefers."""
        return sorted(projects, key=self.rank.__getitem__)

    def tie(self, round_number: int, projects: Iterable[int]) -> Tie:
        """The record of a tie that was broken."""
        ordered = self.sorted(projects)
        first, second = ordered[:2]
        by = next(name for name, key in self._criteria if key(first) != key(second))
        return Tie(round_number, tuple(self.ids[p] for p in ordered), by)


def _criterion(name: str, election: Election, rule: Rule) -> Callable[[int], Any]:
    """A key by which smaller comes first."""
    if name == "votes":
        return lambda p: -election.scores[p]
    if name == "cheapest":
        return lambda p: election.projects[p].cost
    if name == "costliest":
        return lambda p: -election.projects[p].cost
    if name == "lot":
        return lambda p: lot(rule.lot_seed, election.projects[p].id)
    return lambda p: p


def lot(seed: str, project_id: str) -> str:
    """The lot drawn for a project: anybody can recompute it from the published seed."""
    return hashlib.sha256(f"{seed}:{project_id}".encode()).hexdigest()
