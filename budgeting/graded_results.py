"""The grades of every project of a graded vote: bars, majority grade, and what broke the ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.grade_names import GRADE_NAMES, name_of_grade
from budgeting.models import ShortlistEntry

BAR_START, BAR_WIDTH = 44, 590


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in units of the chart; `grade` names its colour."""

    grade: int
    start: int
    width: int


@dataclass(frozen=True)
class GradeRow:
    """`counts` from the best grade to the worst; `place` is None for a project outside the order.

    `told` says what put the project before the next one of the same grade.
    """

    entry: ShortlistEntry
    place: int | None
    has_won: bool
    grade: str
    counts: list[int]
    segments: list[Segment]
    told: str

    @property
    def named_counts(self) -> list[tuple[str, int]]:
        names = [str(name) for name in reversed(GRADE_NAMES)]
        return list(zip(names, self.counts, strict=True))


def grade_rows(entries: Mapping[str, ShortlistEntry], result: Mapping[str, Any]) -> list[GradeRow]:
    """All projects in the order of the count; none under a rule without grades."""
    profiles: Mapping[str, Any] = result["facts"].get("profiles", {})
    last = len(profiles) + 1
    ordered = sorted(profiles, key=lambda project: profiles[project].get("place", last))
    return [
        GradeRow(
            entry=entries[project],
            place=profiles[project].get("place"),
            has_won=project in result["winners"],
            grade=name_of_grade(-1 if (g := profiles[project]["grade"]) is None else g),
            counts=profiles[project]["counts"][::-1],
            segments=_segments(profiles[project]["counts"]),
            told=_told(entries, profiles[project].get("before")),
        )
        for project in ordered
    ]


def _segments(counts: list[int]) -> list[Segment]:
    """The best grade first, without gaps whatever the rounding."""
    total, seen, segments = sum(counts), 0, []
    for grade in range(len(counts) - 1, -1, -1):
        if not counts[grade]:
            continue
        start = BAR_WIDTH * seen // total
        seen += counts[grade]
        width = BAR_WIDTH * seen // total - start
        segments.append(Segment(grade, BAR_START + start, width))
    return segments


def _told(entries: Mapping[str, ShortlistEntry], before: Mapping[str, Any] | None) -> str:
    if not before:
        return ""
    first, second = before["grades"]
    removed = before["removed"]
    names = {
        "other": entries[before["project"]].proposal.dossier.title,
        "first": GRADE_NAMES[first],
        "second": GRADE_NAMES[second],
        "removed": removed,
    }
    if removed is None:
        return (
            _(
                "The same grade as “%(other)s”; nearest to the middle, “%(first)s” here stands "
                "against “%(second)s” there."
            )
            % names
        )
    return (
        ngettext(
            "The same grade as “%(other)s”; with %(removed)s middle grade taken away from each, "
            "“%(first)s” here stands against “%(second)s” there.",
            "The same grade as “%(other)s”; with %(removed)s middle grades taken away from each, "
            "“%(first)s” here stands against “%(second)s” there.",
            removed,
        )
        % names
    )
