"""The assessor's desk: my ideas, my interests, my sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edp.evaluation_pages import criteria_of, evidence_of, tasks_of
from edp.forms.evaluation import InterestForm, SheetForm
from edp.models import Assignment, DiscoveryProcess, Idea, Interest
from edp.services.evaluation.panel import declare_interest
from edp.services.evaluation.sheets import NOT_NOW, save_sheet
from edp.views.loading import public_idea, public_process
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

State = Assignment.State


@require_safe
@requires("edp.assess_ideas", public_process)
def assessment_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    tasks = tasks_of(process, request.user)
    return render(request, "edp/assessment_list.html", {"process": process, "tasks": tasks})


def _task(request: HttpRequest, idea: Idea) -> Assignment:
    return Assignment.objects.select_related("seat").get(
        idea=idea, seat__person=request.user.pk, seat__until=None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.assess_idea", public_idea)
def assessment_write(request: HttpRequest, idea: Idea) -> HttpResponse:
    """First the interests, then the sheet; what is not possible now says so in its place."""
    task = _task(request, idea)
    if task.state == State.ASSIGNED:
        return _declare(request, idea, task)
    refusal = NOT_NOW[task.state]() if task.state in NOT_NOW else None
    criteria = criteria_of(idea.process)
    form = SheetForm(request.POST or None, criteria=criteria, kept=task.scores.live())
    if request.method == "POST" and form.is_valid():
        done = (
            _("The sheet is locked.") if form.is_to_lock else _("Saved. The sheet is not locked.")
        )
        if answer := act_once(request, form, lambda: _save(request, task, form), done):
            return answer
    return form_page(
        request,
        "edp/assessment_write.html",
        form,
        idea=idea,
        process=idea.process,
        task=task,
        refusal=refusal,
        evidence=evidence_of(idea),
        kept=task.scores.live().select_related("criterion").order_by("criterion__position"),
    )


def _save(request: HttpRequest, task: Assignment, form: SheetForm) -> str:
    idea = task.idea
    save_sheet(
        by=request.user,  # type: ignore[arg-type]
        assignment=task,
        scores=form.scores(),
        lock=form.is_to_lock,
    )
    if form.is_to_lock:
        return reverse("edp:assessment-list", args=[idea.process.slug])
    return reverse("edp:assessment-write", args=[idea.process.slug, idea.number])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.assess_idea", public_idea)
def interest_declare(request: HttpRequest, idea: Idea) -> HttpResponse:
    """An interest that came up after the first declaration."""
    return _declare(request, idea, _task(request, idea))


def _declare(request: HttpRequest, idea: Idea, task: Assignment) -> HttpResponse:
    is_late = task.state != State.ASSIGNED
    form = InterestForm(request.POST or None, is_late=is_late)
    if request.method == "POST" and form.is_valid():
        done = _("Thank you. What you declared is on record.")
        if answer := act_once(request, form, lambda: _interest(request, task, form), done):
            return answer
    closed = (State.DECLARED, State.RECUSED, State.EXPIRED)
    return form_page(
        request,
        "edp/interest_declare.html",
        form,
        idea=idea,
        process=idea.process,
        is_late=is_late,
        refusal=NOT_NOW[task.state]() if task.state in closed and not form.is_bound else None,
    )


def _interest(request: HttpRequest, task: Assignment, form: InterestForm) -> str:
    nature, idea = form.cleaned_data["nature"], task.idea
    declare_interest(
        by=request.user,  # type: ignore[arg-type]
        assignment=task,
        nature=nature,
        public_summary=form.cleaned_data["public_summary"],
    )
    if nature == Interest.Nature.NONE:
        return reverse("edp:assessment-write", args=[idea.process.slug, idea.number])
    return reverse("edp:assessment-list", args=[idea.process.slug])
