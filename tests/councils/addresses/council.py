from accounts.models import User
from councils.models import Council, Mandate
from councils.services.commissions import form_commission
from councils.services.declarations import declare_interest
from tests.addresses import BUTTON, MISSING, SAFE, Page, everyone, only
from tests.councils.making import TERM

KEEPER = only("secretary")
SENT = only("secretary", status=422)
# The member who chairs the council declares too.
DECLARING = only("secretary", "member")
DECLARED = only("secretary", "member", status=422)


def _chair() -> int:
    return Mandate.objects.get(council__slug="open", office="chair").pk


def _draft() -> int:
    return Mandate.objects.get(council__slug="draft", office="chair").pk


def _interest() -> int:
    return Mandate.objects.get(pk=_chair()).declarations.get().pk


def _commission() -> int:
    return Council.objects.get(slug="open").commissions.get().pk


PAGES: list[Page] = [
    Page("councils:council-list", everyone(200), SAFE),
    Page("councils:council-create", KEEPER, SENT),
    Page("councils:council-detail", everyone(200), SAFE, ("open",)),
    Page("councils:council-detail", MISSING, SAFE, ("draft",)),
    Page("councils:composition-detail", everyone(200), SAFE, ("open",)),
    Page("councils:composition-detail", MISSING, SAFE, ("draft",)),
    Page("councils:member-list", everyone(200), SAFE, ("open",)),
    Page("councils:member-list", MISSING, SAFE, ("draft",)),
    Page("councils:member-detail", everyone(200), SAFE, ("open", _chair)),
    Page("councils:member-detail", MISSING, SAFE, ("draft", _draft)),
    Page("councils:member-detail", MISSING, SAFE, ("open", _draft)),
    Page("councils:mandate-create", KEEPER, SENT, ("open",)),
    Page("councils:mandate-create", KEEPER, SENT, ("draft",)),
    Page("councils:mandate-end", KEEPER, SENT, ("open", _chair)),
    Page("councils:mandate-office", KEEPER, SENT, ("open", _chair)),
    Page("councils:mandate-name", KEEPER, SENT, ("open", _chair)),
    Page("councils:seat-create", KEEPER, SENT, ("open",)),
    Page("councils:seat-close", KEEPER, SENT, ("open", 1)),
    Page("councils:interest-create", DECLARING, DECLARED, ("open", _chair)),
    Page("councils:interest-end", DECLARING, DECLARED, ("open", _interest)),
    Page("councils:council-desk", KEEPER, SAFE, ("open",)),
    Page("councils:council-desk", KEEPER, SAFE, ("draft",)),
    Page("councils:council-edit", KEEPER, SENT, ("open",)),
    Page("councils:term-begin", KEEPER, SENT, ("open",)),
    Page("councils:council-publish", BUTTON, only("secretary", status=302), ("open",)),
    Page("councils:commission-create", KEEPER, SENT, ("open",)),
    Page("councils:commission-edit", KEEPER, SENT, ("open", _commission)),
]


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    chair = opened.mandates.get(office="chair")
    declare_interest(
        by=people["member"], mandate=chair, organisation="Firm", kind="share", since=TERM[0]
    )
    names = {"kk": "Комиссия", "ru": "Комиссия"}
    form_commission(by=None, council=opened, names=names, members=[chair])
