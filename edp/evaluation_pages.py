"""What the pages of an evaluation show, made from a report or from rows; no decisions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from accounts.models import Helix
from edp.models import (
    Assignment,
    Criterion,
    DiscoveryProcess,
    Idea,
    Interest,
    SpecialisationResult,
)
from edp.reports import RECUSED
from edp.services.evaluation.panel import labels_of
from participation.templatetags.kenes import number

# Interests that nobody had to declare.
BY_ITSELF = (Assignment.Because.PROPOSER, Assignment.Because.ORGANISATION)


@dataclass(frozen=True)
class Ranked:
    """One idea of a report; numbers are exact. `bars` are the means of the criteria."""

    idea: Idea | None
    reference: str
    place: int | None
    score: Fraction | None
    percent: Fraction | None
    coverage: Fraction
    assessors: int
    lowest: int | None
    highest: int | None
    why_withheld: str
    means: list[Fraction | None]
    helices: list[tuple[str, Fraction | None]]
    sheets: list[tuple[str, list[int | None] | None]]

    @property
    def title(self) -> str:
        return self.idea.dossier.title if self.idea else self.reference


@dataclass(frozen=True)
class Told:
    """A report as a page shows it."""

    criteria: list[tuple[str, str, Fraction]]
    rows: list[Ranked]
    assessors: list[str]
    deciding: list[str]
    sensitivity: list[dict[str, Any]]
    smallest_lead: Fraction | None
    is_robust_to_weights: bool
    alpha: Fraction | None
    alpha_reading: str
    kendall_w: Fraction | None

    @property
    def ranked(self) -> list[Ranked]:
        return [row for row in self.rows if row.place is not None]

    @property
    def withheld(self) -> list[Ranked]:
        return [row for row in self.rows if row.place is None]


def _fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def told_of(data: dict[str, Any], criteria: list[Criterion], progress: list[Progress]) -> Told:
    """`data` is of a report or computed just now; no queries."""
    results, given = data["results"], data["input"]
    ideas = {row.idea.dossier.reference: row.idea for row in progress}
    questions = {row.code: str(row) for row in criteria}
    rows = [_ranked(row, ideas, given) for row in results.get("ranking", [])]
    titles = {row.reference: row.title for row in rows}
    first = next((row.reference for row in rows if row.place == 1), "")
    sensitivity = [
        {
            "criterion": questions.get(given["criteria"][row["criterion"] - 1], ""),
            "factor": Fraction(row["factor"]) * 100 - 100,
            "first": titles.get(row["first"], row["first"]),
            "lead": Fraction(row["lead"]),
            "changes": row["first"] != first,
        }
        for row in results.get("sensitivity", [])
    ]
    return Told(
        criteria=[
            (code, questions.get(code, code), Fraction(weight) * 100)
            for code, weight in zip(given["criteria"], given["weights"], strict=True)
        ],
        rows=rows,
        assessors=sorted({name for sheet in given["scores"].values() for name in sheet}),
        deciding=[
            _without(left, results, titles) for left in results.get("deciding_assessors", [])
        ],
        sensitivity=sensitivity,
        smallest_lead=min((row["lead"] for row in sensitivity), default=None),
        is_robust_to_weights=not any(row["changes"] for row in sensitivity),
        alpha=_fraction(results.get("alpha")),
        alpha_reading=results.get("alpha_reading", "none"),
        kendall_w=_fraction(results.get("kendall_w")),
    )


def _ranked(row: dict[str, Any], ideas: dict[str, Idea], given: dict[str, Any]) -> Ranked:
    sheet = given["scores"].get(row["idea"], {})
    return Ranked(
        idea=ideas.get(row["idea"]),
        reference=row["idea"],
        place=row["place"],
        score=_fraction(row["score"]),
        percent=_fraction(row["percent"]),
        coverage=Fraction(str(row["coverage"])) * 100,
        assessors=row["assessors"],
        lowest=row["lowest"],
        highest=row["highest"],
        why_withheld=row["why_withheld"],
        means=[_fraction(mean) for mean in row["means"]],
        helices=[
            (str(Helix(helix).label), _fraction(score)) for helix, score in row["helices"].items()
        ],
        sheets=[(name, None if scores == RECUSED else scores) for name, scores in sheet.items()],
    )


def _without(left: str, results: dict[str, Any], titles: dict[str, str]) -> str:
    """Who would lead without this assessor, and by what."""
    placed = [row["idea"] for row in results["ranking"] if row["place"] is not None]
    scores = {idea: _fraction(results["leave_one_out"][left].get(idea)) for idea in placed}
    ordered = sorted(
        ((score, idea) for idea, score in scores.items() if score is not None), reverse=True
    )
    (first, leader), (second, other) = ordered[0], ordered[1]
    return gettext("Without %(assessor)s “%(leader)s” would lead, %(first)s to %(second)s.") % {
        "assessor": left,
        "leader": titles[leader],
        "first": number(first, 2),
        "second": number(second, 2),
        "other": titles[other],
    }


def criteria_of(process: DiscoveryProcess) -> list[Criterion]:
    chosen = getattr(process, "criterion_set", None)
    return list(chosen.criteria.all()) if chosen is not None else []


@dataclass(frozen=True)
class PublicInterest:
    """What is public of an interest: of whom by label, in what, and what follows from it."""

    assessor: str
    idea: Idea
    nature: str
    summary: str
    ruling: str


def public_interests(progress: list[Progress]) -> list[PublicInterest]:
    """Interests declared and ruled on, and those that the database found by itself."""
    found = []
    for label, task in (pair for row in progress for pair in row.tasks):
        found += [
            PublicInterest(
                label,
                task.idea,
                interest.get_nature_display(),
                interest.public_summary,
                interest.get_ruling_display(),
            )
            for interest in task.interests.all()
            if interest.ruling and interest.nature != Interest.Nature.NONE
        ]
        if task.recused_because in BY_ITSELF:
            found.append(
                PublicInterest(
                    label,
                    task.idea,
                    task.get_recused_because_display(),
                    "",
                    str(Interest.Ruling.RECUSE.label),
                )
            )
    return found


@dataclass(frozen=True)
class Progress:
    """How far the panel is with one idea."""

    idea: Idea
    tasks: list[tuple[str, Assignment]]

    @property
    def is_whole(self) -> bool:
        return all(task.state not in Assignment.UNDER_WAY for _, task in self.tasks)


def progress_of(process: DiscoveryProcess) -> list[Progress]:
    labels = labels_of(process)
    by_idea: dict[Idea, list[tuple[str, Assignment]]] = defaultdict(list)
    rows = (
        Assignment.objects.filter(seat__process=process)
        .with_person()
        .prefetch_related("interests")
        .order_by("idea__number", "seat")
    )
    for row in rows:
        by_idea[row.idea].append((labels[row.seat_id], row))
    return [Progress(idea, tasks) for idea, tasks in by_idea.items()]


def tasks_of(process: DiscoveryProcess, person: Any) -> list[Assignment]:
    rows = Assignment.objects.filter(seat__process=process, seat__person=person)
    return list(rows.with_person().order_by("idea__number"))


@dataclass(frozen=True)
class Evidence:
    """What an assessor sees beside the questions on one idea."""

    sources: list[Any]
    figures: list[SpecialisationResult]
    assets: list[Any]
    pledges: list[Any]
    comments: int


def evidence_of(idea: Idea) -> Evidence:
    """Six queries, however many questions there are."""
    rows = list(
        idea.sources.select_related(
            "statement__workshop", "delphi_statement", "result__version", "asset", "trend"
        ).order_by("pk")
    )
    figures = {row.result.pk: row.result for row in rows if row.result is not None}
    published = SpecialisationResult.objects.filter(
        version__dataset__process=idea.process_id,
        version__published_at__isnull=False,
        activity__in=idea.activity_codes or [],
    ).select_related("version")
    figures |= {result.pk: result for result in published}
    return Evidence(
        sources=[
            row for row in rows if row.statement_id or row.delphi_statement_id or row.trend_id
        ],
        figures=list(figures.values()),
        assets=[row.asset for row in rows if row.asset is not None],
        pledges=list(idea.pledges.standing().select_related("organisation", "person")),
        comments=idea.dossier.comments.count(),
    )
