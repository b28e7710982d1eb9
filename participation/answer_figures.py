"""How state bodies answer, in figures; and the figures of the past to hold beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Min, Q

from accounts.models import Organisation
from participation.models import AnswerDue
from participation.models.answers import AnswerDueQuerySet


class Median(Aggregate):
    """PostgreSQL's median; halfway between the middle two of an even number."""

    function = "percentile_cont"
    name = "median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Baseline:
    """Public discussion of draft legal acts in October 2019: drafts, comments, responses.

    Source: OECD (2020), Regional policies to support diversification and productivity growth in
    Kazakhstan.
    """

    drafts: int = 691
    comments: int = 619
    responses: int = 201

    @property
    def comments_a_draft(self) -> Fraction:
        return Fraction(self.comments, self.drafts)

    @property
    def answered_share(self) -> Fraction:
        """In hundredths."""
        return Fraction(100 * self.responses, self.comments)


BASELINE = Baseline()


@dataclass(frozen=True)
class Figures:
    """Counts of answers due; `median_days` are working days from receipt to answer."""

    total: int = 0
    answered: int = 0
    on_time: int = 0
    overdue: int = 0
    paused: int = 0
    median_days: float | None = None
    waiting_since: date | None = None

    @property
    def late(self) -> int:
        return self.answered - self.on_time

    @property
    def waiting(self) -> int:
        return self.total - self.answered

    @property
    def on_time_share(self) -> Fraction | None:
        """In hundredths, of all whose day has come: answered, or overdue. None: of nothing."""
        come = self.answered + self.overdue
        return Fraction(100 * self.on_time, come) if come else None

    @property
    def answered_share(self) -> Fraction | None:
        """In hundredths, of all that were received."""
        return Fraction(100 * self.answered, self.total) if self.total else None


@dataclass(frozen=True)
class Body:
    organisation: Organisation
    figures: Figures


def _counts(today: date) -> dict[str, Any]:
    is_open = Q(answered_on=None)
    return {
        "total": Count("pk"),
        "answered": Count("pk", filter=~is_open),
        "on_time": Count("pk", filter=Q(days_late=0)),
        "overdue": Count("pk", filter=is_open & Q(paused_on=None, due_on__lt=today)),
        "paused": Count("pk", filter=is_open & Q(paused_on__isnull=False)),
        "median_days": Median("days_taken"),
        "waiting_since": Min("received_on", filter=is_open),
    }


def figures_of(answers_due: AnswerDueQuerySet, today: date) -> Figures:
    return Figures(**answers_due.order_by().aggregate(**_counts(today)))


def board(today: date) -> list[Body]:
    """Every body that owed an answer: those with most overdue first, then by name."""
    rows = AnswerDue.objects.public().order_by().values("addressee").annotate(**_counts(today))
    figures = {row["addressee"]: _figures(row) for row in rows}
    bodies = Organisation.objects.filter(pk__in=figures)
    return sorted(
        (Body(organisation, figures[organisation.pk]) for organisation in bodies),
        key=lambda body: (-body.figures.overdue, body.organisation.name),
    )


def _figures(row: Mapping[str, Any]) -> Figures:
    return Figures(**{name: value for name, value in row.items() if name != "addressee"})


def rows_of_csv(answers_due: Iterable[AnswerDue], today: date) -> Iterable[list[Any]]:
    """The board as a table for anybody to count again; dates are ISO, days are working days."""
    yield [
        "number", "dossier", "body", "subject_kk", "subject_ru", "subject_en", "received_on",
        "working_days", "due_on", "calendar", "state", "answered_on", "days_taken", "days_late",
        "disposition", "redirected_from",
    ]  # fmt: skip
    for due in answers_due:
        answer = due.answer
        yield [
            due.pk,
            due.dossier.reference,
            due.addressee.name_ru,
            due.subject_kk,
            due.subject_ru,
            due.subject_en,
            due.received_on.isoformat(),
            due.length,
            due.due_on.isoformat(),
            due.calendar_version,
            str(due.state_on(today)),
            due.answered_on.isoformat() if due.answered_on else "",
            "" if due.days_taken is None else due.days_taken,
            "" if due.days_late is None else due.days_late,
            answer.disposition if answer else "",
            due.redirected_from_id or "",
        ]
