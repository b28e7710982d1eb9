"""The organiser's pages of a cycle: a to-do list with dates, not a table of everything."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.forms.cycles import CycleForm, DatesForm
from budgeting.models import Cycle, Election, Envelope, Proposal
from budgeting.presentation import ordered_phases, stages_of, turnout_of
from budgeting.readiness import issues_before_opening
from budgeting.services import cycles, elections
from budgeting.tasks import advance_elections
from budgeting.views.loading import any_cycle
from participation.bell import ring
from participation.errors import Refused
from participation.guards import requires
from participation.models import Role
from participation.services import Wording
from participation.services.once import once
from participation.views.form_pages import form_page, press

organised = requires("budgeting.organise_cycle", any_cycle)


def _election_of(cycle: Cycle, envelope: int) -> Election:
    return get_object_or_404(Election, envelope__cycle=cycle, envelope__number=envelope)


@require_safe
@organised
def cycle_organise(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    envelopes = list(cycle.envelopes.select_related("election", "territory"))
    return render(
        request,
        "budgeting/cycle_organise.html",
        {
            "cycle": cycle,
            "stages": stages_of(cycle, timezone.now()),
            "turnout": turnout_of(envelopes),
            "elections": [_overview(envelope) for envelope in envelopes],
            "waiting": cycle.proposals.filter(state=Proposal.State.SUBMITTED).count(),
            "form_key": uuid4(),
        },
    )


def _overview(envelope: Envelope) -> dict[str, Any]:
    election = envelope.election
    issues = issues_before_opening(election)
    return {
        "envelope": envelope,
        "election": election,
        "issues": issues,
        "is_ready": all(issue.is_done for issue in issues),
        "is_over": election.closes_at <= timezone.now(),
    }


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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_create(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.in_force().filter(person=request.user, kind=Role.Kind.ORGANISER)  # type: ignore[misc]
    territories = [role.territory_id for role in roles if role.territory_id]
    if not territories:
        raise Http404
    form = CycleForm(request.POST or None, territories=territories)
    if request.method == "POST" and form.is_valid():
        try:
            led_to = once(
                key=form.cleaned_data["form_key"],
                person=request.user,  # type: ignore[arg-type]
                act=lambda: _create_cycle(request, form),
            )
            return redirect(led_to)
        except Refused as refusal:
            form.add_error("year", str(refusal))
    return form_page(request, "budgeting/cycle_create.html", form)


def _create_cycle(request: HttpRequest, form: CycleForm) -> str:
    data = form.cleaned_data
    if form.slug_is_taken(data):
        raise Refused(_("This place has a budget for this year already."))
    wordings = [
        Wording(language, data[f"title_{language}"])
        for language in ("kk", "ru", "en")
        if data[f"title_{language}"]
    ]
    cycle = cycles.create_cycle(
        by=request.user,  # type: ignore[arg-type]
        territory=data["territory"],
        slug=form.slug_of(data),
        year=data["year"],
        ruleset=data["ruleset"],
        wordings=wordings,
        envelopes=[
            cycles.EnvelopeDraft(
                data["territory"], data["amount"], "Бүкіл аумақ", "Вся территория", "Whole area"
            )
        ],
        dates=cycles.usual_dates(data["year"]),
    )
    return reverse("budgeting:cycle-dates", args=[cycle.slug])
