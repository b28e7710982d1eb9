"""Acting on a form once; a refusal stands beside the field that it is about."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from budgeting.models import Proposal
from budgeting.services.feasibility import errors
from participation.errors import Refused
from participation.services.once import once

FIELDS: dict[type[Refused], str] = {
    errors.CostBeyondEnvelope: "cost",
    errors.NotAReviewer: "reviewer",
    errors.OwnProposal: "reviewer",
    errors.SameReviewer: "reviewer",
    errors.AssignedAlready: "proposals",
}


def act(request: HttpRequest, form: Any, run: Callable[[], str], done: str) -> HttpResponse | None:
    """None, with what is wrong on the form, unless it was whole and the service took it."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        led_to = once(key=form.cleaned_data["form_key"], person=person_of(request), act=run)
    except Refused as refusal:
        name = FIELDS.get(type(refusal))
        field = name if name in form.fields else None
        form.add_error(field, f"{refusal} {refusal.way_out}".strip())
        return None
    messages.success(request, done)
    return redirect(led_to)


def person_of(request: HttpRequest) -> User:
    """Whoever is signed in: every page here that acts asks for it."""
    return cast(User, request.user)


def page_of(proposal: Proposal) -> str:
    return reverse("budgeting:proposal-detail", args=[proposal.cycle.slug, proposal.number])


def desk_page_of(proposal: Proposal) -> str:
    return reverse("budgeting:proposal-review", args=[proposal.cycle.slug, proposal.number])
