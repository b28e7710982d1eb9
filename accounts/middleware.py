"""Officials sign in with two steps before they can do anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.mandates import holds_mandate
from accounts.models import User

# What a person needs to set two-step sign-in up, or to leave.
_OPEN_PREFIXES = ("account_", "mfa_", "usersessions_")
_OPEN_NAMES = {"set_language", "healthz", "readyz"}


class TwoStepForMandates:
    """Leads whoever holds a mandate and has no second step to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.MFA_REQUIRED_FOR_ROLES or _is_open(request):
            return None
        person = request.user
        if not isinstance(person, User) or not holds_mandate(person) or is_mfa_enabled(person):
            return None
        messages.warning(
            request, _("Your role needs two-step sign-in. Set it up here, then go on.")
        )
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = (match.view_name if match else "") or ""
    return name in _OPEN_NAMES or name.startswith(_OPEN_PREFIXES)
