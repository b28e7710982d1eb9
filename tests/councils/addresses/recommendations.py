from collections.abc import Callable
from datetime import date

from accounts.models import User
from councils.models import CheckInvitation, Council, Recommendation
from councils.services.citizen_checks import Invitee, address_of, open_check
from councils.services.control import Plan, begin_control, plan_control
from councils.services.dockets import open_docket
from participation.services.answers import publish_answer
from tests.addresses import BUTTON, MISSING, NOBODY, SAFE, Page, everyone, only
from tests.councils.recommending import WORDS, adopted, delivered, draft, due_of
from tests.participation.answers import words

KEPT, KEPT_FORM = only("secretary"), only("secretary", status=422)
KEPT_BUTTON = only("secretary", status=302)
DRAFTERS, DRAFTERS_FORM = only("secretary", "member"), only("secretary", "member", status=422)
DRAFTERS_BUTTON = only("secretary", "member", status=302)
TELLERS, TELLERS_FORM = only("secretary", "officer"), only("secretary", "officer", status=422)
ONE, DRAFT, ADOPTED, DELIVERED = ("open", 1), ("open", 1), ("open", 2), ("open", 3)
PLANNED, UNDER_WAY = ("open", 1), ("open", 2)


def _token() -> str:
    invitation = CheckInvitation.objects.get(person=None)
    return address_of(invitation).rstrip("/").rsplit("/", 1)[-1]


def _evidence() -> int:
    return Recommendation.objects.get(council__slug="open", number=1).evidence.get().pk


def _of(number: int) -> tuple[str | int | Callable[[], int], ...]:
    return ("open", number, _evidence)


PAGES: list[Page] = [
    # --- Matters
    Page("councils:docket-list", everyone(200), SAFE, ("open",)),
    Page("councils:docket-list", MISSING, SAFE, ("draft",)),
    Page("councils:docket-open", KEPT, KEPT_FORM, ("open",)),
    Page("councils:docket-open", NOBODY, NOBODY, ("draft",)),
    Page("councils:docket-detail", everyone(200), SAFE, ONE),
    Page("councils:docket-detail", MISSING, SAFE, ("open", 99)),
    Page("councils:docket-feed", everyone(200), SAFE, ONE),
    Page("councils:docket-paper", KEPT, KEPT_FORM, ONE),
    Page("councils:docket-tie", KEPT, KEPT_FORM, ONE),
    # --- Recommendations
    Page("councils:recommendation-list", everyone(200), SAFE, ("open",)),
    Page("councils:recommendation-list", MISSING, SAFE, ("draft",)),
    Page("councils:recommendation-csv", everyone(200), SAFE, ("open",)),
    Page("councils:recommendation-create", DRAFTERS, DRAFTERS_FORM, ("open",)),
    Page("councils:recommendation-detail", MISSING, SAFE, DRAFT),
    Page("councils:recommendation-detail", everyone(200), SAFE, ADOPTED),
    Page("councils:recommendation-detail", everyone(200), SAFE, DELIVERED),
    Page("councils:recommendation-draft", DRAFTERS, SAFE, DRAFT),
    Page("councils:recommendation-edit", DRAFTERS, DRAFTERS_FORM, DRAFT),
    Page("councils:evidence-add", DRAFTERS, DRAFTERS_FORM, DRAFT),
    Page("councils:evidence-remove", BUTTON, DRAFTERS_BUTTON, _of(1)),
    Page("councils:evidence-remove", BUTTON, NOBODY, _of(2)),
    Page("councils:recommendation-adopt", KEPT, KEPT_FORM, DRAFT),
    Page("councils:recommendation-deliver", KEPT, KEPT_FORM, ADOPTED),
    Page("councils:recommendation-deliver", NOBODY, NOBODY, DRAFT),
    Page("councils:recommendation-close", KEPT, KEPT_FORM, DELIVERED),
    Page("councils:commitment-add", TELLERS, TELLERS_FORM, DELIVERED),
    Page("councils:commitment-add", KEPT, KEPT_FORM, ADOPTED),  # no body has it yet
    Page("councils:update-add", TELLERS, TELLERS_FORM, DELIVERED),
    Page("councils:act-add", TELLERS, TELLERS_FORM, DELIVERED),
    # --- Has it changed?
    Page("councils:check-open", KEPT, KEPT_FORM, DELIVERED),
    Page("councils:check-links", KEPT, SAFE, DELIVERED),
    Page("councils:check-detail", only("alice"), only("alice", status=422), DELIVERED),
    Page("councils:check-detail", NOBODY, NOBODY, ADOPTED),  # nobody is asked
    Page("councils:check-token", everyone(200), everyone(422), (_token,)),
    Page("councils:check-token", MISSING, MISSING, ("1:nonsense",)),
    # --- Public control
    Page("councils:control-list", everyone(200), SAFE, ("open",)),
    Page("councils:control-list", MISSING, SAFE, ("draft",)),
    Page("councils:control-plan", KEPT, KEPT_FORM, ("open",)),
    Page("councils:control-detail", everyone(200), SAFE, PLANNED),
    Page("councils:control-begin", BUTTON, KEPT_BUTTON, PLANNED),
    Page("councils:control-finish", KEPT, KEPT_FORM, UNDER_WAY),
    Page("councils:control-drop", KEPT, KEPT_FORM, UNDER_WAY),
]


def fill(opened: Council, draft_council: Council, people: dict[str, User | None]) -> None:
    """Recommendation 1 is a draft, 2 adopted, 3 answered; Alice and one more are asked of it."""
    docket = open_docket(by=None, council=opened, kind="complaints", wordings=WORDS)
    draft(opened, docket=docket)
    adopted(opened)
    found = delivered(opened, bodies=[opened.supervised_body])
    publish_answer(by=None, answer_due=due_of(found), words=words(), on=date(2026, 5, 20))
    invitees = [Invitee(people["alice"], "participant"), Invitee(None, "asker")]
    open_check(by=None, recommendation=found, invitees=invitees)
    for begins in (False, True):
        action = plan_control(
            by=None,
            council=opened,
            wordings=WORDS,
            plan=Plan(
                "monitoring", opened.supervised_body, date(2026, 5, 1), date(2026, 6, 1), docket
            ),
        )
        if begins:
            begin_control(by=None, action=action, on=date(2026, 5, 1))
