"""The organiser's pages of a cycle: a to-do list with dates, not a table of everything."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from budgeting.forms.cycles import DatesForm
from budgeting.models import Cycle, Election
from budgeting.presentation import ordered_phases
from budgeting.services import cycles, elections
from budgeting.tasks import advance_elections
from budgeting.views.loading import any_cycle
from participation.bell import ring
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import form_page, press

organised = requires("budgeting.organise_cycle", any_cycle)


def _election_of(cycle: Cycle, envelope: int) -> Election:
    return get_object_or_404(Election, envelope__cycle=cycle, envelope__number=envelope)


def _act(request: HttpRequest, cycle: Cycle, act: Callable[[], object], done: str) -> HttpResponse:
    """One of the organiser's buttons."""
    return press(request, reverse("budgeting:cycle-organise", args=[cycle.slug]), act, done)


@require_POST
@organised
def cycle_publish(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    return _act(
        request,
        cycle,
        lambda: cycles.publish_cycle(by=request.user, cycle=cycle),  # type: ignore[arg-type]
        _("The budget is public now."),
    )


def _on_election(
    verb: Callable[..., object], done: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    """A button on one envelope's election."""

    @require_POST
    def view(request: HttpRequest, slug: str, envelope: int) -> HttpResponseBase:
        @organised
        def guarded(request: HttpRequest, cycle: Cycle) -> HttpResponse:
            election = _election_of(cycle, envelope)
            return _act(request, cycle, lambda: verb(request, election), done())

        return guarded(request, slug=slug)

    return view


election_freeze = _on_election(
    lambda request, election: elections.freeze_election(by=request.user, election=election),
    lambda: _("The vote is frozen. It opens and closes by its dates."),
)
election_advance = _on_election(
    lambda request, election: ring(advance_elections),
    lambda: _("A worker closes and counts what is due; reload the page in a moment."),
)
results_publish = _on_election(
    lambda request, election: elections.publish_results(by=request.user, election=election),
    lambda: _("The results are public now."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def cycle_dates(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = DatesForm(request.POST or None, phases_now=ordered_phases(cycle))
    if request.method == "POST" and form.is_valid():
        try:
            cycles.change_dates(by=request.user, cycle=cycle, dates=_dates(form))  # type: ignore[arg-type]
            messages.success(request, _("The dates are changed and recorded."))
            return redirect("budgeting:cycle-organise", cycle.slug)
        except Refused:
            form.add_error(None, _("The vote is frozen: its dates cannot change any more."))
    return form_page(request, "budgeting/cycle_dates.html", form, cycle=cycle)


def _dates(form: DatesForm) -> list[cycles.PhaseDates]:
    data = form.cleaned_data
    return [
        cycles.PhaseDates(kind, data[f"{kind}_opens_at"], data[f"{kind}_closes_at"])
        for kind in form.changed_kinds
        if data[f"{kind}_opens_at"]
    ]
