"""The desk: what an officer has seen is confirmed; what an officer looks up is written down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.forms.proofs import LookForm, ResidenceForm
from budgeting.models import Cycle, RegisterLook
from budgeting.services.proofs.desk import confirm_at_desk, look_up
from budgeting.views.loading import any_cycle
from budgeting.voting_rules import VotingRules
from participation.errors import Refused
from participation.guards import requires
from participation.services.once import once
from participation.services.residences import ConfirmsOneself
from participation.views.form_pages import form_page

at_desk = requires("budgeting.confirm_residence", any_cycle)
LOOKS_A_PAGE = 50


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
@sensitive_variables()
def residence_confirm(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    rules = VotingRules.from_data(cycle.ruleset.data).voter_rules
    form = ResidenceForm(
        request.POST or None, territory=cycle.dossier.territory, needs_number=rules.needs_line
    )
    if request.method == "POST" and form.is_valid():
        try:
            led_to = once(
                key=form.cleaned_data["form_key"],
                person=request.user,  # type: ignore[arg-type]
                act=lambda: _confirm(request, cycle, form),
            )
            messages.success(request, _("The residence is confirmed."))
            return redirect(led_to)
        except ConfirmsOneself as refusal:
            form.add_error("email", str(refusal))
        except Refused as refusal:
            form.add_error("iin", f"{refusal} {refusal.way_out}".strip())
    return form_page(request, "budgeting/residence_confirm.html", form, cycle=cycle)


def _confirm(request: HttpRequest, cycle: Cycle, form: ResidenceForm) -> str:
    data = form.cleaned_data
    confirm_at_desk(
        by=request.user,  # type: ignore[arg-type]
        person=data["email"],
        cycle=cycle,
        territory=data["territory"],
        born_on=data["born_on"],
        iin=data["iin"],
        lives_since=data["lives_since"],
    )
    return reverse("budgeting:residence-confirm", args=[cycle.slug])


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
@sensitive_variables()
def register_look(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """What is found stands on the answer to the form alone: no address leads to it."""
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = look_up(
                by=request.user,  # type: ignore[arg-type]
                cycle=cycle,
                iin=data["iin"],
                reason=data["reason"],
            )
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            context = {"cycle": cycle, "found": found, "form": LookForm(), "is_answer": True}
            return render(request, "budgeting/proofs_look.html", context)
    return form_page(request, "budgeting/proofs_look.html", form, cycle=cycle)


@require_safe
@at_desk
def look_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Who looked up whom, without names of those who were looked up: for any inspector."""
    looks = RegisterLook.objects.filter(register__cycle=cycle).select_related("officer")
    page = Paginator(looks, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "budgeting/proofs_looks.html", {"cycle": cycle, "page": page})
