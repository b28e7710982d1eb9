"""Recommendations as a table for anybody to count again; dates are ISO."""

from collections.abc import Iterable, Iterator
from typing import Any

from councils.models import Recommendation
from councils.models.meetings import RecommendationQuerySet
from participation.models import AnswerDue

COLUMNS = [
    "number", "reference", "title_kk", "title_ru", "title_en", "matter", "state", "adopted_on",
    "delivered_on", "body", "due_on", "answered_on", "days_late", "disposition", "acts",
]  # fmt: skip


def rows_of_csv(found: RecommendationQuerySet) -> Iterator[list[Any]]:
    """One row for each body that has it; one without a body before delivery."""
    yield COLUMNS
    rows = found.prefetch_related(
        "acts", "dossier__answers_due__addressee", "dossier__answers_due__answers"
    )
    for recommendation in rows:
        owed = recommendation.dossier.answers_due.all()
        dues: list[AnswerDue | None] = [due for due in owed if due.comment_id is None]
        for due in dues or [None]:
            yield [*_words(recommendation), *_answer(due), _acts(recommendation.acts.all())]


def _words(recommendation: Recommendation) -> list[Any]:
    titles = {text.language: text.title for text in recommendation.dossier.texts.all()}
    docket = recommendation.docket
    return [
        recommendation.number,
        recommendation.dossier.reference,
        *(titles.get(code, "") for code in ("kk", "ru", "en")),
        docket.dossier.reference if docket else "",
        recommendation.state,
        recommendation.adopted_on or "",
        recommendation.delivered_on or "",
    ]


def _answer(due: AnswerDue | None) -> list[Any]:
    if due is None:
        return [""] * 5
    return [
        due.addressee.name_ru,
        due.due_on,
        due.answered_on or "",
        "" if due.days_late is None else due.days_late,
        due.answer.disposition if due.answer else "",
    ]


def _acts(acts: Iterable[Any]) -> str:
    return "; ".join(f"{act.number} ({act.adopted_on})" for act in acts)
