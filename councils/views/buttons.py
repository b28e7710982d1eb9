"""A form or a button that acts once and leads on, with its refusal shown where it belongs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from participation.errors import Refused
from participation.services.once import once


def person_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def send(request: HttpRequest, form: Any, act: Callable[[], str], done: str) -> HttpResponse | None:
    """Act on a form that was sent and is whole; None leaves it to be shown again.

    Unlike participation's `act_once` it also serves people without an account.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        led_to = once(key=form.cleaned_data["form_key"], person=person_of(request), act=act)
    except Refused as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        return None
    messages.success(request, done)
    return redirect(led_to)


def press(request: HttpRequest, back: str, act: Callable[[], object], done: str) -> HttpResponse:
    """A form that is nothing but a button."""

    def run() -> str:
        act()
        return back

    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        key = uuid4()
    try:
        once(key=key, person=person_of(request), act=run)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    else:
        messages.success(request, done)
    return redirect(back)
