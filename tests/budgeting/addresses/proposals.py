from uuid import UUID

from accounts.models import User
from budgeting import phases
from budgeting.models import (
    Category,
    CoAuthor,
    Cycle,
    DraftPhoto,
    ProposalDraft,
    ProposalMerge,
    UnitCost,
)
from budgeting.services.proposals import Save, save_draft
from participation.models import Territory
from tests.addresses import (
    BUTTON,
    MISSING,
    ORGANISERS,
    SAFE,
    Page,
    Statuses,
    everyone,
    only,
)
from tests.budgeting.pages import open_phase
from tests.budgeting.proposing import propose

OPEN, DRAFT = "taraz-2027", "taraz-2030"
KEY = UUID("6f1d6a52-0c3e-4a52-9a34-6f7d3a1b2c3d")
OWN, OTHER = 5, 6  # after the four projects of the cycle


def alone(status: int) -> Statuses:
    """To the writer of a draft; a guest of another browser is no more told than anybody."""
    return everyone(404) | {"alice": status}


def _merge() -> int:
    return ProposalMerge.objects.values_list("pk", flat=True)[0]


def _row() -> int:
    return UnitCost.objects.values_list("pk", flat=True)[0]


def _acts(name: str, *roles: str, args: tuple[object, ...] = (OPEN, OWN)) -> Page:
    return Page(f"budgeting:{name}", only(*roles), only(*roles, status=422), args)


PAGES: list[Page] = [
    Page("budgeting:proposal-list", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:proposal-list", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:proposal-detail", everyone(200), SAFE, (OPEN, OWN)),
    Page("budgeting:proposal-detail", MISSING, SAFE, (DRAFT, 1)),
    Page("budgeting:proposal-versions", everyone(200), SAFE, (OPEN, OWN)),
    Page("budgeting:proposal-submit", everyone(200), everyone(422), (OPEN,)),
    Page("budgeting:proposal-submit", MISSING, MISSING, (DRAFT,)),
    Page("budgeting:proposal-similar", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:draft-list", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:draft-list", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:draft-what", alone(200), alone(422), (OPEN, KEY)),
    Page("budgeting:draft-where", alone(200), alone(422), (OPEN, KEY)),
    Page("budgeting:draft-how", alone(200), alone(422), (OPEN, KEY)),
    Page("budgeting:draft-save", BUTTON, everyone(400), (OPEN, KEY)),
    Page("budgeting:draft-photo", alone(200), SAFE, (OPEN, KEY)),
    Page("budgeting:draft-delete", BUTTON, alone(302), (OPEN, KEY)),
    _acts("proposal-edit", "alice"),
    _acts("proposal-withdraw", "alice"),
    _acts("proposal-invite", "alice"),
    _acts("invitation-answer", "charlie"),
    _acts("note-write", "alice", "organiser"),
    _acts("proposal-merge", "alice", "organiser"),
    _acts("merge-undo", "organiser"),
    _acts("merge-answer", "alice", args=(OPEN, OWN, _merge)),
    _acts("paper-enter", "organiser", "registrar", args=(OPEN,)),
    _acts("unit-cost-list", "organiser", args=(OPEN,)),
    Page("budgeting:unit-cost-list", ORGANISERS, only("organiser", status=422), (DRAFT,)),
    Page("budgeting:unit-cost-remove", BUTTON, only("organiser", status=302), (OPEN, _row)),
]

# Address, role, arguments, fields of words: nothing typed into them is lost.
TYPED: list[tuple[str, str, tuple[object, ...], list[str]]] = [
    ("budgeting:proposal-submit", "alice", (OPEN,), ["title", "summary", "body"]),
    ("budgeting:draft-where", "alice", (OPEN, KEY), ["place", "point"]),
    ("budgeting:draft-how", "alice", (OPEN, KEY), ["cost"]),
    ("budgeting:proposal-edit", "alice", (OPEN, OWN), ["title", "place", "cost", "note"]),
    ("budgeting:proposal-withdraw", "alice", (OPEN, OWN), ["reason"]),
    ("budgeting:proposal-merge", "alice", (OPEN, OWN), ["into", "reason"]),
    ("budgeting:note-write", "alice", (OPEN, OWN), ["happened_on", "text"]),
    ("budgeting:paper-enter", "registrar", (OPEN,), ["title", "receipt", "handed_in_by", "cost"]),
    ("budgeting:unit-cost-list", "organiser", (OPEN,), ["name_kk", "lowest", "source"]),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    """Alice's proposal, to which Charlie is asked as an author and wants to add his own."""
    alice, charlie = people["alice"], people["charlie"]
    assert alice is not None
    assert charlie is not None
    cycle = Cycle.objects.get(slug=OPEN)
    open_phase(cycle, phases.PROPOSALS)
    own, other = propose(cycle, alice, "Шамдар"), propose(cycle, charlie, "Жарық шамдар")
    assert (own.number, other.number) == (OWN, OTHER)
    CoAuthor.objects.create(proposal=own, person=charlie, address_digest="x")
    ProposalMerge.objects.create(
        source=other, into=own, state=ProposalMerge.State.ASKED, reason="Бірдей", asked_by=charlie
    )
    draft = save_draft(
        key=KEY, cycle=cycle, person=alice, language="kk", fields={"title": "С"}, save=Save("what")
    )
    ProposalDraft.objects.filter(pk=draft.pk).update(marks={})
    DraftPhoto.objects.create(
        draft=draft, name="p.webp", data=b"x", preview=b"x", width=1, height=1
    )
    light = Category.objects.create(slug="light", name_kk="Жарық", name_ru="Свет")
    UnitCost.objects.create(
        cycle=cycle, category=light, name_kk="Шам", name_ru="Фонарь", lowest=1, highest=2,
        source="2026",
    )  # fmt: skip
