"""The rules by which a body answers, as a ruleset of the kind `answers` holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KIND = "answers"


@dataclass(frozen=True)
class AnswerRules:
    """Terms in working days. `reminders` are steps from the due date, before it if negative.

    `escalation` names, for a step after the due date, the kinds of role that are told beside the
    body itself; `longest_extension` is by how much a term may be extended in all. With
    `names_change` whoever accepts, wholly or in part, says what changes.
    """

    working_days: int
    reminders: tuple[int, ...]
    escalation: dict[int, tuple[str, ...]]
    longest_extension: int = 0
    names_change: bool = False

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> AnswerRules:
        """Raises ValueError or KeyError for what is no such ruleset."""
        rules = cls(
            working_days=int(data["working_days"]),
            reminders=tuple(sorted({int(step) for step in data.get("reminders", [])})),
            escalation={
                int(step): tuple(kinds) for step, kinds in data.get("escalation", {}).items()
            },
            longest_extension=int(data.get("longest_extension", 0)),
            names_change=bool(data.get("names_change", False)),
        )
        if not 1 <= rules.working_days <= 250 or not 0 <= rules.longest_extension <= 250:
            raise ValueError("a term has 1 to 250 working days")
        if any(step == 0 or abs(step) > 250 for step in rules.reminders):
            raise ValueError("a reminder goes out before or after the due date")
        return rules

    def lacks_change(self, disposition: str, change_reference: str) -> bool:
        """Whether an answer says yes and not what that changes."""
        says_yes = disposition in ("accepted", "in_part")
        return self.names_change and says_yes and not change_reference.strip()

    def level(self, step: int) -> int:
        """0 for a reminder before the date; 1, 2, … for each one after it."""
        return sum(0 < other <= step for other in self.reminders)
