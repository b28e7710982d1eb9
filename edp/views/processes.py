"""The public pages of a process: the list, the process, how it was decided."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edp.facts.funnel import funnel_of
from edp.gate_words import thresholds_told
from edp.models import DiscoveryProcess
from edp.participants import UNKNOWN, bar, participants_of
from edp.presentation import (
    bars_of,
    decisions_of,
    groups_of,
    next_step,
    outputs_of,
    passages_of,
    stages_of,
)
from edp.views.loading import public_process
from participation.guards import requires
from participation.models import Role

PROCESSES_A_PAGE = 20


@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    found = DiscoveryProcess.objects.published().for_display().order_by("origin", "-pk")
    page = Paginator(found, PROCESSES_A_PAGE).get_page(request.GET.get("page"))
    may_create = Role.objects.in_force().filter(
        person=request.user.pk, kind=Role.Kind.ORGANISER, territory__isnull=False
    )
    context = {"page": page, "may_create": may_create.exists()}
    return render(request, "edp/process_list.html", context)


@require_safe
@requires(None, public_process)
def process_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    leads = process.stage_leads.select_related("organisation")
    people = participants_of(process)
    return render(
        request,
        "edp/process_detail.html",
        {
            "process": process,
            "stages": stages_of(process, {lead.stage: lead.organisation for lead in leads}),
            "next_step": next_step(process),
            "helices": bar(people),
            "number_of_people": people.total(),
            "number_unknown": people[UNKNOWN],
            "bars": bars_of(funnel_of(process)),
            "groups": groups_of(process),
            "outputs": outputs_of(process),
            "may_organise": request.user.has_perm("edp.organise_process", process),
        },
    )


@require_safe
@requires(None, public_process)
def decision_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return render(
        request,
        "edp/decision_list.html",
        {
            "process": process,
            "passages": passages_of(process),
            "decisions": decisions_of(process),
            "thresholds": thresholds_told(process.ruleset.data),
        },
    )
