"""Nothing yet."""

from accounts.models import User
from councils.models import Council
from participation.models import Territory


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    """Nothing yet."""
