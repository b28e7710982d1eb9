"""Acting on a form once; a refusal stands beside the field that it is about."""

from functools import partial

from django.urls import reverse

from budgeting.models import Proposal
from budgeting.services.feasibility import errors
from participation.errors import Refused
from participation.views.form_pages import send

FIELDS: dict[type[Refused], str] = {
    errors.CostBeyondEnvelope: "cost",
    errors.NotAReviewer: "reviewer",
    errors.OwnProposal: "reviewer",
    errors.SameReviewer: "reviewer",
    errors.AssignedAlready: "proposals",
}


act = partial(send, beside=FIELDS)


def page_of(proposal: Proposal) -> str:
    return reverse("budgeting:proposal-detail", args=[proposal.cycle.slug, proposal.number])


def desk_page_of(proposal: Proposal) -> str:
    return reverse("budgeting:proposal-review", args=[proposal.cycle.slug, proposal.number])
