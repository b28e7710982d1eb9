"""The reviewers' queue and the city's verdict on one proposal."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.forms.feasibility import ReviewForm
from budgeting.forms.proposals import TranslationForm
from budgeting.models import Cycle, Proposal
from budgeting.services import feasibility
from budgeting.views.loading import any_cycle
from participation.errors import Refused
from participation.guards import requires
from participation.services import Wording
from participation.services.once import once

PROPOSALS_A_PAGE = 50


@require_safe
@requires("budgeting.review_proposal", any_cycle)
def proposal_queue(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    waiting_first = cycle.proposals.for_display().order_by("-state", "number")
    page = Paginator(waiting_first, PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "budgeting/proposal_queue.html", {"cycle": cycle, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_review(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    @requires("budgeting.review_proposal", any_cycle)
    def guarded(request: HttpRequest, cycle: Cycle) -> HttpResponse:
        proposal = get_object_or_404(cycle.proposals.for_display(), number=number)
        return _review(request, cycle, proposal)

    return guarded(request, slug=slug)


def _review(request: HttpRequest, cycle: Cycle, proposal: Proposal) -> HttpResponse:
    is_translation = request.POST.get("act") == "translate"
    initial = {
        "state": proposal.state,
        "verdict": proposal.verdict,
        "cost": proposal.cost,
        "running_cost": proposal.running_cost,
    }
    review = ReviewForm(
        request.POST if request.method == "POST" and not is_translation else None, initial=initial
    )
    translation = TranslationForm(request.POST if is_translation else None, prefix="text")
    here = reverse("budgeting:proposal-queue", args=[cycle.slug])
    try:
        if translation.is_bound and translation.is_valid():
            key = translation.cleaned_data["form_key"]
            act = _translating(request, proposal, translation, here)
            led_to = once(key=key, person=request.user, act=act)  # type: ignore[arg-type]
            messages.success(request, _("The text is saved."))
            return redirect(led_to)
        if review.is_bound and review.is_valid():
            key = review.cleaned_data["form_key"]
            act = _reviewing(request, proposal, review, here)
            led_to = once(key=key, person=request.user, act=act)  # type: ignore[arg-type]
            messages.success(request, _("The verdict is published."))
            return redirect(led_to)
    except Refused as refusal:
        (translation if is_translation else review).add_error(None, str(refusal))
    context = {"proposal": proposal, "cycle": cycle, "translation": translation, "form": review}
    status = 422 if request.method == "POST" else 200
    return render(request, "budgeting/proposal_review.html", context, status=status)


def _translating(
    request: HttpRequest, proposal: Proposal, form: TranslationForm, here: str
) -> Callable[[], str]:
    data = form.cleaned_data

    def act() -> str:
        feasibility.translate_proposal(
            by=request.user,  # type: ignore[arg-type]
            proposal=proposal,
            wording=Wording(data["language"], data["title"], data["summary"], origin="checked"),
        )
        return here

    return act


def _reviewing(
    request: HttpRequest, proposal: Proposal, form: ReviewForm, here: str
) -> Callable[[], str]:
    data = form.cleaned_data

    def act() -> str:
        feasibility.review_proposal(
            by=request.user,  # type: ignore[arg-type]
            proposal=proposal,
            state=data["state"],
            reasons=data["verdict"],
            cost=data["cost"],
            running_cost=data["running_cost"],
        )
        return here

    return act
