"""Evaluation by criteria: weighted scores in which a missing score is missing and not zero.

Pure and exact. Scores are whole numbers of a scale (0-5); None is "no information" and does not
count. An assessor who is recused from an idea has no row for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Scores = Sequence[int | None]
Sheet = Mapping[str, Scores]
Sheets = Mapping[str, Sheet]
"""Idea → assessor → one score for each criterion."""


@dataclass(frozen=True)
class Rules:
    """What makes a score fit to be published; values of a ruleset."""

    min_coverage: Fraction = Fraction(4, 5)
    min_assessors: int = 3
    top: int = 5


@dataclass(frozen=True)
class IdeaScore:
    """`score` on the scale; `coverage` is the weight of the criteria that anyone scored;
    `means` is by criterion, None where nobody scored."""

    score: Fraction | None
    coverage: Fraction
    assessors: int
    means: tuple[Fraction | None, ...]
    lowest: int | None
    highest: int | None
    publishable: bool
    percent: Fraction | None


def check_weights(weights: Sequence[Fraction]) -> None:
    """Raises ValueError unless every weight is ≥ 0 and all sum to exactly 1."""
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    if sum(weights) != 1:
        raise ValueError(f"weights sum to {sum(weights)}, not 1")


def idea_score(weights: Sequence[Fraction], sheet: Sheet, rules: Rules = Rules()) -> IdeaScore:
    """Mean of each criterion first, then the weighted mean over the criteria that have one.

    Raises ValueError where the weights are wrong or a row has another number of criteria.
    """
    check_weights(weights)
    if any(len(row) != len(weights) for row in sheet.values()):
        raise ValueError(f"each assessor has {len(weights)} criteria to score")
    columns = [
        [row[place] for row in sheet.values() if row[place] is not None]
        for place in range(len(weights))
    ]
    means = tuple(
        Fraction(sum(s for s in column if s is not None), len(column)) if column else None
        for column in columns
    )
    scored = [(w, mean) for w, mean in zip(weights, means, strict=True) if mean is not None]
    coverage = sum((weight for weight, _ in scored), Fraction(0))
    score = sum((w * mean for w, mean in scored), Fraction(0)) / coverage if coverage else None
    assessors = sum(any(s is not None for s in row) for row in sheet.values())
    given = [s for row in sheet.values() for s in row if s is not None]
    return IdeaScore(
        score=score,
        coverage=coverage,
        assessors=assessors,
        means=means,
        lowest=min(given, default=None),
        highest=max(given, default=None),
        publishable=coverage >= rules.min_coverage and assessors >= rules.min_assessors,
        percent=100 * score / rules.top if score is not None else None,
    )


def all_scores(
    weights: Sequence[Fraction], sheets: Sheets, rules: Rules = Rules()
) -> dict[str, IdeaScore]:
    return {idea: idea_score(weights, sheet, rules) for idea, sheet in sheets.items()}


def ranking(scores: Mapping[str, IdeaScore]) -> list[tuple[int, str]]:
    """(place, idea) of the publishable, best first; equal scores share a place."""
    told = {i: s.score for i, s in scores.items() if s.publishable and s.score is not None}
    return sorted(
        (1 + sum(other > score for other in told.values()), idea) for idea, score in told.items()
    )


def leave_one_out(
    weights: Sequence[Fraction], sheets: Sheets, rules: Rules = Rules()
) -> dict[str, dict[str, IdeaScore]]:
    """The scores as they would be without each assessor in turn."""
    assessors = dict.fromkeys(name for sheet in sheets.values() for name in sheet)
    return {
        left: all_scores(
            weights,
            {
                idea: {name: row for name, row in sheet.items() if name != left}
                for idea, sheet in sheets.items()
            },
            rules,
        )
        for left in assessors
    }


def _leader(scores: Mapping[str, IdeaScore], among: Sequence[str]) -> set[str]:
    told = {idea: scores[idea].score for idea in among}
    best = max((score for score in told.values() if score is not None), default=None)
    return {idea for idea, score in told.items() if score is not None and score == best}


def deciding_assessors(weights: Sequence[Fraction], sheets: Sheets, rules: Rules) -> list[str]:
    """Assessors without whom another idea would be first, among the publishable ones."""
    full = all_scores(weights, sheets, rules)
    among = [idea for _, idea in ranking(full)]
    first = _leader(full, among)
    return [
        left
        for left, scores in leave_one_out(weights, sheets, rules).items()
        if _leader(scores, among) != first
    ]


@dataclass(frozen=True)
class Variation:
    """One weight made smaller or larger and all brought back to 1: who leads, and by how much."""

    criterion: int
    factor: Fraction
    first: str
    lead: Fraction


def weight_sensitivity(
    weights: Sequence[Fraction],
    sheets: Sheets,
    rules: Rules = Rules(),
    by: Fraction = Fraction(1, 5),
) -> list[Variation]:
    """The first place with each weight ± `by`; empty with fewer than two publishable ideas."""
    among = [idea for _, idea in ranking(all_scores(weights, sheets, rules))]
    if len(among) < 2:
        return []
    found = []
    for place in range(len(weights)):
        for factor in (1 - by, 1 + by):
            changed = [w * factor if n == place else w for n, w in enumerate(weights)]
            changed = [weight / sum(changed) for weight in changed]
            scores = all_scores(changed, sheets, rules)
            ordered = sorted(
                ((scores[idea].score or Fraction(0), idea) for idea in among),
                key=lambda pair: (-pair[0], pair[1]),
            )
            found.append(Variation(place, factor, ordered[0][1], ordered[0][0] - ordered[1][0]))
    return found


def helix_means(
    weights: Sequence[Fraction], sheet: Sheet, helices: Mapping[str, str]
) -> dict[str, Fraction | None]:
    """The idea's score by the assessors of each helix; `helices` is by assessor."""
    return {
        helix: idea_score(
            weights, {name: row for name, row in sheet.items() if helices[name] == helix}
        ).score
        for helix in dict.fromkeys(helices[name] for name in sheet)
    }
