"""What has become of a strategy: values against targets, the wheel, calls; a few queries each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum

from edp import progress, wheel
from edp.models import (
    Call,
    DiscoveryProcess,
    Indicator,
    Measurement,
    Strategy,
    WheelAssessment,
)
from edp.strategy_document import MoneyTable, money_table
from edp.strategy_reading import PriorityReading, read_strategy
from edp.strategy_words import FACTORS, PROGRESS, STEPS

CENTRE, RADIUS, SIZE = 180, 130, 360
GRID = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class IndicatorProgress:
    """`percent` is of the way to the target, from 0 to 100 for the bar; `reached` is not cut."""

    row: Indicator
    last: Measurement | None
    history: list[Measurement]
    word: str
    due_on: date | None
    reached: Fraction | None

    @property
    def label(self) -> str:
        return str(PROGRESS[self.word][0])

    @property
    def tone(self) -> str:
        return PROGRESS[self.word][1]

    @property
    def percent(self) -> Fraction | None:
        return (
            None
            if self.reached is None
            else min(max(self.reached * 100, Fraction(0)), Fraction(100))
        )

    @property
    def reached_percent(self) -> Fraction | None:
        return None if self.reached is None else self.reached * 100


@dataclass(frozen=True)
class PriorityProgress:
    priority: PriorityReading
    indicators: list[IndicatorProgress]
    money: MoneyTable


def promise_of(row: Indicator) -> progress.Promise:
    return progress.Promise(
        row.baseline,
        row.baseline_year,
        row.target,
        row.target_year,
        row.first_result_on,
        row.reports_per_year,
    )


def _progress(row: Indicator, history: list[Measurement], today: date) -> IndicatorProgress:
    current = [each for each in history if each.pk not in {h.corrects_id for h in history}]
    last = max(current, key=lambda each: (each.measured_on, each.pk), default=None)
    promise = promise_of(row)
    measured_on = last.measured_on if last else None
    value: Decimal | None = last.value if last else None
    return IndicatorProgress(
        row=row,
        last=last,
        history=history,
        word=progress.word(promise, value, measured_on, today),
        due_on=progress.due_on(promise, measured_on),
        reached=None if value is None else progress.share(promise, value),
    )


def _histories(strategy: Strategy) -> defaultdict[int, list[Measurement]]:
    found: defaultdict[int, list[Measurement]] = defaultdict(list)
    for row in Measurement.objects.filter(indicator__strategy=strategy):
        found[row.indicator_id].append(row)
    return found


def progress_of(strategy: Strategy, today: date) -> list[PriorityProgress]:
    histories = _histories(strategy)
    return [
        PriorityProgress(
            priority,
            [_progress(row, histories[row.pk], today) for row in priority.indicators],
            money_table(priority.money),
        )
        for priority in read_strategy(strategy).priorities
    ]


def overdue_count(strategy: Strategy, today: date) -> int:
    """Indicators whose value should be there by now: two queries."""
    histories = _histories(strategy)
    return sum(
        _progress(row, histories[row.pk], today).word == "overdue"
        for row in strategy.indicators.all()
    )


def words_count(priorities: list[PriorityProgress]) -> list[dict[str, Any]]:
    """How many indicators stand how, in the order of the words."""
    counts: defaultdict[str, int] = defaultdict(int)
    for priority in priorities:
        for indicator in priority.indicators:
            counts[indicator.word] += 1
    return [
        {"label": label, "tone": tone, "number": counts[word]}
        for word, (label, tone) in PROGRESS.items()
        if counts[word]
    ]


@dataclass(frozen=True)
class CallsOfKind:
    """Sums of what is written down; None where no call of the kind says it."""

    label: str
    calls: int
    applicants: int | None
    selected: int | None


def calls_by_kind(process: DiscoveryProcess) -> list[CallsOfKind]:
    """In the order of the kinds, those without a call left out. One query."""
    counted = (
        process.calls.order_by()
        .values("kind")
        .annotate(calls=Count("pk"), asked=Sum("applicants"), given=Sum("selected"))
    )
    rows = {row["kind"]: row for row in counted}
    return [
        CallsOfKind(str(label), row["calls"], row["asked"], row["given"])
        for kind, label in Call.Kind.choices
        if (row := rows.get(kind))
    ]


# --- The wheel ----------------------------------------------------------------------------------


def wheel_of(process: DiscoveryProcess, year: int | None = None) -> dict[str, Any] | None:
    """The spider of the newest year that has one (or of `year`): two queries."""
    wheels = WheelAssessment.objects.filter(process=process).prefetch_related("scores")
    rows = list(wheels.filter(year=year) if year else wheels.order_by("-year"))
    if not rows:
        return None
    newest = rows[0].year
    rows = [row for row in rows if row.year == newest]
    sheets = [{score.factor: score.score for score in row.scores.all()} for row in rows]
    means = wheel.factor_means(sheets)
    return {
        "year": newest,
        "assessors": len(rows),
        "external": sum(row.is_external for row in rows),
        "size": SIZE,
        "polygon": _polygon([means[factor].value or 0 for factor in wheel.FACTORS]),
        "grid": [_polygon([level] * len(wheel.FACTORS)) for level in GRID],
        "spokes": [_spoke(place) for place in range(len(wheel.FACTORS))],
        "steps": [
            {
                "label": STEPS[step],
                "mean": found,
                "factors": [
                    {
                        "label": FACTORS[factor],
                        "mean": means[factor],
                        "number": wheel.FACTORS.index(factor) + 1,
                    }
                    for factor in wheel.STEPS[step]
                ],
            }
            for step, found in wheel.step_means(sheets).items()
        ],
    }


def _polygon(values: list[Any]) -> str:
    points = [wheel.spoke(place, value, CENTRE, RADIUS) for place, value in enumerate(values)]
    return " ".join(f"{x},{y}" for x, y in points)


def _spoke(place: int) -> dict[str, Any]:
    x, y = wheel.spoke(place, 5, CENTRE, RADIUS)
    label_x, label_y = wheel.spoke(place, 5, CENTRE, RADIUS + 22)
    return {
        "number": place + 1,
        "x": str(x),
        "y": str(y),
        "label_x": str(label_x),
        "label_y": str(label_y + 5),
    }


def scores_of(process: DiscoveryProcess, person: Any, year: int) -> dict[str, tuple[int, str]]:
    """What a person has said this year."""
    rows = WheelAssessment.objects.filter(process=process, assessor=person, year=year)
    return {
        score.factor: (score.score, score.evidence)
        for row in rows.prefetch_related("scores")
        for score in row.scores.all()
    }
