"""The four mentions of a graded ballot, as Paris has used them since 2021."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from budgeting.voting_rules import BEST_GRADE

GRADE_NAMES: tuple[Promise, ...] = (
    pgettext_lazy("grade", "Not convinced"),
    pgettext_lazy("grade", "Why not"),
    pgettext_lazy("grade", "I like it"),
    pgettext_lazy("grade", "I love it"),
)
"""By grade, the worst first."""

GRADE_OPTIONS = [(grade, GRADE_NAMES[grade]) for grade in range(BEST_GRADE, -1, -1)]
"""As a ballot offers them, the best first."""


def name_of_grade(grade: int) -> str:
    return str(GRADE_NAMES[grade]) if 0 <= grade <= BEST_GRADE else ""
