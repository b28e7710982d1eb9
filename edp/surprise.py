"""An entrepreneurial surprise: an activity that no figures and no plan would have pointed to.

OECD 2020, lines 2210-2212: discovery is worth its cost where it finds what mapping did not. Pure.
"""

from collections.abc import Iterable

BOTTOM_UP = "bottom_up"


def is_surprise(*, origin: str, signals: Iterable[str], named_in_plan: str) -> bool:
    """From participants, without any signal for its activities, and in no existing plan.

    A label for readers and never a rule: it moves no idea on and holds none back.
    """
    return origin == BOTTOM_UP and not any(signals) and not named_in_plan.strip()
