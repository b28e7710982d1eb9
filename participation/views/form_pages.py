"""A page of one form: shown, acted on once, shown again with what was refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from participation.errors import Refused
from participation.services.once import once


def act_once(
    request: HttpRequest, form: Any, act: Callable[[], str], done: str
) -> HttpResponse | None:
    """Run a form's act once and lead on; None, with the refusal on the form, if it was refused."""
    try:
        led_to = once(key=form.cleaned_data["form_key"], person=request.user, act=act)  # type: ignore[arg-type]
    except Refused as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        return None
    messages.success(request, done)
    return redirect(led_to)


def form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
