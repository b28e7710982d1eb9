"""Addresses of envelopes, their conditions and where one votes."""

from accounts.models import User
from participation.models import Territory
from tests.addresses import MISSING, ORGANISERS, SAFE, Page, everyone, only, signed_in

OPEN, DRAFT = "taraz-2027", "taraz-2030"

PAGES = [
    Page("budgeting:envelope-list", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:envelope-list", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:envelope-choose", signed_in(200), signed_in(422), (OPEN, 1)),
    Page("budgeting:envelope-choose", signed_in(404), signed_in(404), (DRAFT, 1)),
    *[
        page
        for slug in (OPEN, DRAFT)
        for page in (
            Page("budgeting:envelope-conditions", ORGANISERS, SAFE, (slug, 1)),
            Page("budgeting:conflict-add", ORGANISERS, only("organiser", status=422), (slug, 1)),
            Page(
                "budgeting:conflict-remove",
                everyone(405),
                only("organiser", status=302),
                (slug, 1),
            ),
            Page(
                "budgeting:projects-earmark", ORGANISERS, only("organiser", status=422), (slug, 1)
            ),
        )
    ],
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    """Both budgets stand already."""
