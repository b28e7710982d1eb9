from accounts.models import User
from edp.models import Consultation, DiscoveryProcess
from edp.services import consultation as services
from participation.services import Wording
from tests.addresses import (
    BUTTON,
    MISSING,
    NOBODY,
    ORGANISERS,
    SAFE,
    Page,
    everyone,
    only,
    signed_in,
)
from tests.conftest import as_restore
from tests.edp.consulting import terms, words
from tests.participation.answers import make_body

OPEN, ONE, TWO = ("open", 1), ("open", 1, 1), ("open", 2)
FORM = only("organiser", status=422)
LED_BACK = only("organiser", status=302)
# The round ONE is open, TWO is being prepared; the officer's body answers both.
PAGES: list[Page] = [
    Page("edp:consultation-detail", everyone(302), SAFE, ("open",)),
    Page("edp:consultation-detail", MISSING, SAFE, ("draft",)),
    Page("edp:consultation-organise", ORGANISERS, SAFE, ("open",)),
    Page("edp:consultation-organise", ORGANISERS, SAFE, ("draft",)),
    Page("edp:consultation-create", ORGANISERS, FORM, ("open",)),
    *(
        page
        for name in ("detail", "changes", "report", "report-csv", "report-json")
        for page in (
            Page(f"edp:round-{name}", everyone(200), SAFE, OPEN),
            Page(f"edp:round-{name}", MISSING, SAFE, TWO),
        )
    ),
    Page("edp:round-version", everyone(200), SAFE, ONE),
    Page("edp:round-version", MISSING, SAFE, ("open", 1, 2)),
    Page("edp:passage-detail", everyone(200), signed_in(422), ONE),
    Page("edp:passage-detail", everyone(200), signed_in(422), ("open", 1, 0)),
    Page("edp:passage-detail", MISSING, MISSING, ("open", 1, 99)),
    Page("edp:passage-detail", MISSING, MISSING, ("open", 2, 1)),
    Page("edp:vote-list", everyone(200), SAFE, OPEN),
    Page("edp:vote-list", MISSING, SAFE, TWO),
    Page("edp:vote-next", signed_in(302), SAFE, OPEN),
    Page("edp:vote-next", NOBODY, SAFE, TWO),
    Page("edp:vote-cast", signed_in(200), signed_in(422), ONE),
    Page("edp:vote-cast", NOBODY, NOBODY, ("open", 1, 2)),  # proposed, not put to the vote
    Page("edp:vote-propose", signed_in(200), signed_in(422), OPEN),
    Page("edp:vote-csv", MISSING, SAFE, OPEN),  # only after the close
    Page("edp:vote-json", MISSING, SAFE, OPEN),
    Page(
        "edp:comment-enter",
        only("organiser", "officer"),
        only("organiser", "officer", status=422),
        OPEN,
    ),
    Page("edp:comment-enter", NOBODY, NOBODY, TWO),
    *(
        page
        for which in (OPEN, TWO)
        for page in (
            Page("edp:round-organise", ORGANISERS, SAFE, which),
            Page("edp:round-act", BUTTON, LED_BACK, which),
            Page("edp:round-change", ORGANISERS, FORM, which),
            Page("edp:round-extend", ORGANISERS, FORM, which),
            Page("edp:vote-add", ORGANISERS, FORM, which),
        )
    ),
    Page("edp:passage-add", ORGANISERS, FORM, TWO),
    Page("edp:passage-add", NOBODY, NOBODY, OPEN),  # its text is published
    Page("edp:passage-change", ORGANISERS, FORM, ("open", 2, 1)),
    Page("edp:passage-change", NOBODY, NOBODY, ONE),
    Page("edp:passage-remove", BUTTON, LED_BACK, ("open", 2, 1)),
    Page("edp:passage-remove", BUTTON, NOBODY, ONE),
    Page("edp:vote-decide", ORGANISERS, FORM, ("open", 1, 2)),
    Page("edp:vote-decide", NOBODY, NOBODY, ONE),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """An open round with a statement on the vote and one proposed, and a round in preparation."""
    with as_restore():
        DiscoveryProcess.objects.filter(pk=opened.pk).update(stage="consultation")
    opened.refresh_from_db()
    for number in (1, 2):
        consultation = services.create_consultation(
            by=None,
            process=opened,
            wordings=[Wording("kk", "Кеңес"), Wording("ru", "Консультация"), Wording("en", "Text")],
            terms=terms(decider=make_body()),
        )
        version = consultation.versions.get()
        services.add_passage(version=version, words=words())
        if number == 1:
            services.open_consultation(by=None, consultation=consultation)
            _statements(consultation.pk, people["alice"])
    with as_restore():
        DiscoveryProcess.objects.filter(pk=opened.pk).update(stage="discovery")
    opened.refresh_from_db()


def _statements(consultation: int, alice: User | None) -> None:
    assert alice is not None
    row = Consultation.objects.get(pk=consultation)
    services.add_statement(by=None, consultation=row, texts={"kk": "Иә", "ru": "Да", "en": "Yes"})
    services.propose_statement(by=alice, consultation=row, text="No", language="en")
