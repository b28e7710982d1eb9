"""The addresses of public councils and a world in which they exist, part by part.

The council OPEN is public and of the tests' city: "secretary" keeps it, "member" chairs it, and the
body it oversees is the one that "officer" answers for. DRAFT is not public.
"""

from accounts.models import User
from councils.models import Mandate
from participation.models import Territory
from tests.councils.addresses import (
    council,
    hearings,
    meetings,
    recommendations,
    selection,
    work,
)
from tests.councils.making import make_council

PARTS = (council, selection, meetings, hearings, recommendations, work)
PAGES = [page for part in PARTS for page in part.PAGES]


def fill(people: dict[str, User | None], city: Territory) -> None:
    opened = make_council(city, slug="open")
    draft = make_council(city, slug="draft", is_public=False)
    Mandate.objects.filter(council=opened, office=Mandate.Office.CHAIR).update(
        person=people["member"]
    )
    for part in PARTS:
        part.fill(opened, draft, people)
