"""A person's own page, and what they can do with their own data."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import person_page, services
from accounts.forms import ErasureForm, PersonForm
from accounts.models import User


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@never_cache
@require_safe
@login_required
def person_detail(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    second_steps = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "person": person,
        "has_authenticator_app": Authenticator.Type.TOTP in second_steps,
        "passkey_count": second_steps.count(Authenticator.Type.WEBAUTHN),
        "session_count": UserSession.objects.filter(user=person).count(),
        "has_identity_providers": bool(get_provider_adapter().list_providers(request)),
        "sections": person_page.sections_for(person),
    }
    return render(request, "accounts/person_detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_edit(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = PersonForm(request.POST or None, instance=person)
    if not form.is_valid():
        return render(request, "accounts/person_edit.html", {"form": form})
    services.change_person(person=person, **form.cleaned_data)
    with override(person.language):
        messages.success(request, _("Your data is saved."))
    return _redirect_in_language(person.language)


def _redirect_in_language(language: str) -> HttpResponse:
    """The page follows the language at once, and so does the next visit to the bare address."""
    response = redirect(translate_url(reverse("accounts:person-detail"), language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_export(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(
        services.export_person(person=_person(request)),
        encoder=DjangoJSONEncoder,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    filename = f"my-data-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def person_erase(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = ErasureForm(request.POST or None, person=person)
    if not form.is_valid():
        return render(request, "accounts/person_erase.html", {"form": form})
    services.erase_person(person=person)
    logout(request)
    return redirect("accounts:person-erased")


@require_safe
def person_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/person_erased.html")
