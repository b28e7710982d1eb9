from accounts.models import User
from edp import phases
from edp.models import DiscoveryProcess, NeedMatch, Pledge, Priority
from participation.services import Wording, create_dossier, publish_dossier
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
from tests.edp.making_ideas import make_draft, make_idea, make_statement

OPEN, DRAFT = "open", "draft"
SENT, UNSENT, PARKED = 1, 2, 3
OWN, OWN_FORM = only("alice"), only("alice", status=422)
ORGANISERS_FORM = only("organiser", status=422)


def _pledge() -> int:
    return Pledge.objects.values_list("pk", flat=True)[0]


def _match() -> int:
    return NeedMatch.objects.values_list("pk", flat=True)[0]


PAGES: list[Page] = [
    Page("edp:idea-list", everyone(200), SAFE, (OPEN,)),
    Page("edp:idea-list", MISSING, SAFE, (DRAFT,)),
    Page("edp:ideas-csv", everyone(200), SAFE, (OPEN,)),
    Page("edp:ideas-json", everyone(200), SAFE, (OPEN,)),
    Page("edp:idea-detail", everyone(200), SAFE, (OPEN, SENT)),
    Page("edp:idea-detail", MISSING, SAFE, (OPEN, UNSENT)),
    Page("edp:idea-create", signed_in(200), signed_in(422), (OPEN,)),
    Page("edp:idea-create", NOBODY, NOBODY, (DRAFT,)),
    Page("edp:idea-similar", signed_in(200), SAFE, (OPEN,)),
    Page("edp:idea-edit", OWN, OWN_FORM, (OPEN, UNSENT)),
    Page("edp:idea-sources", OWN, OWN_FORM, (OPEN, UNSENT)),
    Page("edp:idea-submit", OWN, OWN_FORM, (OPEN, UNSENT)),
    *(
        Page(f"edp:idea-{step}", NOBODY, NOBODY, (OPEN, SENT))
        for step in ("edit", "sources", "submit")
    ),
    Page("edp:idea-desk", ORGANISERS, SAFE, (OPEN,)),
    Page("edp:idea-decide", ORGANISERS, ORGANISERS_FORM, (OPEN, SENT)),
    Page("edp:idea-decide", NOBODY, NOBODY, (OPEN, UNSENT)),
    Page("edp:idea-again", ORGANISERS, ORGANISERS_FORM, (OPEN, PARKED)),
    Page("edp:idea-translate", ORGANISERS, ORGANISERS_FORM, (OPEN, SENT)),
    Page("edp:pledge-make", signed_in(200), signed_in(422), (OPEN, SENT)),
    Page("edp:pledge-withdraw", BUTTON, only("alice", status=302), (OPEN, SENT, _pledge)),
    Page("edp:need-list", everyone(200), SAFE, (OPEN,)),
    Page("edp:match-suggest", BUTTON, only("organiser", status=302), (OPEN,)),
    Page("edp:match-confirm", BUTTON, only("organiser", "alice", status=302), (OPEN, _match)),
    Page("edp:match-dismiss", BUTTON, only("organiser", "alice", status=302), (OPEN, _match)),
    Page("edp:priority-list", everyone(200), SAFE, (OPEN,)),
    Page("edp:priority-detail", everyone(200), SAFE, (OPEN, 1)),
]

# Address, role, arguments, fields of words: nothing typed into them is lost.
PARTS = ["title", "capability", "technology", "market", "body"]
TYPED: list[tuple[str, str, tuple[object, ...], list[str]]] = [
    ("edp:idea-create", "alice", (OPEN,), [*PARTS, "affected_groups"]),
    ("edp:idea-edit", "alice", (OPEN, UNSENT), [*PARTS, "affected_groups"]),
    ("edp:idea-sources", "alice", (OPEN, UNSENT), ["why"]),
    ("edp:idea-decide", "organiser", (OPEN, SENT), ["reasons", "into", "named_in_plan"]),
    ("edp:idea-again", "organiser", (OPEN, PARKED), ["reasons"]),
    ("edp:idea-translate", "organiser", (OPEN, SENT), PARTS),
    ("edp:pledge-make", "charlie", (OPEN, SENT), ["text", "amount"]),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """Alice's ideas at three states, with a pledge, a match of her words, and a priority."""
    alice = people["alice"]
    assert alice is not None
    need = make_statement(opened, "Фосфогипс никто не покупает", author=alice, is_named=True)
    offer = make_statement(opened, "Испытаем фосфогипс", kind="offer", helix="academia")
    sent = make_idea(opened, alice, sources=(need, offer))
    make_draft(opened, alice, sources=(need,))
    parked = make_idea(opened, alice, state="parked", sources=(need,))
    Pledge.objects.create(idea=sent, person=alice, kind="people", text="Два инженера")
    NeedMatch.objects.create(need=need, offer=offer, likeness=50, shared_words=["фосфогипс"])
    dossier = create_dossier(
        kind=phases.PRIORITY,
        territory=opened.dossier.territory,
        state=Priority.State.CANDIDATE,
        path=f"edp/{opened.slug}/priorities/1/",
        wordings=[Wording("kk", "Айналмалы химия"), Wording("ru", "Циркулярная химия")],
    )
    publish_dossier(dossier=dossier)
    priority = Priority.objects.create(
        dossier=dossier,
        process=opened,
        number=1,
        category=Priority.Category.PROVEN,
        transformation=Priority.Transformation.TRANSITION,
    )
    priority.ideas.add(parked)
