"""Has it changed? Answered with an account, or by a signed address without one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.citizen_voices import voices_of
from councils.forms.recommendations import CheckAnswerForm
from councils.models import CheckInvitation, CitizenCheck
from councils.services.citizen_checks import (
    AnsweredAlready,
    NotAsked,
    address_of,
    answer_check,
)
from councils.views.loading import check_of, signed_invitation
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send

writes = require_http_methods(["GET", "HEAD", "POST"])


@writes
@requires("councils.take_part", check_of)
def check_detail(request: HttpRequest, check: CitizenCheck) -> HttpResponse:
    """Where whoever was asked answers; to all others the counts are on the recommendation."""
    invitation = check.invitations.filter(person=person_of(request)).first()
    if invitation is None:
        raise Http404
    invitation.check_round = check
    return _ask(request, invitation, check.recommendation.get_absolute_url())


@writes
@requires(None, signed_invitation)
def check_token(request: HttpRequest, invitation: CheckInvitation) -> HttpResponse:
    return _ask(request, invitation, request.path)


def _ask(request: HttpRequest, invitation: CheckInvitation, led_to: str) -> HttpResponse:
    check = invitation.check_round
    form = CheckAnswerForm(request.POST or None)

    def act() -> str:
        answer_check(invitation=invitation, value=form.cleaned_data["value"])
        return led_to

    if response := send(request, form, act, _("Thank you. Your answer is counted.")):
        return response
    refusal: Refused | None = None
    if hasattr(invitation, "answer"):
        refusal = AnsweredAlready()
    elif not check.is_open_on(timezone.localdate()):
        refusal = NotAsked()
    return form_page(
        request,
        "councils/check_detail.html",
        form,
        check=check,
        recommendation=check.recommendation,
        council=check.recommendation.council,
        refusal=refusal,
        voices=voices_of(check.recommendation)[:1],
    )


@require_safe
@requires("councils.keep_council", check_of)
def check_links(request: HttpRequest, check: CitizenCheck) -> HttpResponse:
    """The signed addresses of those without an account, for the secretary to send."""
    rows = check.invitations.filter(person=None, answer=None).select_related("registration")
    return render(
        request,
        "councils/check_links.html",
        {
            "check": check,
            "recommendation": check.recommendation,
            "council": check.recommendation.council,
            "rows": [
                {"invitation": row, "url": request.build_absolute_uri(address_of(row))}
                for row in rows
            ],
            "back": reverse(
                "councils:recommendation-detail",
                args=[check.recommendation.council.slug, check.recommendation.number],
            ),
        },
    )
