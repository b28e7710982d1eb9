"""Casting a ballot and its receipt. Works as plain forms; scripts only help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from budgeting import errors
from budgeting.ballots import Choices
from budgeting.models import Election
from budgeting.services import voting
from budgeting.services.eligibility import check_eligible
from budgeting.views.booth import Booth, about_election, answer, content, show
from budgeting.views.loading import election as load_election
from budgeting.voting_rules import VotingRules
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import signed_in


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, load_election)
@sensitive_variables()  # of this function and of all that it calls
def ballot_cast(request: HttpRequest, election: Election) -> HttpResponse:
    if election.state == Election.State.SETUP:
        about = about_election(election)
        return render(request, "budgeting/ballot_not_open.html", about, status=404)
    slug, envelope = election.envelope.cycle.slug, election.envelope.number
    if not election.key_fingerprint:
        # Another city's vote: it was never cast here.
        return redirect("budgeting:results-detail", slug)

    def cast(choices: Choices, form: str) -> HttpResponse:
        voting.cast_ballot(
            voter=signed_in(request), election=election, choices=choices, request=form
        )
        return redirect("budgeting:ballot-receipt", slug, envelope)

    obstacle = _obstacle(request, election)
    booth = _booth(election)
    if request.method == "POST":
        return answer(request, booth, cast, obstacle)
    return show(request, booth, _choices_so_far(request, election, obstacle), obstacle)


@never_cache
@require_safe
@requires("budgeting.cast_ballot", load_election)
@sensitive_variables()
def ballot_receipt(request: HttpRequest, election: Election) -> HttpResponse:
    """Computed from the voter's own sealed ballot while the vote is open; stored nowhere."""
    ballot = voting.own_ballot(voter=signed_in(request), election=election)
    receipt = voting.own_receipt(voter=signed_in(request), election=election)
    if ballot is None or receipt is None:
        about = about_election(election)
        return render(request, "budgeting/ballot_receipt_missing.html", about, status=404)
    context = content(_booth(election), ballot.choices) | {"receipt": receipt}
    return render(request, "budgeting/ballot_receipt.html", context)


def _booth(election: Election) -> Booth:
    entries = election.shortlist.select_related(
        "proposal__dossier", "proposal__category"
    ).prefetch_related("proposal__dossier__texts")
    cycle, number = election.envelope.cycle, election.envelope.number
    return Booth(
        election, list(entries), reverse("budgeting:ballot-cast", args=[cycle.slug, number])
    )


def _obstacle(request: HttpRequest, election: Election) -> Refused | None:
    """Why this visitor cannot cast a ballot now; None if they can."""
    now = timezone.now()
    if election.state != Election.State.FROZEN or not (
        election.opens_at <= now < election.closes_at
    ):
        return errors.VotingClosed()
    if not request.user.is_authenticated:
        return errors.NotSignedIn()
    try:
        check_eligible(voter=request.user, election=election)
    except errors.NotEligible as refusal:
        return refusal
    is_final = not VotingRules.from_data(election.rules).revocable
    if is_final and voting.has_voted(voter=signed_in(request), election=election):
        return errors.BallotFinal()
    return None


def _choices_so_far(request: HttpRequest, election: Election, obstacle: Refused | None) -> Choices:
    if obstacle is None or isinstance(obstacle, errors.BallotFinal):
        ballot = voting.own_ballot(voter=signed_in(request), election=election)
        if ballot is not None:
            return ballot.choices
    return []
