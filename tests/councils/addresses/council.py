from accounts.models import User
from councils.models import Council
from tests.addresses import MISSING, SAFE, Page, everyone

PAGES: list[Page] = [
    Page("councils:council-list", everyone(200), SAFE),
    Page("councils:council-detail", everyone(200), SAFE, ("open",)),
    Page("councils:council-detail", MISSING, SAFE, ("draft",)),
]


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """The two councils are all that these pages need."""
