"""The figures that stand on a council's page: each part of the app adds a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from councils.facts import attendance, recommendations
from councils.facts.figure import Figure
from councils.models import Council, Mandate

# In the order of the page. One or two queries each; nothing to tell is an empty list.
FIGURES: tuple[Callable[[Council], Sequence[Figure]], ...] = (
    recommendations.figures_of_council,
    attendance.figures_of_council,
)


def numbers_of(council: Council) -> list[Figure]:
    return [figure for figures in FIGURES for figure in figures(council)]


# The same for a member's page.
MEMBER_FIGURES: tuple[Callable[[Mandate], Sequence[Figure]], ...] = (attendance.figures_of_member,)


def member_numbers_of(mandate: Mandate) -> list[Figure]:
    return [figure for figures in MEMBER_FIGURES for figure in figures(mandate)]
