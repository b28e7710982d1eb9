"""One line of the list of what is to do before a vote."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """`text` says what is to do, or what was found in order."""

    code: str
    text: str
    is_done: bool
