from accounts.models import User
from councils.models import Council, GroupMember
from councils.services.selection.candidates import apply
from tests.addresses import BUTTON, MISSING, NOBODY, SAFE, Page, everyone, only, signed_in
from tests.councils.selecting import make_draw, make_selection, volunteer

CALL, SCREENING, PLANNED, COMPARED, NONE = (("open", number) for number in (1, 2, 3, 4, 99))
POOL, DRAWN, FROZEN = (("open", number) for number in (1, 2, 3))
KEPT, SENT = only("secretary"), only("secretary", status=422)
PRESSED = only("secretary", status=302)


def _seat(selection: int) -> int:
    """Of the working group: the first member of civil society, who is Alice in the compared."""
    seats = GroupMember.objects.filter(selection__council__slug="open", selection__number=selection)
    return seats.filter(side="civil").order_by("pk")[0].pk


PAGES: list[Page] = [
    Page("councils:draw-script", everyone(200), SAFE),
    Page("councils:selection-list", everyone(200), SAFE, ("open",)),
    Page("councils:selection-list", MISSING, SAFE, ("draft",)),
    Page("councils:selection-plan", KEPT, SENT, ("open",)),
    Page("councils:selection-detail", everyone(200), SAFE, CALL),
    Page("councils:selection-detail", everyone(200), SAFE, SCREENING),
    Page("councils:selection-detail", MISSING, SAFE, PLANNED),
    Page("councils:selection-detail", MISSING, SAFE, NONE),
    Page("councils:candidacy-apply", signed_in(200), signed_in(422), CALL),
    Page("councils:candidacy-apply", signed_in(200), signed_in(422), SCREENING),
    Page("councils:candidacy-withdraw", BUTTON, signed_in(302), CALL),
    Page("councils:selection-desk", KEPT, SAFE, PLANNED),
    Page("councils:selection-desk", KEPT, SAFE, COMPARED),
    Page("councils:group-edit", KEPT, SENT, PLANNED),
    Page("councils:group-remove", BUTTON, PRESSED, (*PLANNED, lambda: _seat(3))),
    Page("councils:judgement-give", only("secretary", "alice"),
         only("secretary", status=422) | {"alice": 422}, (*COMPARED, lambda: _seat(4))),
    Page("councils:criterion-add", KEPT, SENT, PLANNED),
    Page("councils:group-form", BUTTON, PRESSED, PLANNED),
    Page("councils:call-open", BUTTON, PRESSED, CALL),
    Page("councils:call-close", BUTTON, PRESSED, CALL),
    Page("councils:candidacy-enter", KEPT, SENT, CALL),
    Page("councils:candidacy-screen", KEPT, SENT, (*SCREENING, 1)),
    Page("councils:candidacy-screen", NOBODY, NOBODY, (*SCREENING, 77)),
    Page("councils:comparison-begin", BUTTON, PRESSED, SCREENING),
    Page("councils:lot-prepare", BUTTON, PRESSED, COMPARED),
    # Neither the body that the council oversees nor anybody else but the secretary (I3).
    Page("councils:selection-decide", BUTTON, PRESSED, COMPARED),
    Page("councils:act-register", KEPT, SENT, COMPARED),
    Page("councils:elected-appoint", KEPT, SENT, COMPARED),
    Page("councils:selection-fail", KEPT, SENT, CALL),
    # --- Draws by lot
    Page("councils:draw-plan", KEPT, SENT, ("open",)),
    Page("councils:draw-detail", everyone(200), SAFE, POOL),
    Page("councils:draw-detail", everyone(200), SAFE, DRAWN),
    Page("councils:draw-detail", MISSING, SAFE, NONE),
    Page("councils:draw-file", everyone(200), SAFE, (*DRAWN, "pool.jsonl")),
    Page("councils:draw-file", everyone(200), SAFE, (*DRAWN, "lottery.txt")),
    Page("councils:draw-file", MISSING, SAFE, (*POOL, "pool.jsonl")),
    Page("councils:draw-file", MISSING, SAFE, (*DRAWN, "passwords.txt")),
    Page("councils:volunteer-edit", signed_in(200), signed_in(422), POOL),
    Page("councils:volunteer-withdraw", BUTTON, signed_in(302), POOL),
    Page("councils:draw-desk", KEPT, SAFE, POOL),
    Page("councils:draw-desk", KEPT, SAFE, FROZEN),
    Page("councils:draw-desk", KEPT, SAFE, DRAWN),
    Page("councils:feature-edit", KEPT, SENT, POOL),
    Page("councils:pool-open", BUTTON, PRESSED, POOL),
    Page("councils:volunteer-enter", KEPT, SENT, POOL),
    Page("councils:pool-freeze", BUTTON, PRESSED, POOL),
    Page("councils:randomness-announce", KEPT, SENT, FROZEN),
    Page("councils:secret-enter", KEPT, SENT, FROZEN),
    Page("councils:lottery-ask", BUTTON, PRESSED, FROZEN),
    Page("councils:secret-reveal", KEPT, SENT, FROZEN),
    Page("councils:panel-draw", KEPT, SENT, FROZEN),
    Page("councils:seat-replace", KEPT, SENT, DRAWN),
    Page("councils:draw-close", BUTTON, PRESSED, DRAWN),
    Page("councils:draw-void", KEPT, SENT, FROZEN),
]  # fmt: skip


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """Selections: 1 takes candidates, 2 checks them, 3 is in preparation, 4 compares them.
    Draws: 1 takes volunteers, 2 is drawn, 3 is frozen."""
    call = make_selection(opened, state="call_open")
    apply(selection=call, person=people["alice"], name="Alice", statement="!", language="en")
    make_selection(opened, state="screening")
    make_selection(opened, state="planned")
    make_selection(opened, judge=people["alice"])
    draw = make_draw(opened)
    volunteer(draw, people["alice"])  # type: ignore[arg-type]
    make_draw(opened, state="drawn")
    make_draw(opened, state="pool_frozen")
