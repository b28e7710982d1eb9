"""The organiser's desk: what is still to do before the next gate, and the pages behind it."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp import errors
from edp.forms.process import (
    DatesForm,
    LeadForm,
    MoveForm,
    NewProcessForm,
    OtherDecisionForm,
    OutlineForm,
    OutputsForm,
    ProcessForm,
    ResourcesForm,
    WaiverForm,
)
from edp.gate_words import gate_name, label_of, told_check
from edp.gates import Check
from edp.models import DiscoveryProcess, ResourcePlan, Stage
from edp.presentation import borders_warning, stages_of
from edp.presets import PRESETS
from edp.services import gates, moving, processes
from edp.services.decisions import publish_decision
from edp.views.loading import any_process, public_process
from participation.guards import requires
from participation.models import Role, Territory
from participation.models.territory import lies_within
from participation.views.form_pages import act_once, form_page, press

organised = requires("edp.organise_process", any_process)


def desk_of(process: DiscoveryProcess) -> str:
    return reverse("edp:process-organise", args=[process.slug])


def _ahead(process: DiscoveryProcess) -> Check | None:
    return gates.check_gate(process) if gates.gate_of(process) is not None else None


@require_safe
@organised
def process_organise(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    ahead = _ahead(process)
    leads = process.stage_leads.select_related("organisation")
    context = {
        "process": process,
        "stages": stages_of(process, {lead.stage: lead.organisation for lead in leads}),
        "ahead": ahead,
        "gate_name": gate_name(ahead.gate) if ahead else "",
        "conditions": told_check(ahead, process) if ahead else [],
        "may_freeze": process.stage in (Stage.DRAFT, Stage.PREPARATION)
        and process.ruleset.frozen_at is None,
        "may_move": bool(moving.kinds_open(process)),
        "may_edit": process.stage == Stage.DRAFT,
        "may_write_outputs": process.stage in (Stage.MAPPING, Stage.DISCOVERY),
        "warning": borders_warning(process.dossier.territory, process.period_start),
        "form_key": uuid4(),
    }
    return render(request, "edp/process_organise.html", context)


@require_POST
@organised
def gate_pass(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """`gate` is the one whose conditions the page showed; `last` ends a process at its review."""
    seen = request.POST.get("gate", "")

    def act() -> None:
        gates.pass_gate(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            gate=int(seen) if seen.isdecimal() else -1,
            is_last="last" in request.POST,
        )

    return press(request, desk_of(process), act, _("The gate is passed and recorded."))


@require_POST
@organised
def rules_freeze(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return press(
        request,
        desk_of(process),
        lambda: processes.freeze_rules(by=request.user, process=process),  # type: ignore[arg-type]
        _("The rules are frozen."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def condition_waive(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    ahead = _ahead(process)
    missing = [(each.code, label_of(each.code)) for each in ahead.missing] if ahead else []
    form = WaiverForm(request.POST or None, conditions=missing)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            gates.waive_condition(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                condition=form.cleaned_data["condition"],
                **form.decision(),
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The condition is set aside.")):
            return led_on
    refusal = None if missing or form.is_bound else errors.NothingToWaive()
    return form_page(request, "edp/condition_waive.html", form, process=process, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def process_move(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    kinds = moving.kinds_open(process)
    form = MoveForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            moving.move_by_decision(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                kind=form.cleaned_data["kind"],
                **form.decision(),
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The decision is recorded and published.")):
            return led_on
    refusal = None if kinds or form.is_bound else errors.WrongStage()
    return form_page(request, "edp/process_move.html", form, process=process, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def decision_publish(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = OtherDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            publish_decision(by=request.user, process=process, **form.decision())  # type: ignore[arg-type]
            return reverse("edp:decision-list", args=[process.slug])

        if led_on := act_once(request, form, act, _("The decision is recorded and published.")):
            return led_on
    is_announced = process.dossier.published_at is not None
    refusal = None if is_announced or form.is_bound else errors.NotAnnounced()
    return form_page(request, "edp/decision_publish.html", form, process=process, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def process_edit(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = OutlineForm(request.POST or None, initial=OutlineForm.initial_of(process))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            processes.edit_process(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                outline=form.outline(process.dossier.territory),
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The text is saved.")):
            return led_on
    is_fixed = process.stage != Stage.DRAFT and not form.is_bound
    refusal = errors.NoDraft() if is_fixed else None
    return form_page(request, "edp/process_edit.html", form, process=process, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def process_dates(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = DatesForm(request.POST or None, process=process)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            processes.change_dates(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                dates=form.dates(),
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The dates are changed and recorded.")):
            return led_on
    return form_page(request, "edp/process_dates.html", form, process=process)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def resources_edit(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    plan = ResourcePlan.objects.filter(process=process).first()
    names = [name for name in ResourcesForm.base_fields if name != "form_key"]
    initial = {name: getattr(plan, name) for name in names} if plan else {}
    form = ResourcesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            processes.plan_resources(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                people=data["people"],
                person_days=data["person_days"],
                money=data["money"],
                gaps={code: data[f"gaps_{code}"] for code in ("kk", "ru", "en")},
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The plan of resources is saved.")):
            return led_on
    return form_page(request, "edp/resources_edit.html", form, process=process)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def outputs_edit(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    initial = {
        f"{output.code}_{language}": getattr(output, f"text_{language}")
        for output in process.outputs.all()
        for language in ("kk", "ru", "en")
    }
    form = OutputsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            for code, words in form.written().items():
                processes.write_output(
                    by=request.user,  # type: ignore[arg-type]
                    process=process,
                    code=code,
                    words=words,
                )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The text is saved.")):
            return led_on
    is_time = process.stage in (Stage.MAPPING, Stage.DISCOVERY)
    refusal = None if is_time or form.is_bound else errors.WrongStage()
    return form_page(request, "edp/outputs_edit.html", form, process=process, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def lead_edit(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            processes.hand_stage_over(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                stage=form.cleaned_data["stage"],
                organisation=form.cleaned_data["organisation"],
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The lead of the stage is saved.")):
            return led_on
    return form_page(request, "edp/lead_edit.html", form, process=process)


# --- New ones -------------------------------------------------------------------------------------


def _territories(request: HttpRequest) -> QuerySet[Territory]:
    """Where the person may set up a process; 404 for whoever organises nowhere."""
    roles = Role.objects.in_force().filter(
        person=request.user.pk, kind=Role.Kind.ORGANISER, territory__isnull=False
    )
    places = list(roles.values_list("territory", flat=True))
    if not places:
        raise Http404
    return Territory.objects.filter(Q(pk__in=places) | lies_within("parent", places))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def process_create(request: HttpRequest) -> HttpResponse:
    form = ProcessForm(request.POST or None, territories=_territories(request))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            process = processes.create_process(
                by=request.user,  # type: ignore[arg-type]
                slug=form.slug(),
                preset=PRESETS[form.cleaned_data["preset"]],
                outline=form.outline(form.cleaned_data["territory"]),
                starts_on=form.cleaned_data["starts_on"],
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The draft is there; nobody else sees it.")):
            return led_on
    return form_page(request, "edp/process_create.html", form, presets=PRESETS.values())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@requires(None, public_process)
def process_clone(request: HttpRequest, source: DiscoveryProcess) -> HttpResponse:
    form = NewProcessForm(
        request.POST or None,
        territories=_territories(request),
        initial={**OutlineForm.initial_of(source), "lead_body": None, "centre": None},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            process = processes.clone_process(
                by=request.user,  # type: ignore[arg-type]
                source=source,
                slug=form.slug(),
                outline=form.outline(form.cleaned_data["territory"]),
                starts_on=form.cleaned_data["starts_on"],
            )
            return desk_of(process)

        if led_on := act_once(request, form, act, _("The draft is there; nobody else sees it.")):
            return led_on
    warning = borders_warning(source.dossier.territory, source.period_start)
    return form_page(request, "edp/process_clone.html", form, process=source, warning=warning)
