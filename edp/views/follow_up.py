"""After adoption: what is measured, judged, offered and revised."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edp.follow_up_reading import (
    calls_by_kind,
    progress_of,
    scores_of,
    wheel_of,
    words_count,
)
from edp.forms.follow_up import (
    CallForm,
    CorrectionForm,
    MeasurementForm,
    SpendingForm,
    WheelForm,
)
from edp.forms.strategy import DecisionForm
from edp.models import Action, Call, DiscoveryProcess, Strategy
from edp.services import follow_up as services
from edp.views.loading import any_process, public_process
from edp.views.strategy.loading import Measured, measured_indicator, measurement
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

READING = ["GET", "HEAD", "POST"]
organised = requires("edp.organise_process", any_process)


def _followed(process: DiscoveryProcess) -> Strategy | None:
    """The strategy in force, which is the one that is measured."""
    found = process.strategies.public().in_force().for_display()
    return found.order_by("-version").first()


@require_safe
@requires(None, public_process)
def follow_up_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    strategy = _followed(process)
    priorities = progress_of(strategy, timezone.localdate()) if strategy else []
    return render(
        request,
        "edp/follow_up_detail.html",
        {
            "process": process,
            "strategy": strategy,
            "priorities": priorities,
            "words": words_count(priorities),
            "currency": strategy.currency if strategy else "KZT",
            "wheel": wheel_of(process),
            "kinds": calls_by_kind(process),
            "calls": process.calls.select_related("priority__dossier").prefetch_related(
                "priority__dossier__texts"
            ),
            "may_measure": strategy is not None
            and request.user.has_perm("edp.measure_indicator", strategy),
            "may_judge": request.user.has_perm("edp.judge_by_wheel", process),
        },
    )


@require_safe
@organised
def follow_up_organise(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    strategy = _followed(process)
    return render(
        request,
        "edp/follow_up_organise.html",
        {
            "process": process,
            "strategy": strategy,
            "priorities": progress_of(strategy, timezone.localdate()) if strategy else [],
            "calls": process.calls.all(),
            "wheel": wheel_of(process),
        },
    )


def _back(process: DiscoveryProcess) -> str:
    return reverse("edp:follow-up-detail", args=[process.slug])


@require_http_methods(READING)
@requires("edp.measure_indicator", measured_indicator)
def indicator_measure(request: HttpRequest, measured: Measured) -> HttpResponse:
    return _measure(request, measured, MeasurementForm(request.POST or None))


@require_http_methods(READING)
@requires("edp.measure_indicator", measurement)
def measurement_correct(request: HttpRequest, measured: Measured) -> HttpResponse:
    return _measure(request, measured, CorrectionForm(request.POST or None))


def _measure(request: HttpRequest, measured: Measured, form: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            services.record_measurement(
                by=request.user,  # type: ignore[arg-type]
                indicator=measured.indicator,
                measured_on=data["measured_on"],
                value=data["value"],
                note=data["note"],
                corrects=measured.corrects,
            )
            return _back(measured.process)

        if done := act_once(request, form, act, _("The value is published.")):
            return done
    return form_page(
        request,
        "edp/indicator_measure.html",
        form,
        process=measured.process,
        indicator=measured.indicator,
        corrects=measured.corrects,
        history=measured.indicator.measurements.all(),
    )


@require_http_methods(READING)
def spending_add(request: HttpRequest, slug: str, key: int) -> Any:
    @organised
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        rows = Action.objects.select_related("strategy")
        return _spend(request, process, get_object_or_404(rows, strategy__process=process, pk=key))

    return guarded(request, slug=slug)


def _spend(request: HttpRequest, process: DiscoveryProcess, action: Action) -> HttpResponse:
    form = SpendingForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            services.record_spending(
                by=request.user,  # type: ignore[arg-type]
                action=action,
                year=data["year"],
                amount=data["amount"],
                source=data["source"],
                evidence=data["evidence"],
            )
            return _back(process)

        if done := act_once(request, form, act, _("The sum is published.")):
            return done
    return form_page(request, "edp/spending_add.html", form, process=process, action=action)


@require_http_methods(READING)
@requires("edp.judge_by_wheel", any_process)
def wheel_fill(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    before = scores_of(process, request.user, timezone.localdate().year)
    form = WheelForm(request.POST or None, before=before)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.judge_by_wheel(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                scores=form.scores(),
            )
            return _back(process)

        if done := act_once(request, form, act, _("Your judgement is counted.")):
            return done
    return form_page(request, "edp/wheel_fill.html", form, process=process)


@require_http_methods(READING)
@organised
def call_add(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return _call_page(request, process, None)


@require_http_methods(READING)
def call_edit(request: HttpRequest, slug: str, key: int) -> Any:
    @organised
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        return _call_page(request, process, get_object_or_404(process.calls, pk=key))

    return guarded(request, slug=slug)


def _call_page(request: HttpRequest, process: DiscoveryProcess, row: Call | None) -> HttpResponse:
    form = CallForm(request.POST or None, instance=row or Call(process=process), process=process)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.write_call(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                values=form.values(),
                row=row,
            )
            return reverse("edp:follow-up-organise", args=[process.slug])

        if done := act_once(request, form, act, _("The call is published.")):
            return done
    return form_page(request, "edp/call_edit.html", form, process=process, is_new=row is None)


@require_http_methods(READING)
@organised
def revision_decide(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = DecisionForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.decide_revision(by=request.user, process=process, **form.decision())  # type: ignore[arg-type]
            return reverse("edp:follow-up-organise", args=[process.slug])

        if done := act_once(request, form, act, _("The decision is published.")):
            return done
    return form_page(request, "edp/revision_decide.html", form, process=process)
