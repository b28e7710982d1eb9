from accounts.models import User
from edp.models import DiscoveryProcess


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """This part of Zhambyl's process."""
