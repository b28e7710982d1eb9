"""The figures that stand on a council's page: each part of the app adds a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.models import Council, Mandate

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Figure:
    """`number` comes as it is shown; `note` says what it is counted from."""

    number: str
    label: _StrOrPromise
    note: _StrOrPromise = ""


# In the order of the page. One or two queries each; nothing to tell is an empty list.
FIGURES: tuple[Callable[[Council], Sequence[Figure]], ...] = ()


def numbers_of(council: Council) -> list[Figure]:
    return [figure for figures in FIGURES for figure in figures(council)]


# The same for a member's page.
MEMBER_FIGURES: tuple[Callable[[Mandate], Sequence[Figure]], ...] = ()


def member_numbers_of(mandate: Mandate) -> list[Figure]:
    return [figure for figures in MEMBER_FIGURES for figure in figures(mandate)]
