"""What the pages and the printed document of a strategy say, from the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from edp import investment
from edp.gate_words import label_of, told
from edp.models import (
    DOMAINS,
    GateCheck,
    GroupMembership,
    Idea,
    InvestmentLine,
    PolicyObjective,
    Strategy,
    Waiver,
)
from edp.models.alignment import PlanAlignment
from edp.strategy_reading import PriorityReading, Reading, read_strategy
from edp.strategy_tracing import changes_in, traces_of
from edp.strategy_words import WARNINGS
from participation.models import AnswerDue

TONES = {
    "supports": "ok",
    "neutral": "",
    "conflicts": "bad",
}


@dataclass(frozen=True)
class MoneyRow:
    label: str
    cells: list[Decimal]
    total: Decimal
    is_sum: bool = False


@dataclass(frozen=True)
class MoneyTable:
    """Sums by source and year, and by year in all; shares are in hundredths."""

    years: list[int]
    rows: list[MoneyRow]
    public: Decimal
    private: Decimal
    total: Decimal
    spent: Decimal
    public_percent: Fraction | None
    private_percent: Fraction | None


def money_table(money: investment.Totals) -> MoneyTable:
    years = money.years
    rows = [
        MoneyRow(
            str(InvestmentLine.Source(source).label),
            [money.planned.get((year, source), investment.NOTHING) for year in years],
            money.of_sources(source),
        )
        for source in money.sources
    ]
    rows.append(MoneyRow("", [money.of_year(year) for year in years], money.total, is_sum=True))
    return MoneyTable(
        years=years,
        rows=rows if years else [],
        public=money.public,
        private=money.private,
        total=money.total,
        spent=money.total_spent,
        public_percent=_hundredths(money.public_share),
        private_percent=_hundredths(money.private_share),
    )


def _hundredths(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * 100


@dataclass(frozen=True)
class Matrix:
    """Priorities by objectives of other plans; what nothing answers is listed both ways."""

    objectives: list[PolicyObjective]
    rows: list[tuple[PriorityReading, list[dict[str, str] | None]]]
    unmatched_priorities: list[PriorityReading]
    unmatched_objectives: list[PolicyObjective]


def matrix_of(strategy: Strategy, priorities: Sequence[PriorityReading]) -> Matrix:
    """Two queries."""
    objectives = list(
        PolicyObjective.objects.filter(document__process=strategy.process_id).select_related(
            "document"
        )
    )
    told: dict[tuple[int, int], PlanAlignment] = {
        (row.priority_id, row.objective_id): row for row in strategy.alignments.all()
    }
    rows = [
        (priority, [_cell(told.get((priority.row.pk, each.pk))) for each in objectives])
        for priority in priorities
    ]
    met_priorities = {priority for priority, _ in told}
    met_objectives = {objective for _, objective in told}
    return Matrix(
        objectives,
        rows,
        [each for each in priorities if each.row.pk not in met_priorities],
        [each for each in objectives if each.pk not in met_objectives],
    )


def _cell(row: PlanAlignment | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"label": str(row.get_relation_display()), "tone": TONES[row.relation]}


def strategy_context(strategy: Strategy) -> dict[str, Any]:
    """What the page of a strategy shows."""
    reading = read_strategy(strategy)
    traces = traces_of(strategy.process, [priority.row.priority for priority in reading.priorities])
    return {
        "strategy": strategy,
        "process": strategy.process,
        "reading": reading,
        "currency": strategy.currency,
        "money": money_table(reading.money),
        "challenges": [
            {
                "challenge": challenge,
                "priorities": [
                    {
                        "priority": priority,
                        "money": money_table(priority.money),
                        "trace": traces[priority.row.priority_id],
                    }
                    for priority in challenge.priorities
                ],
            }
            for challenge in reading.challenges
        ],
        "figures": reading.figures,
        "local_percent": _hundredths(reading.figures.local_share),
        "reused_percent": _hundredths(reading.figures.reused_share),
        "domains": [(DOMAINS[name], count) for name, count in reading.domains.items()],
        "warnings": _warnings(reading),
        "matrix": matrix_of(strategy, reading.priorities),
        "approvals": list(strategy.approvals.select_related("decision")),
    }


def _warnings(reading: Reading) -> list[dict[str, Any]]:
    names = {each.row.pk: each for p in reading.priorities for each in p.objectives}
    return [
        {
            "text": WARNINGS[finding.code],
            "objective": names.get(finding.key) if finding.part == "objective" else None,
            "value": finding.value,
        }
        for finding in reading.warnings
    ]


# --- Annexes ------------------------------------------------------------------------------------


def annexes_context(strategy: Strategy) -> dict[str, Any]:
    """Rules, gates and waivers, ideas that were not selected, comments and answers and what they
    changed, interests."""
    process = strategy.process
    unselected = (
        Idea.objects.public()
        .filter(
            process=process,
            state__in=[Idea.State.NOT_SELECTED, Idea.State.PARKED, Idea.State.SCREENED_OUT],
        )
        .select_related("dossier")
        .prefetch_related("dossier__texts")
    )
    answers = (
        AnswerDue.objects.filter(
            dossier__path__startswith=f"edp/{process.slug}/", dossier__published_at__isnull=False
        )
        .select_related("comment", "addressee")
        .prefetch_related("answers")
        .order_by("received_on", "pk")
    )
    return {
        "strategy": strategy,
        "process": process,
        "ruleset": process.ruleset,
        "checks": [
            {"check": check, "words": told(check.conditions)}
            for check in GateCheck.objects.filter(process=process)
        ],
        "waivers": [
            {"waiver": waiver, "label": label_of(waiver.condition)}
            for waiver in Waiver.objects.filter(decision__process=process).select_related(
                "decision"
            )
        ],
        "unselected": list(unselected),
        "changes": changes_in(process),
        "answers": list(answers),
        "interests": list(
            GroupMembership.objects.filter(process=process, declared_on__isnull=False)
            .select_related("person", "organisation")
            .order_by("group", "pk")
        ),
        "decisions": list(process.decisions.all()),
    }


def document_context(strategy: Strategy) -> dict[str, Any]:
    """All of it, for print."""
    return {**strategy_context(strategy), **annexes_context(strategy)}
