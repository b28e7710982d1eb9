"""The rules by which a city checks proposals, as a ruleset of the kind `budgeting.feasibility`.

The same ruleset gives the departments their days and reminders (participation.answer_rules).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KIND = "budgeting.feasibility"
CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class CheckText:
    """A line of the check list in three languages; English may be empty."""

    code: str
    kk: str
    ru: str
    en: str = ""


@dataclass(frozen=True)
class FeasibilityRules:
    """Terms in working days: of a department for its verdict, of authors for an answer to a
    question, for their answer to changes, and for an appeal."""

    working_days: int
    question_days: int
    consent_days: int
    appeal_days: int
    checklist: tuple[CheckText, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> FeasibilityRules:
        """Raises ValueError that names what is missing or impossible."""
        names = ("working_days", "question_days", "consent_days", "appeal_days")
        terms = {name: data.get(name) for name in names}
        for name, days in terms.items():
            if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 250:
                raise ValueError(f"{name} has to be 1 to 250 working days")
        return cls(**terms, checklist=_checklist(data.get("checklist", [])))  # type: ignore[arg-type]


def _checklist(rows: Any) -> tuple[CheckText, ...]:
    try:
        lines = tuple(CheckText(**row) for row in rows)
    except TypeError as error:
        raise ValueError(f"no check list: {error}") from error
    if any(not CODE.fullmatch(line.code) or not line.kk or not line.ru for line in lines):
        raise ValueError("a line of the check list has a code and a text in kk and ru")
    if len({line.code for line in lines}) < len(lines):
        raise ValueError("two lines of the check list have one code")
    return lines
