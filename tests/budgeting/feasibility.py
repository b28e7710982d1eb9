"""What the tests of the city's check share: a desk, departments, reviewers, verdicts."""

from typing import Any

from accounts.models import Organisation, User
from budgeting.models import CheckItem, Cycle, Desk, Proposal, Review, Verdict
from budgeting.services import feasibility
from budgeting.services.proposals import submit_proposal
from participation.models import Ruleset
from participation.services import Wording
from tests.conftest import make_person
from tests.participation.answers import make_body

RULES: dict[str, Any] = {
    "working_days": 10,
    "question_days": 5,
    "consent_days": 5,
    "appeal_days": 10,
    "reminders": [-3, 5],
    "escalation": {"5": ["organiser"]},
    "longest_extension": 5,
    "checklist": [
        {"code": "land", "kk": "Жер қаланікі", "ru": "Земля города", "en": "The city's land"},
        {"code": "law", "kk": "Заңға сай", "ru": "По закону", "en": "Lawful"},
    ],
}


def make_ruleset(key: str = "check", **changes: Any) -> Ruleset:
    return Ruleset.objects.create(
        kind="budgeting.feasibility", key=key, name=key, data={**RULES, **changes}
    )


def make_desk(cycle: Cycle, **changes: Any) -> Desk:
    ruleset = make_ruleset(cycle.slug, **changes)
    return feasibility.open_desk(by=None, cycle=cycle, ruleset=ruleset)


def make_reviewer(cycle: Cycle, name: str, department: Organisation | None = None) -> User:
    reviewer = make_person(f"{name.lower()}@example.org", name, language="en")
    feasibility.appoint_reviewer(
        by=None, cycle=cycle, person=reviewer, department=department or make_body("Roads")
    )
    return reviewer


def assign(proposal: Proposal, reviewer: User | None, **kwargs: Any) -> Review:
    (review,) = feasibility.assign_proposals(
        by=None, proposals=[proposal], department=make_body("Roads"), reviewer=reviewer, **kwargs
    )
    return review


def check_all(proposal: Proposal, by: User, finding: str = "yes", note: str = "") -> None:
    items = CheckItem.objects.filter(desk__cycle=proposal.cycle)
    found = {item: feasibility.Finding(finding, note) for item in items}
    feasibility.save_checks(by=by, proposal=proposal, findings=found)


def ruling(decision: str = "feasible", **changes: Any) -> feasibility.Ruling:
    words: dict[str, Any] = {
        "reasons_kk": "Себебі бар.",
        "reasons_ru": "Есть причина.",
        "signed_name": "Rita",
        "signed_post": "Head of Roads",
    }
    if decision == "with_changes":
        words |= {"changes_kk": "Қысқа жол.", "changes_ru": "Дорога короче."}
    return feasibility.Ruling(decision=decision, **{**words, **changes})


def decide(proposal: Proposal, by: User, decision: str = "feasible", **changes: Any) -> Verdict:
    check_all(proposal, by)
    return feasibility.give_verdict(by=by, proposal=proposal, ruling=ruling(decision, **changes))


def submit(cycle: Cycle, author: User | None = None, *, cost: int = 300) -> Proposal:
    """A proposal that nobody has checked."""
    proposal = submit_proposal(
        by=None,
        cycle=cycle,
        envelope=cycle.envelopes.get(),
        cost=cost,
        wordings=[Wording("kk", "Көпір"), Wording("ru", "Мост"), Wording("en", "A bridge")],
    )
    Proposal.objects.filter(pk=proposal.pk).update(author=author)
    return Proposal.objects.get(pk=proposal.pk)
