from accounts.models import User
from councils.models import Council
from tests.addresses import Page

PAGES: list[Page] = []


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """Nothing yet."""
