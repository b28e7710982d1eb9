from accounts.models import User
from edp.models import DiscoveryProcess
from tests.addresses import Page

PAGES: list[Page] = []


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """What the addresses of this part name."""
