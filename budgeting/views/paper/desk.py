"""At a station: who stands there is looked up, marked on the roll, and given ballots."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from budgeting.forms.paper import BatchForm, GiveForm, VoterForm
from budgeting.models import RegisterLine, RegisterLook, Station
from budgeting.paper_reading import station_view
from budgeting.services.paper import errors
from budgeting.services.paper.batches import make_batch
from budgeting.services.paper.giving import ballots_for, give_ballots, person_at_station
from budgeting.services.proofs.desk import look_up
from budgeting.views.loading import station
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import form_page, send, signed_in

SALT = "budgeting.paper.line"
PATIENCE = 15 * 60  # seconds from the look to the giving


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.key_papers", station)
def station_desk(request: HttpRequest, station: Station) -> HttpResponse:
    """What was given here, and the batches of papers; a new batch is made here too."""
    view = station_view(station)
    form = BatchForm(request.POST or None, elections=[vote.election for vote in view.votes])

    def act() -> str:
        data = form.cleaned_data
        batch = make_batch(
            by=signed_in(request),
            station=station,
            election=data["election"],
            papers=data["papers"],
        )
        return reverse(
            "budgeting:batch-detail", args=[station.cycle.slug, station.number, batch.number]
        )

    beside = {errors.MorePapersThanGiven: "papers", errors.PapersDeclared: "election"}
    answer = send(
        request, form, act, _("The batch is made. Two people key it, one by one."), beside
    )
    context: dict[str, Any] = {
        "cycle": station.cycle,
        "station": station,
        "view": view,
        "may_give": request.user.has_perm("budgeting.give_paper", station),
    }
    return answer or form_page(request, "budgeting/station_desk.html", form, **context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.give_paper", station)
@sensitive_variables()
def paper_give(request: HttpRequest, station: Station) -> HttpResponse:
    """First who it is, then which ballots; what is found stands on the answer alone."""
    if request.method == "POST" and "line" in request.POST:
        return _give(request, station)
    form = VoterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = look_up(
                by=signed_in(request),
                cycle=station.cycle,
                iin=form.cleaned_data["iin"],
                reason=RegisterLook.Reason.PAPER,
            )
        except Refused as refusal:
            form.add_error("iin", f"{refusal} {refusal.way_out}".strip())
        else:
            if found.line is not None:
                return _found(request, station, found.line)
            form.add_error("iin", _("The register does not have this number."))
    return _page(request, station, form)


def _found(request: HttpRequest, station: Station, line: RegisterLine) -> HttpResponse:
    ballots = ballots_for(line=line, cycle=station.cycle)
    signed = signing.dumps([line.pk, station.pk, signed_in(request).pk], salt=SALT)
    form = GiveForm(ballots=ballots, initial={"line": signed})
    return _page(request, station, form, line=line, ballots=ballots)


def _give(request: HttpRequest, station: Station) -> HttpResponse:
    line = _line_named(request, station)
    if line is None:
        return _page(request, station, VoterForm(), is_late=True)
    ballots = ballots_for(line=line, cycle=station.cycle)
    form = GiveForm(request.POST, ballots=ballots)

    def act() -> str:
        give_ballots(station=station, person=person, elections=form.cleaned_data["elections"])
        return reverse("budgeting:paper-give", args=[station.cycle.slug, station.number])

    if form.is_valid():
        try:
            person = person_at_station(by=signed_in(request), line=line)
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            beside = {errors.NothingToGive: "elections", errors.NotGiven: "elections"}
            done = _("Marked on the roll. Hand the ballots over now.")
            answer = send(request, form, act, done, beside)
            if answer:
                return answer
    return _page(request, station, form, line=line, ballots=ballots)


def _line_named(request: HttpRequest, station: Station) -> RegisterLine | None:
    """The line that this officer looked up at this station, not long ago."""
    try:
        named, at, by = signing.loads(request.POST["line"], salt=SALT, max_age=PATIENCE)
    except signing.BadSignature:
        return None
    if (at, by) != (station.pk, signed_in(request).pk):
        return None
    return RegisterLine.objects.select_related("territory", "register__cycle").get(pk=named)


def _page(
    request: HttpRequest, station: Station, form: VoterForm | GiveForm, **found: Any
) -> HttpResponse:
    context = {"cycle": station.cycle, "station": station, "form": form, **found}
    status = 422 if form.is_bound or "is_late" in found else 200
    return render(request, "budgeting/paper_give.html", context, status=status)
