"""Proposals: list with filters, one proposal, a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.cards import proposal_card, proposal_rows
from budgeting.forms.proposals import ProposalForm
from budgeting.models import Category, Cycle, Proposal
from budgeting.services.proposals import ProposalsClosed, are_taken, submit_proposal
from budgeting.views.loading import named_cycle, public_cycle, public_proposal
from participation.errors import Refused
from participation.guards import requires
from participation.models import DossierText
from participation.services.once import once

PROPOSALS_A_PAGE = 20


@require_safe
@requires(None, named_cycle)
def proposal_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    found, pills = _filtered(cycle, request)
    rows = proposal_rows(found.order_by("number"))
    page = Paginator(rows, PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "budgeting/proposal_list.html",
        {
            "cycle": cycle,
            "page": page,
            "cards": [proposal_card(row) for row in page],
            "pills": pills,
            "states": Proposal.State.choices,
            "categories": Category.objects.filter(proposals__cycle=cycle).distinct(),
            "chosen_state": request.GET.get("state", ""),
            "chosen_category": request.GET.get("category", ""),
            "query": request.GET.get("q", ""),
        },
    )


def _filtered(
    cycle: Cycle, request: HttpRequest
) -> tuple[QuerySet[Proposal], list[dict[str, Any]]]:
    """The proposals that the address asks for, and a pill for each filter that is on."""
    found = cycle.proposals.public()
    pills = []
    if query := request.GET.get("q", "").strip()[:100]:
        titles = DossierText.objects.filter(dossier=OuterRef("dossier"), title__icontains=query)
        found = found.filter(Exists(titles))
        pills.append({"label": f"«{query}»", "parameter": "q"})
    slug = request.GET.get("category", "")
    if slug and (category := Category.objects.filter(slug=slug).first()):
        found = found.filter(category=category)
        pills.append({"label": category.name, "parameter": "category"})
    if (state := request.GET.get("state")) in Proposal.State.values:
        found = found.filter(state=state)
        pills.append({"label": str(Proposal.State(state).label), "parameter": "state"})
    for pill in pills:
        rest = request.GET.copy()
        rest.pop(pill["parameter"])
        rest.pop("page", None)
        pill["url"] = f"?{rest.urlencode()}"
    return found, pills


@require_safe
@requires(None, public_proposal)
def proposal_detail(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return render(
        request,
        "budgeting/proposal_detail.html",
        {
            "proposal": proposal,
            "cycle": proposal.cycle,
            "text": proposal.dossier.text,
            "award": getattr(proposal, "award", None),
            "may_review": request.user.has_perm("budgeting.review_proposal", proposal.cycle),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.submit_proposal", public_cycle)
def proposal_submit(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = ProposalForm(request.POST or None, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                once(
                    key=form.cleaned_data["form_key"],
                    person=request.user,  # type: ignore[arg-type]
                    act=lambda: _submit(request, cycle, form),
                )
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "budgeting/proposal_submit.html",
        {
            "cycle": cycle,
            "form": form,
            "refusal": None if form.is_bound or are_taken(cycle) else ProposalsClosed(),
        },
        status=422 if form.is_bound else 200,
    )


def _submit(request: HttpRequest, cycle: Cycle, form: ProposalForm) -> str:
    data = form.cleaned_data
    proposal = submit_proposal(
        by=request.user,  # type: ignore[arg-type]
        cycle=cycle,
        envelope=data["envelope"],
        wordings=[form.wording()],
        cost=data["cost"],
        category=data["category"],
        place=data["place"],
    )
    return reverse("budgeting:proposal-detail", args=[cycle.slug, proposal.number])
