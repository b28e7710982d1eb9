"""Public control: the list, one action, and what the secretary does with it."""

from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.control import ControlForm, DropForm, FinishForm
from councils.models import Council, PublicControlAction
from councils.services.control import begin_control, drop_control, finish_control, plan_control
from councils.views.loading import public_control, public_council
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "councils/recommendation_form.html"
ACTIONS_A_PAGE = 20
kept = requires("councils.keep_council", public_control)


@require_safe
@requires(None, public_council)
def control_list(request: HttpRequest, council: Council) -> HttpResponse:
    found = council.control_actions.public().for_display().order_by("-number")
    page = Paginator(found, ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    may_keep = request.user.has_perm("councils.keep_council", council)
    context = {"council": council, "page": page, "may_keep": may_keep}
    return render(request, "councils/control_list.html", context)


@require_safe
@requires(None, public_control)
def control_detail(request: HttpRequest, action: PublicControlAction) -> HttpResponse:
    return render(
        request,
        "councils/control_detail.html",
        {
            "action": action,
            "council": action.council,
            "text": action.dossier.text,
            "may_keep": request.user.has_perm("councils.keep_council", action),
            "form_key": uuid4(),
        },
    )


@writes
@requires("councils.keep_council", public_council)
def control_plan(request: HttpRequest, council: Council) -> HttpResponse:
    form = ControlForm(request.POST or None, council=council)

    def act() -> str:
        action = plan_control(
            by=person_of(request), council=council, wordings=form.wordings(), plan=form.plan()
        )
        return action.get_absolute_url()

    return send(request, form, act, _("Planned and public.")) or form_page(
        request,
        FORM,
        form,
        council=council,
        here="control",
        heading=_("Plan public control"),
        button=_("Publish it"),
        back=reverse("councils:control-list", args=[council.slug]),
        back_label=_("Public control"),
    )


@require_POST
@kept
def control_begin(request: HttpRequest, action: PublicControlAction) -> HttpResponse:
    return press(
        request,
        action.get_absolute_url(),
        lambda: begin_control(by=person_of(request), action=action),
        _("Begun, and written into the public record."),
    )


@writes
@kept
def control_finish(request: HttpRequest, action: PublicControlAction) -> HttpResponse:
    form = FinishForm(request.POST or None, council=action.council)

    def act() -> str:
        data = form.cleaned_data
        finish_control(
            by=person_of(request),
            action=action,
            final=data["final"],
            number=data["number"],
            ending=form.told(),
            recommendation=data["recommendation"],
            on=data["on"],
        )
        return action.get_absolute_url()

    return send(request, form, act, _("The final document is public.")) or _form_of(
        request, form, action, _("Publish the final document"), _("Publish it")
    )


@writes
@kept
def control_drop(request: HttpRequest, action: PublicControlAction) -> HttpResponse:
    form = DropForm(request.POST or None)

    def act() -> str:
        drop_control(by=person_of(request), action=action, reason=form.told())
        return action.get_absolute_url()

    return send(request, form, act, _("Ended; the reason is public.")) or _form_of(
        request, form, action, _("End it without a document"), _("End it")
    )


def _form_of(
    request: HttpRequest, form: Any, action: PublicControlAction, heading: str, button: str
) -> HttpResponse:
    return form_page(
        request,
        FORM,
        form,
        council=action.council,
        here="control",
        heading=heading,
        button=button,
        back=action.get_absolute_url(),
        back_label=action.dossier.title,
    )
