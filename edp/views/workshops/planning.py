"""The organiser's pages of one meeting."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp import gates
from edp.forms.workshops import CancellationForm, ReportForm, WorkshopForm
from edp.models import DiscoveryProcess, Workshop
from edp.participants import attendance_of, bar, expected_at
from edp.services.workshops import planning
from edp.services.workshops.doors import send_invitations
from edp.views.loading import any_process, any_workshop
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

organised = requires("edp.organise_workshop", any_workshop)
recorded = requires("edp.record_workshop", any_workshop)


def desk_of(workshop: Workshop) -> str:
    return reverse("edp:workshop-desk", args=[workshop.process.slug, workshop.number])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.organise_process", any_process)
def workshop_plan(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    initial = {"territory": process.centre_id, "place": ""}
    form = WorkshopForm(request.POST or None, process=process, initial=initial)

    def plan() -> str:
        workshop = planning.plan_workshop(
            by=person_of(request),
            process=process,
            territory=form.cleaned_data["territory"],
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return desk_of(workshop)

    done = _("The meeting is planned. Nobody sees it before you announce it.")
    if answer := send(request, form, plan, done):
        return answer
    return form_page(request, "edp/workshop_plan.html", form, process=process)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def workshop_edit(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    process = workshop.process
    initial = WorkshopForm.initial_of(workshop)
    form = WorkshopForm(request.POST or None, process=process, initial=initial)

    def change() -> str:
        planning.change_workshop(
            by=person_of(request),
            workshop=workshop,
            territory=form.cleaned_data["territory"],
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return desk_of(workshop)

    done = _("The meeting is changed. Whoever comes is told of another time or place.")
    if answer := send(request, form, change, done):
        return answer
    return form_page(request, "edp/workshop_plan.html", form, process=process, workshop=workshop)


@require_safe
@recorded
def workshop_desk(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """What there is to do for this meeting now."""
    expected = expected_at(workshop)
    people = attendance_of(workshop)
    return render(
        request,
        "edp/workshop_desk.html",
        {
            "workshop": workshop,
            "process": workshop.process,
            "may_organise": request.user.has_perm("edp.organise_workshop", workshop),
            "is_moderated_by_lead": planning.is_moderated_by_lead(workshop),
            "expected": bar(expected),
            "expected_total": expected.total(),
            "lacking": lacking_in(workshop, expected),
            "helices": bar(people),
            "people": people.total(),
            "registered": workshop.registrations.filter(state="registered").count(),
            "waiting": workshop.registrations.filter(state="waiting").count(),
            "number_said": workshop.statements.public().count(),
            "number_waiting": workshop.statements.waiting().count(),
            "form_key": uuid4(),
        },
    )


def lacking_in(workshop: Workshop, counts: Any) -> list[dict[str, Any]]:
    """Which helices are short of, or over, the shares that the gate of discovery asks for."""
    rules = gates.Thresholds.from_data(workshop.process.ruleset.data.get("gates", {}))
    asked = (
        (gates.BUSINESS, rules.min_business, False),
        (gates.ACADEMIA, rules.min_academia, False),
        (gates.CIVIL_SOCIETY, rules.min_civil_society, False),
        (gates.GOVERNMENT, rules.max_government, True),
    )
    found = []
    for helix, threshold, is_limit in asked:
        share = gates.share(counts, helix)
        if (share > threshold) if is_limit else (share < threshold):
            found.append(
                {
                    "helix": helix,
                    "share": round(100 * share),
                    "threshold": round(100 * threshold),
                    "is_limit": is_limit,
                }
            )
    return found


def _button(
    verb: Callable[[HttpRequest, Workshop], object], done: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    """A button of the desk."""

    @require_POST
    @organised
    def view(request: HttpRequest, workshop: Workshop) -> HttpResponse:
        return press(request, desk_of(workshop), lambda: verb(request, workshop), done())

    return view


def _announce(request: HttpRequest, workshop: Workshop) -> None:
    announced = planning.announce_workshop(by=person_of(request), workshop=workshop)
    send_invitations(by=person_of(request), workshop=announced)


workshop_announce = _button(_announce, lambda: _("The meeting is public; people can register."))
workshop_begin = _button(
    lambda request, workshop: planning.begin_workshop(
        by=person_of(request), workshop=workshop, takes_phones="phones" in request.POST
    ),
    lambda: _("The meeting has begun."),
)
workshop_end = _button(
    lambda request, workshop: planning.end_workshop(by=person_of(request), workshop=workshop),
    lambda: _("The meeting has ended. Write its report next."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def workshop_cancel(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = CancellationForm(request.POST or None)

    def cancel() -> str:
        planning.cancel_workshop(
            by=person_of(request), workshop=workshop, reasons=form.cleaned_data
        )
        return desk_of(workshop)

    done = _("The meeting is cancelled; whoever wanted to come is told.")
    if answer := send(request, form, cancel, done):
        return answer
    return form_page(
        request, "edp/workshop_cancel.html", form, workshop=workshop, process=workshop.process
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def workshop_report(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = ReportForm(request.POST or None)

    def publish() -> str:
        planning.publish_report(by=person_of(request), workshop=workshop, report=form.cleaned_data)
        return workshop.get_absolute_url()

    done = _("The report is published; everybody who was there is told.")
    if answer := send(request, form, publish, done):
        return answer
    return form_page(
        request, "edp/workshop_report.html", form, workshop=workshop, process=workshop.process
    )
