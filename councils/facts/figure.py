"""One figure as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Figure:
    """`number` comes as it is shown; `note` says what it is counted from."""

    number: str
    label: _StrOrPromise
    note: _StrOrPromise = ""
