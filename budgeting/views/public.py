"""The public pages of a cycle, and what the platform promises about a vote."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgeting.cards import cycle_card, cycle_rows, proposal_card, proposal_rows
from budgeting.models import Cycle, Proposal
from budgeting.presentation import has_results, next_step, stages_of, turnout_of
from budgeting.presets import preset_of
from budgeting.rule_words import conditions_of_vote, told_rule
from budgeting.starts import organised_places
from budgeting.views.loading import public_cycle
from budgeting.voting_rules import BALLOT_TYPES, VotingRules
from participation.guards import requires
from participation.views.form_pages import person_of

CYCLES_A_PAGE = 20
FIRST_PROPOSALS = 6
ON_BALLOT = Q(state=Proposal.State.SHORTLISTED)


@require_safe
def cycle_list(request: HttpRequest) -> HttpResponse:
    cycles = Cycle.objects.published().order_by("source_note", "-year", "slug")
    page = Paginator(cycle_rows(cycles), CYCLES_A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    cards = [cycle_card(row, now) for row in page]
    person = person_of(request)
    may_create = person is not None and bool(organised_places(person))
    context = {"page": page, "cards": cards, "may_create": may_create}
    return render(request, "budgeting/cycle_list.html", context)


@require_safe
@requires(None, public_cycle)
def cycle_detail(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    now = timezone.now()
    envelopes = list(cycle.envelopes.select_related("territory", "election"))
    is_ours = cycle.ruleset.data.get("ballot") in BALLOT_TYPES and not cycle.is_imported
    rules = VotingRules.from_data(cycle.ruleset.data) if is_ours else None
    proposals = cycle.proposals.public().order_by("-state", "number")
    return render(
        request,
        "budgeting/cycle_detail.html",
        {
            "cycle": cycle,
            "stages": stages_of(cycle, now),
            "next_step": next_step(cycle, envelopes, now),
            "envelopes": envelopes,
            "has_results": has_results(envelopes),
            "amount": sum(envelope.amount for envelope in envelopes),
            "rules": rules,
            "preset": preset_of(cycle.ruleset.key),
            "conditions": conditions_of_vote(rules) if rules else [],
            "count_rule": told_rule(cycle.ruleset.data["count"]),
            **cycle.proposals.public().aggregate(
                number_of_proposals=Count("pk"), number_on_ballot=Count("pk", filter=ON_BALLOT)
            ),
            "turnout": turnout_of(envelopes),
            "cards": [proposal_card(row) for row in proposal_rows(proposals)[:FIRST_PROPOSALS]],
            "may_organise": request.user.has_perm("budgeting.organise_cycle", cycle),
        },
    )


@require_safe
def vote_promise(request: HttpRequest) -> HttpResponse:
    return render(request, "budgeting/vote_promise.html")


@require_safe
def verify_script(request: HttpRequest) -> FileResponse:
    """The checker as one file of the standard library, as it stands in the repository."""
    path = Path(settings.BASE_DIR) / "budgeting" / "verify_ballots.py"
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename="verify_ballots.py",
        content_type="text/x-python",
    )
