"""The count of a consultation's votes as its page draws it: tables, bars and the map."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import Helix
from edp.gates import HELICES
from edp.models import Consultation, OpinionSnapshot, VoteStatement
from edp.services.consultation import count_votes

WIDTH, HEIGHT, EDGE = 640, 420, 30
BAR = 300
SHAPES = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True)
class HelixRow:
    """Votes of one helix; `is_hidden` where there are too few to be shown."""

    label: str
    total: int = 0
    agree: int = 0
    disagree: int = 0
    passed: int = 0
    is_hidden: bool = False

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Class, start and width of each part of the bar."""
        parts, start = [], 0
        for name, votes in (
            ("bar-fill", self.agree), ("bar-alt", self.disagree), ("bar-back", self.passed)
        ):  # fmt: skip
            width = round(BAR * votes / self.total) if self.total else 0
            parts.append((name, start, width))
            start += width
        return parts


@dataclass(frozen=True)
class StatementResult:
    statement: VoteStatement
    votes: int
    helices: list[HelixRow]
    consensus: str | None
    geometric_mean: str | None
    weakest: str | None
    agreement: str | None


def counted(consultation: Consultation) -> dict[str, Any]:
    """For good where it is closed, else as the votes stand now."""
    if consultation.is_over:
        snapshot = OpinionSnapshot.objects.filter(consultation=consultation).first()
        if snapshot is not None:
            return dict(json.loads(snapshot.body))
    return count_votes(consultation)


def results(
    consultation: Consultation, found: dict[str, Any], shown: Collection[int] | None
) -> list[StatementResult]:
    """In the order of consensus, those that are withheld last; `shown` None shows all."""
    statements = {row.number: row for row in consultation.statements.all()}
    return [
        StatementResult(
            statements[row["number"]],
            row["votes"],
            [_helix_row(helix, row["helices"][helix]) for helix in HELICES],
            row["consensus"],
            row["geometric_mean"],
            row["weakest"],
            row["agreement"],
        )
        for row in found["statements"]
        if shown is None or row["number"] in shown
    ]


def _helix_row(helix: str, votes: dict[str, int] | None) -> HelixRow:
    label = str(Helix(helix).label)
    if votes is None:
        return HelixRow(label, is_hidden=True)
    agree, disagree, passed = votes["agree"], votes["disagree"], votes["pass"]
    return HelixRow(label, agree + disagree + passed, agree, disagree, passed)


@dataclass(frozen=True)
class Group:
    """A group of opinion: its shape on the map, its size, its points and what is typical of it."""

    letter: str
    shape: str
    size: int
    points: list[str]
    statements: list[dict[str, Any]]


@dataclass(frozen=True)
class OpinionMap:
    people: int
    k: int
    explained: list[float]
    tried: list[dict[str, Any]]
    groups: list[Group]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Of the table: a statement, and how each group voted on it."""
        columns = zip(*(group.statements for group in self.groups), strict=True)
        return [
            {
                "statement": cells[0]["statement"],
                "cells": [
                    {**cell, "letter": group.letter}
                    for cell, group in zip(cells, self.groups, strict=True)
                ],
            }
            for cells in columns
        ]


def opinion_map(consultation: Consultation, found: dict[str, Any]) -> OpinionMap | None:
    """None where there are too few people, or too few in a group."""
    told = found["opinions"]
    if told is None:
        return None
    every = [point for group in told["groups"] for point in group["points"]]
    place = _placed(every)
    texts = {row.number: row for row in consultation.statements.all()}
    return OpinionMap(
        people=told["people"],
        k=told["k"],
        explained=[100 * float(part) for part in told["explained"]],
        tried=told["tried"],
        groups=[
            Group(
                letter="ABCDE"[number],
                shape=SHAPES[number],
                size=group["size"],
                points=[_mark(SHAPES[number], *place(point)) for point in group["points"]],
                statements=[
                    {**row, "statement": texts[row["number"]]} for row in group["statements"]
                ],
            )
            for number, group in enumerate(told["groups"])
        ],
    )


def _placed(points: Iterable[list[str]]) -> Any:
    """A function from the plane to the drawing, equal along both axes."""
    numbers = [(float(x), float(y)) for x, y in points]
    left, low = min(x for x, _ in numbers), min(y for _, y in numbers)
    span = max(max(x for x, _ in numbers) - left, 1e-9), max(max(y for _, y in numbers) - low, 1e-9)
    scale = min((WIDTH - 2 * EDGE) / span[0], (HEIGHT - 2 * EDGE) / span[1])

    def place(point: list[str]) -> tuple[float, float]:
        x, y = float(point[0]), float(point[1])
        return EDGE + (x - left) * scale, HEIGHT - EDGE - (y - low) * scale

    return place


def _mark(shape: str, x: float, y: float) -> str:
    """The outline of one voter as a path: groups differ in shape, not in colour alone."""
    a = f"{x:.1f} {y:.1f}"
    outlines = {
        "circle": f"M{a}m-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0",
        "square": f"M{a}m-6 -6h12v12h-12z",
        "triangle": f"M{a}m0 -8l7 13h-14z",
        "diamond": f"M{a}m0 -8l7 8l-7 8l-7 -8z",
        "cross": f"M{a}m-3 -8h6v5h5v6h-5v5h-6v-5h-5v-6h5z",
    }
    return outlines[shape]
