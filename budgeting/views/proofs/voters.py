"""What a voter sees: who may vote, and the ways to show that one may."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.forms.proofs import CodeForm, NumberForm
from budgeting.models import Cycle
from budgeting.services.eligibility import proof_of
from budgeting.services.proofs.by_code import enter_code
from budgeting.services.proofs.desk import looks_at
from budgeting.services.proofs.identity import has_identity, prove_by_identity
from budgeting.services.proofs.lines import prove_by_register
from budgeting.views.loading import public_cycle
from budgeting.voter_by_code import leave_booth, open_booth, voter_in
from budgeting.voting_rules import VotingRules
from participation.errors import Refused
from participation.guards import requires
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.views.form_pages import form_page, press

# Who guesses needs far more; who mistypes far fewer. A household shares one address.
NUMBERS_OF_A_PERSON = Limit("register-person", 5, 3600)
NUMBERS_OF_AN_ADDRESS = Limit("register-address", 30, 3600)
CODES_OF_AN_ADDRESS = Limit("letter-address", 30, 3600)


class TooManyProofs(Refused):
    message = gettext_lazy("You have tried too often in a short time.")


@never_cache
@require_safe
@requires(None, public_cycle)
def proof_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Who may vote, in one sentence; the ways to show it, and what is shown of the reader."""
    return render(request, "budgeting/proofs_ways.html", _about(request, cycle))


def _about(request: HttpRequest, cycle: Cycle) -> dict[str, Any]:
    rules = VotingRules.from_data(cycle.ruleset.data).voter_rules
    person: Any = request.user
    is_person = person.is_authenticated
    return {
        "cycle": cycle,
        "sentence": rules.sentence(str(cycle.dossier.territory)),
        "rules": rules,
        "proof": proof_of(person) if is_person else None,
        "looks": looks_at(person, cycle) if is_person else [],
        "has_identity": is_person and has_identity(person),
        "voter": voter_in(request, cycle.slug),
    }


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.cast_ballot", public_cycle)
@sensitive_variables()
def proof_number(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """By number and date of birth. Nothing in the answer tells who stands in the register."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            _hit(NUMBERS_OF_AN_ADDRESS, address_of(request))
            _hit(NUMBERS_OF_A_PERSON, str(person.pk))
            prove_by_register(person=person, cycle=cycle, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, _("You are found in the register: you may vote."))
            return redirect("budgeting:proof-list", cycle.slug)
    return form_page(request, "budgeting/proofs_number.html", form, cycle=cycle)


def _hit(limit: Limit, who: str) -> None:
    """Raises TooManyProofs."""
    try:
        limit.hit(who)
    except TooManyTries as refusal:
        raise TooManyProofs(way_out=refusal.way_out) from refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_cycle)
@sensitive_variables()
def code_enter(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The code of a letter; the letter's square leads here with it behind a # that is not sent."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user if request.user.is_authenticated else None
        try:
            _hit(CODES_OF_AN_ADDRESS, address_of(request))
            voter = enter_code(cycle=cycle, person=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", f"{refusal} {refusal.way_out}".strip())
        else:
            if person is None:
                open_booth(request, voter, cycle)
            return redirect(_booth_of(cycle))
    context = {"cycle": cycle, "voter": voter_in(request, cycle.slug), "booth": _booth_of(cycle)}
    return form_page(request, "budgeting/proofs_code.html", form, **context)


def _booth_of(cycle: Cycle) -> str:
    envelopes = list(cycle.envelopes.all())
    if len(envelopes) == 1:
        return reverse("budgeting:ballot-cast", args=[cycle.slug, envelopes[0].number])
    return reverse("budgeting:cycle-detail", args=[cycle.slug])


@require_POST
@requires(None, public_cycle)
def code_leave(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    leave_booth(request)
    messages.success(request, _("The letter is closed: nobody votes with it on this device."))
    return redirect("budgeting:cycle-detail", cycle.slug)


@require_POST
@requires("budgeting.cast_ballot", public_cycle)
def proof_identity(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    person: Any = request.user
    return press(
        request,
        reverse("budgeting:proof-list", args=[cycle.slug]),
        lambda: prove_by_identity(person=person, cycle=cycle),
        _("Your electronic identity shows that you may vote."),
    )
