"""What a ruleset says of proposals, beside what it says of the vote (budgeting.voting_rules)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEY = "proposals"


@dataclass(frozen=True)
class ProposalRules:
    """`support_threshold` counts people, 0 for none; `most_coauthors` those a proposal may name."""

    support_threshold: int = 0
    most_coauthors: int = 10

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ProposalRules":
        """From the data of a whole ruleset. Raises ValueError that names what is wrong."""
        own = data.get(KEY, {})
        unknown = set(own) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown rules of proposals: {', '.join(sorted(unknown))}")
        for name, value in own.items():
            if type(value) is not int or value < 0:
                raise ValueError(f"{name} is a whole number, not {value!r}")
        return cls(**own)
