"""The organiser's page of a cycle: what is to do, the numbers of today, the year, its votes."""

from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgeting.cockpit import calendar_of, numbers_of, tasks_of
from budgeting.cockpit_reading import read_today
from budgeting.models import Cycle, Envelope, Proposal
from budgeting.presentation import stages_of
from budgeting.readiness import issues_before_opening
from budgeting.similar import alike_pairs
from budgeting.views.loading import any_cycle
from participation.guards import requires
from participation.models import Role
from participation.rules import has_role_in
from participation.views.form_pages import signed_in

organised = requires("budgeting.organise_cycle", any_cycle)
VOTES_A_PAGE = 6
PAIRS_SHOWN = 50


@require_safe
@organised
def cycle_organise(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    now, place = timezone.now(), cycle.dossier.territory
    envelopes = list(cycle.envelopes.select_related("election", "territory"))
    today = read_today(cycle, envelopes, now)
    votes = Paginator(envelopes, VOTES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "budgeting/cycle_organise.html",
        {
            "cycle": cycle,
            "stages": stages_of(cycle, now),
            "tasks": tasks_of(today),
            "groups": numbers_of(today),
            "calendar": calendar_of(cycle, now),
            "turnout": today.turnout,
            "votes": votes,
            "elections": [_overview(envelope) for envelope in votes],
            "waiting": cycle.proposals.filter(state=Proposal.State.SUBMITTED).count(),
            "may_write": request.user.has_perm("participation.send_newsletter", place),
            "may_clone": not cycle.is_imported
            and has_role_in(signed_in(request), Role.Kind.ORGANISER, place),
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


@require_safe
@organised
def proposal_alike(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Pairs that somebody should look at; merging them is the page of each proposal."""
    pairs = alike_pairs(cycle, PAIRS_SHOWN)
    return render(request, "budgeting/proposal_alike.html", {"cycle": cycle, "pairs": pairs})
