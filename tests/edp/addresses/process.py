from accounts.models import User
from edp.models import DiscoveryProcess
from tests.addresses import MISSING, SAFE, Page, everyone

OPEN = ("open",)

PAGES: list[Page] = [
    Page("edp:process-list", everyone(200), SAFE),
    Page("edp:process-detail", everyone(200), SAFE, OPEN),
    Page("edp:process-detail", MISSING, SAFE, ("draft",)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """What the addresses of this part name."""
