"""What the pages of a Delphi study show; feedback for a panellist, and the report for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from accounts.models import User
from edp import delphi
from edp.models import DelphiRating, DelphiRound, DelphiStatement, DelphiStudy, DelphiSummary
from edp.services.delphi.ratings import own_ratings
from edp.services.delphi.rounds import summarise
from edp.services.delphi.studies import parameters_of

BAR, GAP, TOP, HEIGHT, LEFT = 44, 12, 20, 120, 20


@dataclass(frozen=True)
class Bar:
    """One rating of the scale in a histogram of 540 by 170 units."""

    rating: int
    count: int
    x: int
    y: int
    height: int
    agrees: bool

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        return self.y - 5


@dataclass(frozen=True)
class Row:
    """One round of one statement, shares in hundredths."""

    summary: DelphiSummary
    agreement: Fraction
    change: Fraction | None


@dataclass(frozen=True)
class Argument:
    rating: int
    reason: str


@dataclass(frozen=True)
class Told:
    """A statement with its rounds; the last one is what the panel holds."""

    statement: DelphiStatement
    rows: list[Row]
    bars: list[Bar]
    dissent: list[Argument]
    support: list[Argument]

    @property
    def last(self) -> Row | None:
        return self.rows[-1] if self.rows else None


def bars_of(summary: DelphiSummary, parameters: delphi.Parameters) -> list[Bar]:
    most = max(summary.histogram) or 1
    bars = []
    for place, count in enumerate(summary.histogram):
        height = round(HEIGHT * count / most)
        rating = parameters.low + place
        bars.append(
            Bar(
                rating,
                count,
                LEFT + place * (BAR + GAP),
                TOP + HEIGHT - height,
                height,
                rating >= parameters.agree_from,
            )
        )
    return bars


def row_of(summary: DelphiSummary) -> Row:
    return Row(
        summary,
        Fraction(summary.agreement) * 100,
        Fraction(summary.change) * 100 if summary.change else None,
    )


def arguments_of(rounds: Iterable[DelphiRound]) -> dict[tuple[int, int], list[Argument]]:
    """By round and statement, in an order that says nothing of who wrote them."""
    found = defaultdict(list)
    rows = DelphiRating.objects.filter(round__in=rounds).exclude(reason="")
    for within, statement, value, reason in rows.order_by("value", "reason").values_list(
        "round", "statement", "value", "reason"
    ):
        found[within, statement].append(Argument(value, reason))
    return found


def report_of(study: DelphiStudy) -> list[Told]:
    """What the panel holds of each statement, with the arguments of the last round."""
    parameters = parameters_of(study)
    rounds = [r for r in study.rounds.prefetch_related("summaries") if r.closed_at]
    said = arguments_of(rounds[-1:])
    told = []
    for statement in study.statements.all():
        rows = [
            row_of(summary)
            for within in rounds
            for summary in within.summaries.all()
            if summary.statement_id == statement.pk
        ]
        arguments = said[rounds[-1].pk, statement.pk] if rounds else []
        told.append(
            Told(
                statement,
                rows,
                bars_of(rows[-1].summary, parameters) if rows else [],
                [a for a in arguments if a.rating < parameters.agree_from],
                [a for a in arguments if a.rating >= parameters.agree_from],
            )
        )
    return told


@dataclass(frozen=True)
class Feedback:
    """What a panellist sees beside a statement: from the second round on, or as it stands now."""

    statement: DelphiStatement
    row: Row | None
    bars: list[Bar]
    arguments: list[Argument]
    before: DelphiRating | None
    now: DelphiRating | None


def feedback_of(study: DelphiStudy, person: User, within: DelphiRound) -> list[Feedback]:
    """Raises PanelKeyMissing."""
    parameters = parameters_of(study)
    own = own_ratings(person, study)
    shown = within if study.is_real_time else _before(study, within)
    arguments = arguments_of([shown]) if shown else {}
    found = []
    for statement in study.statements.all():
        summary = _summary(study, statement, shown, parameters) if shown else None
        found.append(
            Feedback(
                statement,
                row_of(summary) if summary else None,
                bars_of(summary, parameters) if summary else [],
                arguments.get((shown.pk, statement.pk), []) if shown and summary else [],
                own.get((within.number - 1, statement.pk)),
                own.get((within.number, statement.pk)),
            )
        )
    return found


def _before(study: DelphiStudy, within: DelphiRound) -> DelphiRound | None:
    return study.rounds.filter(number=within.number - 1).first()


def _summary(
    study: DelphiStudy,
    statement: DelphiStatement,
    shown: DelphiRound,
    parameters: delphi.Parameters,
) -> DelphiSummary | None:
    """A few answers alone are shown to nobody: they would tell whose they are."""
    if not study.is_real_time:
        return shown.summaries.filter(statement=statement).first()
    found = summarise(statement, shown, parameters)
    return found if found and found.number >= parameters.min_panel else None
