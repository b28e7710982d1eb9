from django.utils import timezone

from accounts.models import User
from edp.models import DiscoveryProcess, Registration, Workshop
from edp.services.workshops.statements import capture_statement, say_from_phone
from tests.addresses import BUTTON, MISSING, ORGANISERS, SAFE, Page, everyone, only, signed_in
from tests.edp.meetings import make_workshop

CODE = "known-code-of-nobody-else"
JOIN = "271828"
OPEN, HALL, PLANNED, NONE = ("open", 1), ("open", 2), ("open", 3), ("open", 9)
SAID, WAITING = ("open", 1), ("open", 2)
# A sent form that lacks everything is shown again; a button leads back to where it stands.
SENT = only("organiser", status=422)
PRESSED = only("organiser", status=302)

PAGES: list[Page] = [
    Page("edp:workshop-list", everyone(200), SAFE, ("open",)),
    Page("edp:workshop-list", MISSING, SAFE, ("draft",)),
    Page("edp:workshop-feed", everyone(200), SAFE, ("open",)),
    Page("edp:workshop-plan", ORGANISERS, SENT, ("open",)),
    Page("edp:workshop-detail", everyone(200), SAFE, OPEN),
    Page("edp:workshop-detail", MISSING, SAFE, PLANNED),
    Page("edp:workshop-detail", MISSING, SAFE, NONE),
    Page("edp:workshop-calendar", everyone(200), SAFE, OPEN),
    Page("edp:workshop-register", BUTTON, signed_in(302), OPEN),
    Page("edp:registration-detail", only("alice"), SAFE, HALL),
    Page("edp:registration-cancel", BUTTON, signed_in(302), HALL),
    Page("edp:workshop-desk", ORGANISERS, SAFE, PLANNED),
    Page("edp:workshop-desk", ORGANISERS, SAFE, HALL),
    Page("edp:workshop-edit", ORGANISERS, SENT, OPEN),
    Page("edp:workshop-announce", BUTTON, PRESSED, PLANNED),
    Page("edp:workshop-begin", BUTTON, PRESSED, PLANNED),
    Page("edp:workshop-end", BUTTON, PRESSED, PLANNED),
    Page("edp:workshop-cancel", ORGANISERS, SENT, OPEN),
    Page("edp:workshop-report", ORGANISERS, SENT, HALL),
    Page("edp:invitation-list", ORGANISERS, SENT, OPEN),
    Page("edp:invitation-paste", ORGANISERS, SENT, OPEN),
    Page("edp:check_in-list", ORGANISERS, SENT, HALL),
    Page("edp:check_in-detail", ORGANISERS, PRESSED, (*HALL, CODE)),
    Page("edp:check_in-detail", MISSING | {"anonymous": 302}, MISSING | {"anonymous": 302},
         (*HALL, "no-such-code")),
    Page("edp:head_count-edit", ORGANISERS, SENT, HALL),
    Page("edp:statement-capture", ORGANISERS, SENT, HALL),
    Page("edp:statement-release", BUTTON, PRESSED, (*HALL, 2)),
    Page("edp:workshop-board", ORGANISERS, SENT, HALL),
    Page("edp:statement-move", BUTTON, only(), HALL),
    Page("edp:dots-open", BUTTON, SENT, HALL),
    Page("edp:dots-paper", ORGANISERS, SENT, HALL),
    Page("edp:dots-close", BUTTON, PRESSED, HALL),
    Page("edp:hall-screen", ORGANISERS, SAFE, HALL),
    Page("edp:hall-live", everyone(200), SAFE, (*HALL, "screen")),
    Page("edp:hall-live", everyone(200), SAFE, (*HALL, "phone")),
    Page("edp:hall-live", MISSING, SAFE, (*PLANNED, "phone")),
    Page("edp:hall-join", everyone(200), SAFE),
    Page("edp:hall-phone", everyone(200), everyone(422), (JOIN,)),
    Page("edp:hall-phone", MISSING, MISSING, ("000000",)),
    Page("edp:hall-dots", BUTTON, everyone(422), (JOIN,)),
    Page("edp:obstacle-list", everyone(200), SAFE),
    Page("edp:obstacle-file", everyone(200), SAFE),
    Page("edp:statement-list", everyone(200), SAFE, ("open",)),
    Page("edp:statement-detail", everyone(200), SAFE, SAID),
    Page("edp:statement-detail", MISSING, SAFE, ("open", 3)),
    Page("edp:statement-translate", ORGANISERS, SENT, SAID),
    Page("edp:statement-supersede", ORGANISERS, SENT, SAID),
    Page("edp:statement-erase", ORGANISERS, SENT, SAID),
]  # fmt: skip


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """Meeting 1 is announced, 2 under way, 3 planned; statement 1 is published, the others wait."""
    make_workshop(opened)
    hall = make_workshop(opened, state="running")
    make_workshop(opened, state="planned")
    Workshop.objects.filter(pk=hall.pk).update(join_code=JOIN)
    hall.refresh_from_db()
    Registration.objects.create(
        workshop=hall,
        person=people["alice"],
        helix="civil_society",
        state="registered",
        code=CODE,
        since=timezone.now(),
    )
    said = {"kind": "obstacle", "language": "ru", "helix": "business", "has_consent": True}
    capture_statement(
        by=None, process=opened, workshop=hall, text="14 месяцев", competence="national", **said
    )
    for text in ("С телефона", "И ещё"):
        say_from_phone(workshop=hall, text=text, **said)
