"""The numbers of the law that a council works by, as its ruleset gives them.

Most could not be verified in the law's text (docs/councils.md says which), so none is a constant:
they are values of a dated ruleset of kind "councils.council".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

RULES_KIND = "councils.council"


@dataclass(frozen=True)
class CouncilRules:
    """Days are working days. `quorum_share` is of members, and must be exceeded, not reached.

    With `may_citizens_sit` a seat of civil society needs no organisation behind it.
    """

    least_seats: int = 15
    most_seats: int = 30
    civil_share: Fraction = Fraction(2, 3)
    term_years: int = 3
    formation_months: int = 2
    working_group_state_share: Fraction = Fraction(1, 3)
    may_citizens_sit: bool = True
    may_state_chair: bool = False
    quorum_share: Fraction = Fraction(1, 2)
    is_quorum_exceeded: bool = True
    is_quorum_of_seats: bool = False
    recused_count_for_quorum: bool = True
    has_casting_vote: bool = False
    is_blocked_in_breach: bool = False
    notice_days: int = 10
    draft_minutes_days: int = 5
    publish_minutes_days: int = 10
    answer_days: int = 10
    # Steps from the day an answer is due; those after it escalate.
    answer_reminders: tuple[int, ...] = (-3, 5, 10, 20)
    citizen_check_days: int = 20
    may_exceed_line: bool = True
    annual_report_months: int = 3  # after the year has ended

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CouncilRules:
        """Raises ValueError for a name that is no rule; a share is written "2/3"."""
        unknown = sorted(set(data) - set(cls.__dataclass_fields__))
        if unknown:
            raise ValueError(f"no rules of a council: {', '.join(unknown)}")
        values: dict[str, Any] = {
            name: Fraction(value) if name.endswith("_share") else value
            for name, value in data.items()
        }
        return cls(**values)
