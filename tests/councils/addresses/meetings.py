from accounts.models import User
from councils.models import Council
from tests.addresses import MISSING, SAFE, Page, everyone
from tests.councils.meetings import make_meeting

ANNOUNCED, PLANNED, UNDER_WAY = ("open", 1), ("open", 2), ("open", 3)

PAGES: list[Page] = [
    Page("councils:meeting-list", everyone(200), SAFE, ("open",)),
    Page("councils:meeting-list", MISSING, SAFE, ("draft",)),
    Page("councils:meeting-detail", everyone(200), SAFE, ANNOUNCED),
    Page("councils:meeting-detail", MISSING, SAFE, PLANNED),
]


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """Meeting 1 is announced, 2 planned, 3 under way."""
    make_meeting(opened)
    make_meeting(opened, state="planned")
    make_meeting(opened, state="open")
