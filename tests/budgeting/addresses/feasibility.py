"""The city's check: CHECKED is a public budget with a desk. Its first proposal is in the hands of
"reviewer", who has asked; its second is feasible with changes; the third waits. All are Alice's."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Question
from budgeting.services import feasibility
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from participation.models import Role, Territory
from participation.services import Wording
from tests.addresses import BUTTON, MISSING, NOBODY, ORGANISERS, SAFE, Page, everyone, only
from tests.budgeting.feasibility import assign, decide, make_desk, submit
from tests.participation.answers import make_body

CHECKED, OPEN, DRAFT = "taraz-2029", "taraz-2027", "taraz-2030"
REVIEWERS, SENT = only("organiser", "reviewer"), only("organiser", "reviewer", status=422)
ORGANISER_SENT = only("organiser", status=422)
ALICE, ALICE_SENT = only("alice"), only("alice", status=422)


def _question() -> int:
    return int(Question.objects.get().pk)


def _role() -> int:
    return int(Role.objects.get(dossier__cycle__slug=CHECKED, kind=Role.Kind.REVIEWER).pk)


PAGES: list[Page] = [
    Page("budgeting:feasibility-progress", everyone(200), SAFE, (CHECKED,)),
    Page("budgeting:feasibility-progress", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:feasibility-progress", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:cycle-detail", everyone(200), SAFE, (CHECKED,)),
    Page("budgeting:proposal-detail", everyone(200), SAFE, (CHECKED, 1)),
    Page("budgeting:proposal-detail", everyone(200), SAFE, (CHECKED, 2)),
    *(
        Page("budgeting:feasibility-desk", ORGANISERS, ORGANISER_SENT, (slug,))
        for slug in (CHECKED, OPEN, DRAFT)
    ),
    Page("budgeting:reviewer-end", BUTTON, only("organiser", status=302), (CHECKED, _role)),
    Page("budgeting:reviewer-end", BUTTON, NOBODY, (OPEN, _role)),
    Page("budgeting:proposal-shortlist", ORGANISERS, ORGANISER_SENT, (CHECKED,)),
    Page("budgeting:proposal-queue", REVIEWERS, SAFE, (CHECKED,)),
    Page("budgeting:proposal-assign", BUTTON, ORGANISER_SENT, (CHECKED,)),
    Page("budgeting:proposal-assign", BUTTON, ORGANISER_SENT, (DRAFT,)),
    *(
        page
        for name in (
            "feasibility-checks",
            "feasibility-estimate",
            "question-ask",
            "review-handover",
        )
        for page in (
            Page(f"budgeting:{name}", REVIEWERS, SENT, (CHECKED, 1)),
            Page(f"budgeting:{name}", NOBODY, NOBODY, (DRAFT, 1)),
        )
    ),
    Page("budgeting:proposal-review", REVIEWERS, SENT, (CHECKED, 1)),
    Page("budgeting:proposal-review", REVIEWERS, SENT, (CHECKED, 2)),
    Page("budgeting:second-look", ORGANISERS, ORGANISER_SENT, (CHECKED, 2)),
    Page("budgeting:second-look", NOBODY, NOBODY, (DRAFT, 1)),
    Page("budgeting:question-answer", ALICE, ALICE_SENT, (CHECKED, 1, _question)),
    Page("budgeting:question-answer", NOBODY, NOBODY, (CHECKED, 2, _question)),
    Page("budgeting:changes-answer", ALICE, ALICE_SENT, (CHECKED, 2)),
    Page("budgeting:changes-answer", NOBODY, NOBODY, (OPEN, 1)),
    Page("budgeting:verdict-appeal", ALICE, ALICE_SENT, (CHECKED, 2)),
    Page("budgeting:verdict-appeal", NOBODY, NOBODY, (DRAFT, 1)),
]


def fill(people: dict[str, User | None], city: Territory) -> None:
    cycle = _cycle(people["organiser"], city)
    make_desk(cycle)
    reviewer = people["reviewer"]
    assert reviewer is not None
    feasibility.appoint_reviewer(
        by=None, cycle=cycle, person=reviewer, department=make_body("Roads")
    )
    asked, changed, _waiting = (submit(cycle, people["alice"], cost=100) for _ in range(3))
    for proposal in (asked, changed):
        assign(proposal, reviewer)
    feasibility.ask_authors(by=reviewer, proposal=asked, text="Where exactly?", language="en")
    decide(changed, reviewer, "with_changes")


def _cycle(by: User | None, city: Territory) -> Cycle:
    now, day = timezone.now(), timedelta(days=1)
    cycle = create_cycle(
        by=by,
        territory=city,
        slug=CHECKED,
        year=2029,
        ruleset=Cycle.objects.get(slug=OPEN).ruleset,
        wordings=[Wording(code, f"Taraz 2029 {code}") for code in ("kk", "ru", "en")],
        envelopes=[EnvelopeDraft(city, 1000, "Қала", "Город", "City")],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 30 * day, now - day),
            PhaseDates(phases.FEASIBILITY, now - day, now + 30 * day),
            PhaseDates(phases.VOTING, now + 40 * day, now + 50 * day),
        ],
    )
    publish_cycle(by=by, cycle=cycle)
    return cycle
