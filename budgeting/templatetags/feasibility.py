"""The city's check on the pages of a cycle and of a proposal."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from budgeting.feasibility_account import Account
from budgeting.feasibility_reading import account_of_cycle, reviews_in_full
from budgeting.models import Cycle, Proposal, Review, Verdict

register = template.Library()

FINDING_TONES = {"yes": "ok", "no": "bad", "none": ""}
DECISION_TONES = {
    Verdict.Decision.FEASIBLE: "ok",
    Verdict.Decision.WITH_CHANGES: "warn",
    Verdict.Decision.NOT_FEASIBLE: "bad",
}


@register.filter
def finding_tone(finding: str) -> str:
    return FINDING_TONES.get(finding, "")


@register.filter
def decision_tone(decision: str) -> str:
    return DECISION_TONES[Verdict.Decision(decision)]


@register.inclusion_tag("budgeting/feasibility_bar.html")
def feasibility_bar(cycle: Cycle, account: Account | None = None) -> dict[str, Any]:
    """How many proposals the city has checked and how many are overdue; 1 query, or none if the
    account is given."""
    return {"cycle": cycle, "account": account or account_of_cycle(cycle, timezone.localdate())}


@register.inclusion_tag("budgeting/feasibility_of.html", takes_context=True)
def feasibility_of(context: Context, proposal: Proposal) -> dict[str, Any]:
    """The verdict above the text that it is about, with questions and appeal, and what the state
    owes or has answered besides; 1 query beside those of `answers_due` where nobody checks yet."""
    reviews = reviews_in_full(proposal)
    person = context.get("user")
    is_author = bool(reviews and person and person.has_perm("budgeting.answer_verdict", proposal))
    current = reviews[0] if reviews else None
    return {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "reviews": reviews,
        "verdict": _in_force(reviews),
        "appeal": getattr(current.proposal, "appeal", None) if current else None,
        "decided": [review.answer_due_id for review in reviews if review.verdicts.all()],
        "user": person,
        "may_review": context.get("may_review"),
        "current": current,
        "is_author": is_author,
        "today": timezone.localdate(),
    }


def _in_force(reviews: list[Review]) -> Verdict | None:
    """The last version of the latest look that has one: reviews and verdicts come newest first."""
    return next((verdict for review in reviews for verdict in review.verdicts.all()), None)
