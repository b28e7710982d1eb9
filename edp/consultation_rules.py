"""The numbers of a consultation, as the part `consultation` of a process's ruleset holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edp.gates import Thresholds
from edp.opinion_results import Rules


@dataclass(frozen=True)
class ConsultationRules:
    """Working days: to answer a comment (law No. 30-VIII of 2023, art. 13), and open at least."""

    answer_days: int
    min_days: int
    results: Rules

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ConsultationRules":
        """From the whole ruleset of a process."""
        own = data.get("consultation", {})
        return cls(
            answer_days=int(own.get("answer_days", 10)),
            min_days=Thresholds.from_data(data.get("gates", {})).consultation_days,
            results=Rules.from_data(own),
        )
