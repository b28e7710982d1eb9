"""Addresses of votes on paper: the registrar serves at a station of the open budget."""

from accounts.models import User
from budgeting.models import Cycle, Election, PaperBatch, PaperCount, Station, StationOfficer
from participation.models import Territory
from tests.addresses import BUTTON, MISSING, ORGANISERS, SAFE, Page, everyone, only
from tests.conftest import as_restore

OPEN, DRAFT = "taraz-2027", "taraz-2030"
SERVES = only("registrar")
KEYS = only("organiser", "registrar")
KEYS_422 = only("organiser", "registrar", status=422)
KEYS_302 = only("organiser", "registrar", status=302)
ORGANISED_422 = only("organiser", status=422)


def _officer() -> int:
    return StationOfficer.objects.get(station__cycle__slug=OPEN).pk


PAGES: list[Page] = [
    Page("budgeting:station-list", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:station-list", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:station-protocol", everyone(200), SAFE, (OPEN, 1)),
    Page("budgeting:station-protocol", MISSING, SAFE, (DRAFT, 1)),
    *[
        page
        for slug in (OPEN, DRAFT)
        for page in (
            Page("budgeting:station-manage", ORGANISERS, SAFE, (slug,)),
            Page("budgeting:station-open", ORGANISERS, ORGANISED_422, (slug,)),
            Page("budgeting:station-edit", ORGANISERS, ORGANISED_422, (slug, 1)),
            Page("budgeting:officer-appoint", BUTTON, ORGANISED_422, (slug, 1)),
            Page("budgeting:protocol-declare", ORGANISERS, ORGANISED_422, (slug, 1, 1)),
        )
    ],
    Page("budgeting:ballot-print", only("organiser", status=302), SAFE, (DRAFT, 1)),
    Page("budgeting:officer-end", BUTTON, only("organiser", status=302), (OPEN, 1, _officer)),
    Page("budgeting:officer-end", BUTTON, only(), (DRAFT, 1, _officer)),
    Page("budgeting:station-desk", KEYS, KEYS_422, (OPEN, 1)),
    Page("budgeting:paper-give", SERVES, only("registrar", status=422), (OPEN, 1)),
    Page("budgeting:batch-detail", KEYS, KEYS_422, (OPEN, 1, 1)),
    Page("budgeting:batch-detail", only(), only(), (DRAFT, 1, 1)),
    Page("budgeting:paper-key", KEYS, KEYS_422, (OPEN, 1, 1)),
    Page("budgeting:paper-decide", KEYS, KEYS_422, (OPEN, 1, 1, 1)),
    Page("budgeting:batch-close", BUTTON, KEYS_302, (OPEN, 1, 1)),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    """A station in each budget; in the open one a batch of a paper that was given."""
    words = {
        f"{name}_{code}": name for name in ("name", "address", "hours") for code in ("kk", "ru")
    }
    open_one, _draft = (
        Station.objects.create(cycle=Cycle.objects.get(slug=slug), number=1, **words)
        for slug in (OPEN, DRAFT)
    )
    registrar = people["registrar"]
    assert registrar is not None
    StationOfficer.objects.create(station=open_one, person=registrar)
    election = Election.objects.get(envelope__cycle=open_one.cycle)
    with as_restore():  # the rules of this budget know no register
        PaperCount.objects.create(station=open_one, election=election, given=1)
        PaperBatch.objects.create(
            station=open_one, election=election, number=1, papers=1, made_by=registrar
        )
