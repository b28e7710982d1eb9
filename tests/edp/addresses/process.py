from django.utils import timezone

from accounts.models import User
from edp.models import DiscoveryProcess, GroupMembership
from tests.addresses import BUTTON, MISSING, ORGANISERS, SAFE, Page, everyone, only, signed_in

OPEN, DRAFT = ("open",), ("draft",)
PRESSED = only("organiser", status=302)
FORMS = (
    "edp:process-dates",
    "edp:resources-edit",
    "edp:decision-publish",
    "edp:outputs-edit",
    "edp:lead-edit",
    "edp:condition-waive",
    "edp:process-move",
    "edp:membership-list",
)
INVALID = only("organiser", status=422)
ANY_ORGANISER = only("organiser", "elsewhere")
ANY_ORGANISER_INVALID = only("organiser", "elsewhere", status=422)


def _seat() -> int:
    return GroupMembership.objects.get(process__slug="open", name="Seat").pk


PAGES: list[Page] = [
    Page("edp:process-list", everyone(200), SAFE),
    Page("edp:process-detail", everyone(200), SAFE, OPEN),
    Page("edp:process-detail", MISSING, SAFE, DRAFT),
    Page("edp:decision-list", everyone(200), SAFE, OPEN),
    Page("edp:process-create", ANY_ORGANISER, ANY_ORGANISER_INVALID),
    Page("edp:process-clone", ANY_ORGANISER, ANY_ORGANISER_INVALID, OPEN),
    Page("edp:process-clone", signed_in(404), signed_in(404), DRAFT),
    Page("edp:process-organise", ORGANISERS, SAFE, OPEN),
    Page("edp:process-organise", ORGANISERS, SAFE, DRAFT),
    Page("edp:process-edit", ORGANISERS, INVALID, DRAFT),
    *(Page(name, ORGANISERS, INVALID, OPEN) for name in FORMS),
    Page("edp:gate-pass", BUTTON, PRESSED, OPEN),
    Page("edp:rules-freeze", BUTTON, PRESSED, OPEN),
    Page("edp:membership-leave", BUTTON, PRESSED, ("open", _seat)),
    Page("edp:interests-declare", ORGANISERS, INVALID, ("open", _seat)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    GroupMembership.objects.create(
        process=opened,
        group=GroupMembership.Group.STEERING,
        name="Seat",
        helix="business",
        since=timezone.localdate(),
    )
