"""A button that is pressed once and leads back, with a refusal shown as a message."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from participation.errors import Refused
from participation.services.once import once
from participation.views.form_pages import act_once


def person_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def send(request: HttpRequest, form: Any, act: Callable[[], str], done: str) -> HttpResponse | None:
    """Act on a form that was sent and is whole; None leaves it to be shown again."""
    if request.method == "POST" and form.is_valid():
        return act_once(request, form, act, done)
    return None


def press(request: HttpRequest, act: Callable[[], object], done: str, back: str) -> HttpResponse:
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
