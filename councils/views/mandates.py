"""Forms about one seat: appointment, end, office, declared interests."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.forms.council import (
    AppointmentForm,
    DeclarationForm,
    EndForm,
    EndInterestForm,
    NameForm,
    OfficeForm,
)
from councils.models import Council, InterestDeclaration, Mandate
from councils.services import declarations, mandates
from councils.services.member_names import correct_name
from councils.views.loading import any_council, any_declaration, any_mandate
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send

kept = requires("councils.keep_council", any_mandate)


def page_of(mandate: Mandate) -> str:
    return reverse("councils:member-detail", args=[mandate.council.slug, mandate.pk])


def members_of(council: Council) -> str:
    """Where it leads: to the desk as long as the council is not public."""
    is_public = council.dossier.published_at is not None
    name = "councils:member-list" if is_public else "councils:council-desk"
    return reverse(name, args=[council.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_council", any_council)
def mandate_create(request: HttpRequest, council: Council) -> HttpResponse:
    initial = {"post": request.GET.get("seat", "")[:9]}
    form = AppointmentForm(request.POST or None, council=council, initial=initial)

    def appoint() -> str:
        mandates.appoint(by=person_of(request), **form.fields_of_row())
        return members_of(council)

    return send(request, form, appoint, _("The member is appointed.")) or form_page(
        request, "councils/mandate_create.html", form, council=council
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def mandate_end(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = EndForm(request.POST or None)

    def end() -> str:
        data = form.cleaned_data
        mandates.end_mandate(
            by=person_of(request), mandate=mandate, on=data["on"], reason=data["reason"]
        )
        return members_of(mandate.council)

    return send(request, form, end, _("The end of the mandate is recorded.")) or form_page(
        request, "councils/mandate_end.html", form, council=mandate.council, mandate=mandate
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def mandate_office(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = OfficeForm(request.POST or None, initial={"office": mandate.office})

    def change() -> str:
        mandates.change_office(
            by=person_of(request), mandate=mandate, office=form.cleaned_data["office"]
        )
        return members_of(mandate.council)

    return send(request, form, change, _("The office is recorded.")) or form_page(
        request, "councils/mandate_office.html", form, council=mandate.council, mandate=mandate
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def mandate_name(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": mandate.name})

    def correct() -> str:
        data = form.cleaned_data
        correct_name(
            by=person_of(request), mandate=mandate, name=data["name"], reason=data["reason"]
        )
        return members_of(mandate.council)

    return send(request, form, correct, _("The name is corrected.")) or form_page(
        request, "councils/mandate_name.html", form, council=mandate.council, mandate=mandate
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.declare_interest", any_mandate)
def interest_create(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = DeclarationForm(request.POST or None)

    def declare() -> str:
        declarations.declare_interest(
            by=person_of(request), mandate=mandate, **form.fields_of_row()
        )
        return page_of(mandate)

    return send(request, form, declare, _("The interest is declared and public.")) or form_page(
        request, "councils/interest_create.html", form, council=mandate.council, mandate=mandate
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.end_interest", any_declaration)
def interest_end(request: HttpRequest, declaration: InterestDeclaration) -> HttpResponse:
    form = EndInterestForm(request.POST or None)
    mandate = declaration.mandate

    def end() -> str:
        declarations.end_interest(
            by=person_of(request), declaration=declaration, on=form.cleaned_data["on"]
        )
        return page_of(mandate)

    return send(request, form, end, _("The end of the interest is recorded.")) or form_page(
        request,
        "councils/interest_end.html",
        form,
        council=mandate.council,
        mandate=mandate,
        declaration=declaration,
    )
