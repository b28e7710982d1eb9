"""What became of ideas: candidates and priorities, with the way back to what was said."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edp.ideas.cards import idea_card, idea_rows, priority_card, priority_rows, tone_of
from edp.ideas.judged import judgements_of
from edp.ideas.trace import steps_back
from edp.models import DiscoveryProcess, Priority
from edp.views.loading import public_priority, public_process
from participation.guards import requires

PRIORITIES_A_PAGE = 20


@require_safe
@requires(None, public_process)
def priority_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    rows = priority_rows(process.priorities.public().order_by("number"))
    page = Paginator(rows, PRIORITIES_A_PAGE).get_page(request.GET.get("page"))
    context = {"process": process, "page": page, "cards": [priority_card(row) for row in page]}
    return render(request, "edp/priority_list.html", context)


@require_safe
@requires(None, public_priority)
def priority_detail(request: HttpRequest, priority: Priority) -> HttpResponse:
    ideas = priority.ideas.public().order_by("number")
    judged = judgements_of(priority.process)
    named = ideas.values_list("number", "dossier__reference")
    return render(
        request,
        "edp/priority_detail.html",
        {
            "priority": priority,
            "process": priority.process,
            "text": priority.dossier.text,
            "tone": tone_of(priority.dossier),
            "cards": [idea_card(row) for row in idea_rows(ideas)],
            "back": steps_back(priority),
            "judged": [(number, judged[key]) for number, key in named if key in judged],
        },
    )
