"""A trial of the vote of "taraz-2030", which nobody has made public yet; "taraz-2027" has none."""

from uuid import UUID

from accounts.models import User
from budgeting.models import Election, Trial
from participation.models import Territory
from tests.addresses import BUTTON, MISSING, ORGANISERS, SAFE, Page, everyone, only

NONE, TRIED = ("taraz-2027", 1), ("taraz-2030", 1)
STAFF = ("organiser", "reviewer", "registrar")
BALLOT = UUID(int=1)

PAGES = [
    Page("budgeting:trial-detail", ORGANISERS, SAFE, NONE),
    Page("budgeting:trial-detail", ORGANISERS, SAFE, TRIED),
    Page("budgeting:trial-open", BUTTON, only("organiser", status=302), TRIED),
    Page("budgeting:trial-link", BUTTON, only("organiser", status=302), TRIED),
    Page("budgeting:trial-revoke", BUTTON, only("organiser", status=302), TRIED),
    Page("budgeting:trial-fill", ORGANISERS, only("organiser", status=422), TRIED),
    Page("budgeting:trial-fill", only(), only(), NONE),
    Page("budgeting:trial-count", only("organiser", status=302), SAFE, TRIED),
    Page("budgeting:trial-end", BUTTON, only("organiser", status=302), TRIED),
    Page("budgeting:trial-cast", only(*STAFF), only(*STAFF), TRIED),
    Page("budgeting:trial-cast", only(), only(), NONE),
    Page("budgeting:trial-receipt", only(), SAFE, (*TRIED, BALLOT)),
    Page("budgeting:trial-enter", MISSING, SAFE, (*TRIED, "no-such-secret")),
    Page("budgeting:trial-enter", everyone(404), SAFE, (*NONE, "no-such-secret")),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    election = Election.objects.get(envelope__cycle__slug="taraz-2030", envelope__number=1)
    Trial.objects.create(election=election)
