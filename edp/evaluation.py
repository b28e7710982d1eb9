"""What an evaluation comes to: the sheets in the form of `manage.py rank_ideas`, and its results.

Pure and exact: fractions stay fractions, written as text ("239/60"), so that a snapshot can be
compared byte by byte and computed again by anybody.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from edp import scoring
from edp.reports import RECUSED, ranking_report

Row = Sequence[int | None]


@dataclass(frozen=True)
class Criteria:
    codes: Sequence[str]
    weights: Sequence[Fraction]


@dataclass(frozen=True)
class Sheets:
    """Idea → assessor → scores; `recused` are pairs of idea and assessor. Both by public label."""

    scores: Mapping[str, Mapping[str, Row]]
    recused: frozenset[tuple[str, str]] = frozenset()
    helices: Mapping[str, str] = field(default_factory=dict)

    def to_input(self) -> dict[str, dict[str, Any]]:
        told: dict[str, dict[str, Any]] = {idea: {} for idea in self.scores}
        for idea, sheet in self.scores.items():
            told[idea] = {name: list(row) for name, row in sheet.items()}
        for idea, name in self.recused:
            told.setdefault(idea, {})[name] = RECUSED
        return {idea: dict(sorted(sheet.items())) for idea, sheet in sorted(told.items())}


def evaluate(criteria: Criteria, sheets: Sheets, rules: scoring.Rules) -> dict[str, Any]:
    """`input`, `helices` and `results`; every number in `results` is an integer or text.

    Raises ValueError where weights do not sum to 1 or a row has another number of criteria.
    """
    given = {
        "criteria": list(criteria.codes),
        "weights": [_decimal(weight) for weight in criteria.weights],
        "scale": [0, rules.top],
        "min_coverage": str(rules.min_coverage),
        "min_assessors": rules.min_assessors,
        "scores": sheets.to_input(),
    }
    results = ranking_report(json.dumps(given)) if given["scores"] else {}
    for row in results.get("ranking", []):
        sheet = sheets.scores.get(row["idea"], {})
        score = scoring.idea_score(criteria.weights, sheet, rules)
        row["lowest"], row["highest"] = score.lowest, score.highest
        row["why_withheld"] = why_withheld(score, rules)
        row["helices"] = scoring.helix_means(criteria.weights, sheet, sheets.helices)
    return {
        "input": given,
        "helices": dict(sorted(sheets.helices.items())),
        "results": _written(results),
    }


def why_withheld(score: scoring.IdeaScore, rules: scoring.Rules) -> str:
    """few_assessors, low_coverage, or empty for a score that may be published."""
    if score.publishable:
        return ""
    return "few_assessors" if score.assessors < rules.min_assessors else "low_coverage"


def departs(ranking: Sequence[Mapping[str, Any]], chosen: frozenset[str]) -> bool:
    """Whether a choice passes over an idea with a better place, or takes one without a place."""
    places = {str(row["idea"]): row["place"] for row in ranking}
    taken = [places.get(idea) for idea in chosen]
    if any(place is None for place in taken):
        return True
    left = [place for idea, place in places.items() if place is not None and idea not in chosen]
    return any(other < place for other in left for place in taken if place is not None)


def canonical(data: Mapping[str, Any]) -> tuple[str, str]:
    """The one way to write it, and the SHA-256 of its bytes in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def _decimal(weight: Fraction) -> str:
    return f"{float(weight):.5f}".rstrip("0")


def _written(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _written(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    return value
