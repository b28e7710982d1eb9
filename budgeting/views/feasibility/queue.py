"""The reviewers' list, and handing what is on it to departments."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from budgeting.feasibility_reading import account_of_cycle, queue_of
from budgeting.forms.feasibility import AssignForm
from budgeting.models import Cycle
from budgeting.services.feasibility import assign_proposals, departments_of, reviewers_of
from budgeting.views.feasibility.acting import act
from budgeting.views.loading import any_cycle
from participation.guards import requires
from participation.views.form_pages import signed_in

PROPOSALS_A_PAGE = 50
SHOWN = {
    "open": pgettext_lazy("proposals", "Open"),
    "me": pgettext_lazy("proposals", "In my hands"),
    "new": pgettext_lazy("proposals", "Without a department"),
    "overdue": pgettext_lazy("proposals", "Overdue"),
    "all": pgettext_lazy("proposals", "All"),
}


@require_safe
@requires("budgeting.review_proposal", any_cycle)
def proposal_queue(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    may_assign = hasattr(cycle, "desk") and request.user.has_perm("budgeting.organise_cycle", cycle)
    form = _form(request, cycle) if may_assign else None
    return _queue(request, cycle, form)


@require_POST
@requires("budgeting.organise_cycle", any_cycle)
def proposal_assign(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = _form(request, cycle)
    return _assign(request, cycle, form) or _queue(request, cycle, form)


def _queue(request: HttpRequest, cycle: Cycle, form: AssignForm | None) -> HttpResponse:
    show = request.GET.get("who", "all")
    show = show if show in SHOWN else "all"
    today = timezone.localdate()
    rows = queue_of(cycle, signed_in(request), show, today)
    page = Paginator(rows, PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": cycle,
        "page": page,
        "form": form,
        "show": show,
        "filters": SHOWN,
        "account": account_of_cycle(cycle, today),
        "ticked": request.POST.getlist("proposals"),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "budgeting/proposal_queue.html", context, status=status)


def _form(request: HttpRequest, cycle: Cycle) -> AssignForm:
    choices: dict[str, Any] = {
        "departments": departments_of(cycle),
        "reviewers": reviewers_of(cycle),
    }
    return AssignForm(request.POST or None, cycle=cycle, **choices)


def _assign(request: HttpRequest, cycle: Cycle, form: AssignForm) -> HttpResponse | None:
    def run() -> str:
        data = form.cleaned_data
        assign_proposals(
            by=signed_in(request),
            proposals=list(data["proposals"]),
            department=data["department"],
            reviewer=data["reviewer"],
        )
        return reverse("budgeting:proposal-queue", args=[cycle.slug])

    number = len(form.cleaned_data["proposals"]) if form.is_bound and form.is_valid() else 0
    done = ngettext(
        "%(number)s proposal has its department now.",
        "%(number)s proposals have their department now.",
        number,
    ) % {"number": number}
    return act(request, form, run, done)
