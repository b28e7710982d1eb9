"""What staff enter: proposals on paper, and what things usually cost."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from budgeting.forms.proposals import PaperForm, UnitCostForm
from budgeting.models import Cycle, PaperProposal, UnitCost
from budgeting.services.proposals import (
    CostRange,
    enter_paper_proposal,
    remove_unit_cost,
    save_unit_cost,
)
from budgeting.views.loading import any_cycle
from participation.guards import requires
from participation.views.form_pages import form_page, send, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.enter_proposal", any_cycle)
def paper_enter(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The form, and below it what was entered here so far with the names."""
    form = PaperForm(request.POST if request.method == "POST" else None, cycle=cycle)
    here = reverse("budgeting:paper-enter", args=[cycle.slug])

    def act() -> str:
        enter_paper_proposal(
            by=signed_in(request),
            cycle=cycle,
            envelope=form.cleaned_data["envelope"],
            wording=form.wording(form.cleaned_data["language"]),
            project=form.project(),
            paper=form.paper(),
        )
        return here

    done = _("The proposal is entered and public; who handed it in is not.")
    if answer := send(request, form, act, done):
        return answer
    entered = (
        PaperProposal.objects.filter(proposal__cycle=cycle)
        .select_related("proposal__dossier")
        .prefetch_related("proposal__dossier__texts")
        .order_by("-pk")
    )
    return form_page(
        request, "budgeting/proposal_paper.html", form, cycle=cycle, entered=entered[:50]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.organise_cycle", any_cycle)
def unit_cost_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """All rows, and a form for one: a new one, or the one that the address names."""
    row = _row(request, cycle)
    form = UnitCostForm(
        request.POST if request.method == "POST" else None, initial=_values(row) if row else {}
    )
    here = reverse("budgeting:unit-cost-list", args=[cycle.slug])

    def act() -> str:
        data = {name: form.cleaned_data[name] for name in CostRange.__dataclass_fields__}
        save_unit_cost(by=request.user, cycle=cycle, values=CostRange(**data), row=row)  # type: ignore[arg-type]
        return here

    done = _("The usual cost is saved.")
    if answer := send(request, form, act, done):
        return answer
    rows = cycle.unit_costs.select_related("category")
    return form_page(
        request, "budgeting/unit_cost_list.html", form, cycle=cycle, rows=rows, row=row
    )


def _row(request: HttpRequest, cycle: Cycle) -> UnitCost | None:
    number = request.GET.get("row", "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 15):
        raise Http404
    return get_object_or_404(cycle.unit_costs, pk=int(number))


def _values(row: UnitCost) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CostRange.__dataclass_fields__}


@require_POST
def unit_cost_remove(request: HttpRequest, slug: str, row: int) -> HttpResponse:
    @requires("budgeting.organise_cycle", any_cycle)
    def guarded(request: HttpRequest, cycle: Cycle) -> HttpResponse:
        remove_unit_cost(by=request.user, row=get_object_or_404(cycle.unit_costs, pk=row))  # type: ignore[arg-type]
        return redirect("budgeting:unit-cost-list", cycle.slug)

    return guarded(request, slug=slug)  # type: ignore[return-value]
