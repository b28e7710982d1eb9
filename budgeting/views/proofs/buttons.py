"""Forms that are nothing but a button."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from participation.errors import Refused
from participation.services.once import once


def press(request: HttpRequest, back: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Act once and lead back; a refusal is shown as a message."""

    def run() -> str:
        act()
        return back

    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        key = uuid4()
    try:
        once(key=key, person=request.user, act=run)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    else:
        messages.success(request, done)
    return redirect(back)
