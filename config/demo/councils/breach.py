"""A council in breach and its by-election."""

from accounts.models import User
from participation.models import Territory


def load(*, people: dict[str, User], places: dict[str, Territory]) -> None:
    """Nothing yet."""
