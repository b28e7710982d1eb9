"""Project 4 of "taraz-2027" has won and is being built; milestone 1 is planned."""

from django.utils import timezone

from accounts.models import User
from accounts.multilingual import Told
from budgeting.models import Award, Election, Proposal, Tally, Work
from budgeting.services.works import open_works, plan_milestone
from participation.models import Territory
from tests.addresses import MISSING, ORGANISERS, SAFE, Page, everyone, only

BUILT = ("taraz-2027", 4)
SENT = only("organiser", status=422)

PAGES = [
    Page("budgeting:archive-list", everyone(200), SAFE),
    Page("budgeting:work-list", everyone(200), SAFE, ("taraz-2027",)),
    Page("budgeting:work-list", MISSING, SAFE, ("taraz-2030",)),
    Page("budgeting:participation-detail", everyone(200), SAFE, ("taraz-2027",)),
    Page("budgeting:participation-detail", MISSING, SAFE, ("taraz-2030",)),
    Page("budgeting:work-detail", everyone(200), SAFE, BUILT),
    Page("budgeting:work-detail", MISSING, SAFE, ("taraz-2027", 3)),
    *(
        Page(f"budgeting:{name}", ORGANISERS, SENT, (*BUILT, *more))
        for name, more in (
            ("work-entrust", ()),
            ("work-report", ()),
            ("work-money", ()),
            ("milestone-plan", ()),
            ("milestone-reach", (1,)),
            ("milestone-put_off", (1,)),
            ("work-begun", ()),
            ("work-stopped", ()),
            ("work-resumed", ()),
            ("work-done", ()),
        )
    ),
    Page("budgeting:milestone-reach", only(), only(), (*BUILT, 9)),
]

# Address, role, arguments, fields of words: nothing typed into them is lost.
TYPED: list[tuple[str, str, tuple[object, ...], list[str]]] = [
    ("budgeting:work-report", "organiser", BUILT, ["text_kk", "text_ru", "on", "caption"]),
    ("budgeting:work-money", "organiser", BUILT, ["amount", "on", "document"]),
    ("budgeting:milestone-plan", "organiser", BUILT, ["name_kk", "name_ru", "due_on"]),
    ("budgeting:milestone-put_off", "organiser", (*BUILT, 1), ["text_kk", "due_on"]),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    proposal = Proposal.objects.get(cycle__slug="taraz-2027", number=4)
    election = Election.objects.get(envelope=proposal.envelope)
    tally = Tally.objects.create(
        election=election,
        is_official=True,
        input_sha256="0" * 64,
        rule="greedy",
        engine_version="1",
        result={},
    )
    Award.objects.create(tally=tally, proposal=proposal, position=1, cost=proposal.cost)
    open_works(election=election)
    work = Work.objects.get(award__proposal=proposal)
    name = Told("Іргетас", "Фундамент", "Foundations")
    plan_milestone(by=people["organiser"], work=work, name=name, due_on=timezone.localdate())
