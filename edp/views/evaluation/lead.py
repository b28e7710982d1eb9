"""What the chair of the panel and organisers do: criteria, tasks, rulings, results, decisions."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edp.evaluation_pages import criteria_of, progress_of, told_of
from edp.forms.evaluation import (
    ActForm,
    AssignForm,
    CriteriaForm,
    PresetForm,
    ReopenForm,
    RulingForm,
    SelectionForm,
)
from edp.models import Assignment, DiscoveryProcess, GroupMembership, Idea
from edp.services.evaluation.criteria import preset_drafts, set_criteria
from edp.services.evaluation.panel import assign, reopen, rule_interest
from edp.services.evaluation.refusals import CriteriaFrozen, CriteriaMissing, NoReport
from edp.services.evaluation.results import publish_report, results_of
from edp.services.evaluation.selection import (
    excuse_idea,
    ideas_to_decide,
    max_priorities,
    select_priorities,
)
from edp.views.loading import any_process, assignment, public_idea, public_process
from participation.forms import OnceForm
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

FORM = ["GET", "HEAD", "POST"]


def _acted(
    request: HttpRequest, form: OnceForm, act: Callable[[], str], done: str
) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    return act_once(request, form, act, done)


def _panel(process: DiscoveryProcess) -> str:
    return reverse("edp:evaluation-organise", args=[process.slug])


@require_http_methods(FORM)
@requires("edp.lead_evaluation", any_process)
def criteria_choose(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = PresetForm(request.POST or None)

    def act() -> str:
        preset = form.cleaned_data["preset"]
        set_criteria(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            preset=preset,
            criteria=preset_drafts(preset),
        )
        return reverse("edp:criteria-edit", args=[process.slug])

    if answer := _acted(request, form, act, _("The criteria are taken over.")):
        return answer
    return _criteria_page(request, "edp/criteria_choose.html", form, process)


@require_http_methods(FORM)
@requires("edp.lead_evaluation", any_process)
def criteria_edit(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = CriteriaForm(request.POST or None, criteria=criteria_of(process))

    def act() -> str:
        set_criteria(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            preset="own",
            criteria=form.drafts(),
        )
        return _panel(process)

    if answer := _acted(request, form, act, _("The criteria are saved.")):
        return answer
    return _criteria_page(request, "edp/criteria_edit.html", form, process)


def _criteria_page(
    request: HttpRequest, template: str, form: OnceForm, process: DiscoveryProcess
) -> HttpResponse:
    chosen = getattr(process, "criterion_set", None)
    is_frozen = chosen is not None and chosen.frozen_at is not None
    refusal = CriteriaFrozen() if is_frozen and not form.is_bound else None
    return form_page(request, template, form, process=process, refusal=refusal)


@require_http_methods(FORM)
@requires("edp.lead_evaluation", public_process)
def panel_manage(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """Who is how far with what, and a form to hand out more."""
    ideas = process.ideas.filter(state__in=[Idea.State.ADMITTED, Idea.State.SCORED])
    seats = process.memberships.filter(group=GroupMembership.Group.PANEL, until=None)
    form = AssignForm(
        request.POST or None,
        ideas=ideas.select_related("dossier").prefetch_related("dossier__texts"),
        seats=seats.select_related("person"),
    )

    def act() -> str:
        data = form.cleaned_data
        assign(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            seats=data["seats"],
            ideas=data["ideas"],
            due_on=data["due_on"],
        )
        return _panel(process)

    if answer := _acted(request, form, act, _("The ideas are handed out.")):
        return answer
    return form_page(
        request,
        "edp/panel_manage.html",
        form,
        process=process,
        progress=progress_of(process),
        criteria=criteria_of(process),
        has_panel=seats.exists(),
        refusal=None if criteria_of(process) else CriteriaMissing(),
        may_organise=request.user.has_perm("edp.organise_process", process),
    )


@require_http_methods(FORM)
@requires("edp.rule_sheet", assignment)
def interest_rule(request: HttpRequest, task: Assignment) -> HttpResponse:
    form = RulingForm(request.POST or None)

    def act() -> str:
        rule_interest(
            by=request.user,  # type: ignore[arg-type]
            assignment=task,
            ruling=form.cleaned_data["ruling"],
        )
        return _panel(task.seat.process)

    if answer := _acted(request, form, act, _("Your ruling is on record.")):
        return answer
    return form_page(
        request,
        "edp/interest_rule.html",
        form,
        process=task.seat.process,
        task=task,
        interest=task.interests.filter(ruling="").first(),
    )


@require_http_methods(FORM)
@requires("edp.rule_sheet", assignment)
def sheet_reopen(request: HttpRequest, task: Assignment) -> HttpResponse:
    form = ReopenForm(request.POST or None)

    def act() -> str:
        reopen(
            by=request.user,  # type: ignore[arg-type]
            assignment=task,
            reason=form.cleaned_data["reason"],
            due_on=form.cleaned_data["due_on"],
        )
        return _panel(task.seat.process)

    if answer := _acted(request, form, act, _("The sheet is open again.")):
        return answer
    return form_page(request, "edp/sheet_reopen.html", form, process=task.seat.process, task=task)


@require_http_methods(FORM)
@requires("edp.organise_process", public_process)
def evaluation_publish(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """The results of whole ideas as they would be published now."""
    form = OnceForm(request.POST or None)

    def act() -> str:
        report = publish_report(by=request.user, process=process)  # type: ignore[arg-type]
        return reverse("edp:evaluation-report", args=[process.slug, report.version])

    if answer := _acted(request, form, act, _("The results are published.")):
        return answer
    criteria = criteria_of(process)
    found = results_of(process) if criteria else None
    progress = progress_of(process)
    return form_page(
        request,
        "edp/evaluation_publish.html",
        form,
        process=process,
        told=told_of(found, criteria, progress) if found and found["results"] else None,
        progress=progress,
        refusal=None if criteria else CriteriaMissing(),
    )


@require_http_methods(FORM)
@requires("edp.organise_process", public_process)
def priorities_select(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    ideas = ideas_to_decide(process)
    report = process.evaluations.first()
    form = SelectionForm(request.POST or None, ideas=ideas)

    def act() -> str:
        select_priorities(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            act=form.act(),
            choice=form.choice(),
        )
        return reverse("edp:evaluation-detail", args=[process.slug])

    if answer := _acted(request, form, act, _("The candidates are selected.")):
        return answer
    return form_page(
        request,
        "edp/priorities_select.html",
        form,
        process=process,
        told=told_of(report.data, criteria_of(process), progress_of(process)) if report else None,
        most=max_priorities(process),
        refusal=None if report else NoReport(),
    )


@require_http_methods(FORM)
@requires("edp.excuse_idea", public_idea)
def idea_excuse(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = ActForm(request.POST or None)

    def act() -> str:
        excuse_idea(
            by=request.user,  # type: ignore[arg-type]
            process=idea.process,
            idea=idea,
            act=form.act(),
        )
        return _panel(idea.process)

    if answer := _acted(request, form, act, _("The exception is on record.")):
        return answer
    return form_page(request, "edp/idea_excuse.html", form, process=idea.process, idea=idea)
