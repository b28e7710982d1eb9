"""What a decided selection shows: means and totals, named votes, who gave what."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from councils.models import Candidacy, GroupMember, Score, SelectionProcess, SelectionVote
from councils.selection_counts import standings


@dataclass(frozen=True)
class Line:
    """A candidate's figures; `width` of the bar in pixels of 300."""

    candidacy: Candidacy
    means: list[Fraction | None]
    total: Fraction | None
    width: int
    judges: int


def group_of(selection: SelectionProcess) -> list[GroupMember]:
    return list(selection.group.select_related("organisation"))


def result_of(selection: SelectionProcess, candidates: list[Candidacy]) -> dict[str, Any]:
    """By the way in which it was decided; at most three queries."""
    judged = [row for row in candidates if row.place is not None]
    if selection.way == SelectionProcess.Way.SCORING:
        return _scores(selection, judged)
    if selection.way == SelectionProcess.Way.BALLOT:
        return _votes(judged)
    return {}


def _scores(selection: SelectionProcess, judged: list[Candidacy]) -> dict[str, Any]:
    criteria = list(selection.criteria.all())
    rows = list(
        Score.objects.filter(candidacy__in=judged).select_related("member").order_by("member__pk")
    )
    found = standings(
        [row.pk for row in judged],
        [criterion.pk for criterion in criteria],
        [(row.candidacy_id, row.criterion_id, row.points) for row in rows],
    )
    most = sum(criterion.most for criterion in criteria) or 1
    lines = [
        Line(
            candidacy,
            [one.by_criterion[criterion.pk] for criterion in criteria],
            one.points,
            int(300 * (one.points or 0) / most),
            one.judges,
        )
        for candidacy, one in zip(judged, found, strict=True)
    ]
    return {"criteria": criteria, "most": most, "lines": lines, "sheets": _sheets(rows, judged)}


def _sheets(rows: list[Score], judged: list[Candidacy]) -> list[dict[str, Any]]:
    """Who gave what: a row a member, the sum of each candidate's points; None is not scored."""
    sums: dict[tuple[str, int], int] = {}
    for row in rows:
        key = (row.member.name, row.candidacy_id)
        sums[key] = sums.get(key, 0) + row.points
    names = list(dict.fromkeys(row.member.name for row in rows))
    return [
        {"name": name, "points": [sums.get((name, row.pk)) for row in judged]} for name in names
    ]


def _votes(judged: list[Candidacy]) -> dict[str, Any]:
    rows = list(
        SelectionVote.objects.filter(candidacy__in=judged)
        .select_related("member")
        .order_by("member__pk")
    )
    return {
        "votes": [
            {
                "candidacy": candidacy,
                "choices": [
                    (label, [row.member.name for row in rows
                             if row.candidacy_id == candidacy.pk and row.choice == choice])
                    for choice, label in SelectionVote.Choice.choices
                ],
            }
            for candidacy in judged
        ]
    }  # fmt: skip
