from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from budgeting.models import Cycle, LetterBatch, RegisterImport
from budgeting.services.proofs.lines import register_of
from participation.models import Territory
from tests.addresses import BUTTON, MISSING, SAFE, Page, Statuses, everyone, only, signed_in

OPEN, DRAFT = "taraz-2027", "taraz-2030"


def keepers(status: int = 200) -> Statuses:
    return only("organiser", "registrar", status=status)


def _import() -> int:
    return RegisterImport.objects.get(register__cycle__slug=OPEN).pk


PAGES: list[Page] = [
    Page("budgeting:proof-list", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:proof-list", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:proof-number", signed_in(200), signed_in(422), (OPEN,)),
    Page("budgeting:proof-number", only(), only(), (DRAFT,)),
    Page("budgeting:proof-identity", BUTTON, signed_in(302), (OPEN,)),
    Page("budgeting:code-enter", everyone(200), everyone(422), (OPEN,)),
    Page("budgeting:code-enter", MISSING, MISSING, (DRAFT,)),
    Page("budgeting:code-leave", BUTTON, everyone(302), (OPEN,)),
    *[
        Page(f"budgeting:{name}", keepers(), keepers(422), (slug,))
        for name in ("register-detail", "register-look", "letter-list")
        for slug in (OPEN, DRAFT)
    ],
    Page("budgeting:look-list", keepers(), SAFE, (OPEN,)),
    Page("budgeting:import-detail", keepers(), SAFE, (OPEN, _import)),
    Page("budgeting:import-detail", only(), SAFE, (DRAFT, _import)),
    Page("budgeting:import-faults", keepers(), SAFE, (OPEN, _import)),
    Page("budgeting:letter-print", BUTTON, keepers(302), (OPEN, 1)),
    Page("budgeting:letter-withdraw", BUTTON, keepers(302), (OPEN, 1)),
    Page("budgeting:letter-withdraw", BUTTON, only(), (DRAFT, 1)),
]

# Address, role, arguments, fields of words: nothing typed into them is lost.
TYPED: list[tuple[str, str, tuple[object, ...], list[str]]] = [
    ("budgeting:proof-number", "alice", (OPEN,), ["iin", "born_on"]),
    ("budgeting:code-enter", "anonymous", (OPEN,), ["code", "born_on"]),
    ("budgeting:register-look", "registrar", (OPEN,), ["iin"]),
    ("budgeting:letter-list", "registrar", (OPEN,), ["valid_until"]),
    (
        "budgeting:residence-confirm",
        "organiser",
        (OPEN,),
        ["email", "born_on", "iin", "lives_since"],
    ),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    """A file that was read, and letters that were withdrawn."""
    register = register_of(cycle=Cycle.objects.get(slug=OPEN))
    RegisterImport.objects.create(
        register=register, size=1, is_trial=True, keeps_good_lines=False, state="checked"
    )
    LetterBatch.objects.create(
        register=register,
        number=1,
        kind="people",
        territory=city,
        valid_until=timezone.now() + timedelta(days=1),
        state="withdrawn",
    )
