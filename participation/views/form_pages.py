"""A form or a button that acts once and leads on, with its refusal shown where it belongs."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from participation.errors import Refused
from participation.services.once import once


def person_of(request: HttpRequest) -> User | None:
    """Whoever is signed in; None for a stranger."""
    return request.user if isinstance(request.user, User) else None


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in, behind a guard that let nobody else pass."""
    return cast(User, request.user)


def act_once(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    done: str,
    beside: Mapping[type[Refused], str] | None = None,
) -> HttpResponse | None:
    """Run a form's act once and lead on; None, with the refusal on the form, if it was refused.

    `beside` names the field that a refusal is about; others stand above the form.
    """
    try:
        led_to = once(key=form.cleaned_data["form_key"], person=person_of(request), act=act)
    except Refused as refusal:
        name = (beside or {}).get(type(refusal))
        field = name if name in form.fields else None
        form.add_error(field, f"{refusal} {refusal.way_out}".strip())
        return None
    messages.success(request, done)
    return redirect(led_to)


def send(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    done: str,
    beside: Mapping[type[Refused], str] | None = None,
) -> HttpResponse | None:
    """Act on a form that was sent and is whole; None leaves it to be shown again."""
    if request.method != "POST" or not form.is_valid():
        return None
    return act_once(request, form, act, done, beside)


def press(request: HttpRequest, back: str, act: Callable[[], object], done: str) -> HttpResponse:
    """A form that is nothing but a button: act once and lead back; a refusal is a message."""

    def run() -> str:
        act()
        return back

    try:
        # One page has many buttons: the same button twice is one act, two buttons are two.
        key = uuid5(UUID(request.POST.get("form_key", "")), request.path)
    except ValueError:
        key = uuid4()
    try:
        once(key=key, person=person_of(request), act=run)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    else:
        messages.success(request, done)
    return redirect(back)


def form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
