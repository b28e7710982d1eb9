"""The envelopes of a cycle on one page: where one votes, and where one has voted."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from budgeting import errors
from budgeting.models import Cycle, Election
from budgeting.own_envelopes import own_envelopes
from budgeting.services import scopes
from budgeting.views.loading import election as load_election
from budgeting.views.loading import public_cycle
from participation.forms import OnceForm
from participation.guards import requires
from participation.views.form_pages import act_once, form_page


@never_cache
@require_safe
@requires(None, public_cycle)
def envelope_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    rows = own_envelopes(cycle, person, timezone.now())
    return render(request, "budgeting/envelope_list.html", {"cycle": cycle, "rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.cast_ballot", load_election)
def envelope_choose(request: HttpRequest, election: Election) -> HttpResponse:
    """One more envelope to vote on: asked before, because it cannot be taken back."""
    cycle = election.envelope.cycle
    reach = scopes.reach_of(request.user, cycle)  # type: ignore[arg-type]
    is_free = reach is not None and reach.may_choose(election)
    form = OnceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        led_on = act_once(request, form, lambda: _choose(request, election), _("Now vote here."))
        if led_on:
            return led_on
    return form_page(
        request,
        "budgeting/envelope_choose.html",
        form,
        cycle=cycle,
        envelope=election.envelope,
        refusal=None if is_free or form.is_bound else errors.NoFreeChoice(),
    )


def _choose(request: HttpRequest, election: Election) -> str:
    scopes.choose_envelope(voter=request.user, election=election)  # type: ignore[arg-type]
    args = [election.envelope.cycle.slug, election.envelope.number]
    return reverse("budgeting:ballot-cast", args=args)
