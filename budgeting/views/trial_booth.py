"""The booth on trial: for staff of the budget, and for whoever has the trial's link."""

import secrets
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.ballots import Choices
from budgeting.models import Trial
from budgeting.services import trials
from budgeting.services.frozen_ballots import planned_shortlist, take_rules_of_cycle
from budgeting.views.booth import Booth, answer, content, show
from budgeting.views.loading import open_trial
from participation.guards import requires

LINKS = "trial_links"
"""Key of the session: for each trial the secret of the link by which somebody came."""


def admitted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Who came by the link that holds now; else staff, as everywhere. `trial` is the first word."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, envelope: int, **rest: UUID) -> HttpResponseBase:
        def run(request: HttpRequest, trial: Trial) -> HttpResponse:
            return view(request, trial, **rest)

        links = request.session.get(LINKS)
        if links:
            trial = open_trial(slug, envelope)
            if _opens(links.get(str(trial.pk), ""), trial):
                return run(request, trial)
        by_role = requires("budgeting.try_ballot", open_trial)
        return by_role(run)(request, slug=slug, envelope=envelope)

    return guarded


def _opens(secret: str, trial: Trial) -> bool:
    return bool(secret) and secrets.compare_digest(trials.hash_of(secret), trial.link_hash)


@never_cache
@require_safe
def trial_enter(request: HttpRequest, slug: str, envelope: int, secret: str) -> HttpResponse:
    """The secret goes into the session, so that no page behind it shows it in its address."""
    trial = open_trial(slug, envelope)
    if not _opens(secret, trial):
        raise Http404
    request.session[LINKS] = {**request.session.get(LINKS, {}), str(trial.pk): secret}
    return redirect("budgeting:trial-cast", slug, envelope)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@admitted
def trial_cast(request: HttpRequest, trial: Trial) -> HttpResponse:
    booth = _booth(trial)
    if request.method != "POST":
        return show(request, booth, [], None)

    def cast(choices: Choices, form: str) -> HttpResponse:
        ballot = trials.cast_trial_ballot(trial=trial, choices=choices, request=form)
        envelope = trial.election.envelope
        return redirect("budgeting:trial-receipt", envelope.cycle.slug, envelope.number, ballot.pk)

    return answer(request, booth, cast)


@never_cache
@require_safe
@admitted
def trial_receipt(request: HttpRequest, trial: Trial, ballot: UUID) -> HttpResponse:
    stored = get_object_or_404(trial.ballots, pk=ballot)
    return render(request, "budgeting/ballot_receipt.html", content(_booth(trial), stored.choices))


def _booth(trial: Trial) -> Booth:
    """As the freeze would make it now."""
    election = trial.election
    take_rules_of_cycle(election)
    address = reverse(
        "budgeting:trial-cast", args=[election.envelope.cycle.slug, election.envelope.number]
    )
    return Booth(election, planned_shortlist(election), address, is_trial=True)
