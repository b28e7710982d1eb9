"""Who may vote: what an officer has seen is confirmed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgeting.forms.proofs import ResidenceForm
from budgeting.models import Cycle
from budgeting.views.loading import any_cycle
from participation.errors import Refused
from participation.guards import requires
from participation.services.once import once
from participation.services.residences import confirm_residence
from participation.views.form_pages import form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.confirm_residence", any_cycle)
def residence_confirm(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    territory = cycle.dossier.territory
    form = ResidenceForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():
        try:
            led_to = once(
                key=form.cleaned_data["form_key"],
                person=request.user,  # type: ignore[arg-type]
                act=lambda: _confirm_residence(request, cycle, form),
            )
            messages.success(request, _("The residence is confirmed."))
            return redirect(led_to)
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return form_page(request, "budgeting/residence_confirm.html", form, cycle=cycle)


def _confirm_residence(request: HttpRequest, cycle: Cycle, form: ResidenceForm) -> str:
    confirm_residence(
        by=request.user,  # type: ignore[arg-type]
        person=form.person,
        territory=form.cleaned_data["territory"],
        born_on=form.cleaned_data["born_on"],
        dossier=cycle.dossier,
    )
    return reverse("budgeting:residence-confirm", args=[cycle.slug])
