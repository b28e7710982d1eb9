"""Pledging for an idea, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from edp.forms.ideas import PledgeForm
from edp.models import Idea, Pledge
from edp.services.pledges import (
    PledgesClosed,
    PledgeWithdrawn,
    are_pledges_taken,
    make_pledge,
    withdraw_pledge,
)
from edp.views.loading import public_idea
from participation.guards import requires
from participation.views.form_pages import act_once, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.take_part", public_idea)
def pledge_make(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = PledgeForm(
        request.POST if request.method == "POST" else None,
        person=request.user,  # type: ignore[arg-type]
    )
    if form.is_bound and form.is_valid():
        done = _("Your pledge stands on the page of the idea.")
        answer = act_once(request, form, lambda: _make(request, idea, form), done)
        if answer:
            return answer
    refusal = None if form.is_bound or are_pledges_taken(idea) else PledgesClosed()
    context = {"process": idea.process, "idea": idea, "refusal": refusal}
    return form_page(request, "edp/pledge_make.html", form, **context)


def _make(request: HttpRequest, idea: Idea, form: PledgeForm) -> str:
    data = form.cleaned_data
    make_pledge(
        by=request.user,  # type: ignore[arg-type]
        idea=idea,
        kind=data["kind"],
        text=data["text"],
        amount=data["amount"],
        organisation=data["organisation"],
    )
    return idea.get_absolute_url()


def _pledge(slug: str, number: int, pledge: int) -> Pledge:
    return get_object_or_404(
        Pledge.objects.select_related("idea__dossier", "person"),
        pk=pledge,
        idea=public_idea(slug, number),
    )


@require_POST
@requires("edp.withdraw_pledge", _pledge)
def pledge_withdraw(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    try:
        withdraw_pledge(by=request.user, pledge=pledge)  # type: ignore[arg-type]
        messages.success(request, _("The pledge is withdrawn."))
    except PledgeWithdrawn as refusal:
        messages.error(request, str(refusal))
    return redirect(pledge.idea.get_absolute_url())
