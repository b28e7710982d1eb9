"""Stations as their organiser runs them: places, officers, protocols, ballots to print."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.forms.paper import OfficerForm, ProtocolForm, StationForm
from budgeting.models import Cycle, Election, Envelope, Station, StationOfficer
from budgeting.paper_reading import station_view, stations_of
from budgeting.paper_sheets import pdf_of_ballot
from budgeting.services.paper import errors
from budgeting.services.paper.protocols import declare_papers
from budgeting.services.paper.stations import (
    appoint_officer,
    change_station,
    end_service,
    open_station,
)
from budgeting.views.loading import any_cycle, any_envelope, station, station_officer
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import form_page, press, send, signed_in

organised = requires("budgeting.organise_cycle", any_cycle)
at_station = requires("budgeting.organise_station", station)


def _manage(slug: str) -> str:
    return reverse("budgeting:station-manage", args=[slug])


def _detail(station: Station) -> str:
    return reverse("budgeting:station-edit", args=[station.cycle.slug, station.number])


@require_safe
@organised
def station_manage(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    context = {
        "cycle": cycle,
        "views": stations_of(cycle),
        "envelopes": cycle.envelopes.exclude(election__state=Election.State.SETUP),
    }
    return render(request, "budgeting/station_manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def station_open(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = StationForm(request.POST or None)

    def act() -> str:
        made = open_station(by=signed_in(request), cycle=cycle, draft=form.draft())
        return _detail(made)

    answer = send(
        request, form, act, _("The station is open to the public. Now name its officers.")
    )
    return answer or form_page(request, "budgeting/station_open.html", form, cycle=cycle)


@require_http_methods(["GET", "HEAD", "POST"])
@at_station
def station_edit(request: HttpRequest, station: Station) -> HttpResponse:
    """What is said of a station, and who serves there."""
    form = StationForm(request.POST) if request.method == "POST" else StationForm.of(station)

    def act() -> str:
        change_station(by=signed_in(request), station=station, draft=form.draft())
        return _detail(station)

    answer = send(request, form, act, _("The station is changed."))
    return answer or _edit_page(request, station, form, OfficerForm())


@require_POST
@at_station
def officer_appoint(request: HttpRequest, station: Station) -> HttpResponse:
    form = OfficerForm(request.POST)

    def act() -> str:
        person = form.cleaned_data["person"]
        appoint_officer(by=signed_in(request), station=station, person=person)
        return _detail(station)

    beside: dict[type[Refused], str] = {errors.ServesAlready: "person"}
    answer = send(request, form, act, _("The officer is appointed."), beside)
    return answer or _edit_page(request, station, StationForm.of(station), form, status=422)


def _edit_page(
    request: HttpRequest,
    station: Station,
    form: StationForm,
    officer_form: OfficerForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "cycle": station.cycle,
        "view": station_view(station),
        "form": form,
        "officer_form": officer_form,
        "form_key": uuid4(),
    }
    status = 422 if form.is_bound else status
    return render(request, "budgeting/station_edit.html", context, status=status)


@require_POST
@requires("budgeting.organise_station", station_officer)
def officer_end(request: HttpRequest, officer: StationOfficer) -> HttpResponse:
    return press(
        request,
        _detail(officer.station),
        lambda: end_service(by=signed_in(request), officer=officer),
        _("The officer no longer serves at the station."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def protocol_declare(request: HttpRequest, slug: str, station: int, envelope: int) -> HttpResponse:
    @at_station
    def guarded(request: HttpRequest, station: Station) -> HttpResponse:
        elections = Election.objects.select_related("envelope")
        wanted = {"envelope__cycle": station.cycle_id, "envelope__number": envelope}
        return _declare(request, station, get_object_or_404(elections, **wanted))

    return guarded(request, slug=slug, station=station)  # type: ignore[return-value]


def _declare(request: HttpRequest, station: Station, election: Election) -> HttpResponse:
    form = ProtocolForm(request.POST or None)

    def act() -> str:
        declare_papers(
            by=signed_in(request),
            station=station,
            election=election,
            in_box=form.cleaned_data["in_box"],
            reason=form.reason(),
        )
        return _manage(station.cycle.slug)

    beside: dict[type[Refused], str] = {
        errors.FewerThanAccepted: "in_box",
        errors.ReasonMissing: "reason_kk",
    }
    answer = send(request, form, act, _("The protocol is public now."), beside)
    votes = [vote for vote in station_view(station).votes if vote.election.pk == election.pk]
    context = {"cycle": station.cycle, "station": station, "vote": votes[0] if votes else None}
    return answer or form_page(
        request, "budgeting/protocol_declare.html", form, election=election, **context
    )


@require_safe
@requires("budgeting.organise_envelope", any_envelope)
def ballot_print(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    """One ballot as a PDF; before the freeze its projects are not certain."""
    cycle = envelope.cycle
    if envelope.election.state == Election.State.SETUP:
        messages.error(request, _("Ballots can be printed once the vote is frozen."))
        return redirect("budgeting:station-manage", cycle.slug)
    try:
        content = pdf_of_ballot(envelope.election)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
        return redirect("budgeting:station-manage", cycle.slug)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{cycle.slug}-ballot-{envelope.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
