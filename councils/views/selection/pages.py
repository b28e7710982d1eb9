"""A page of one form, or a button, at the desk of a selection or a draw."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from councils.models import Draw, SelectionProcess
from participation.guards import requires
from participation.views.form_pages import form_page, press, send

Thing = SelectionProcess | Draw


def desk_of(thing: Thing) -> str:
    name = "draw-desk" if isinstance(thing, Draw) else "selection-desk"
    return reverse(f"councils:{name}", args=[thing.council.slug, thing.number])


def one_form(
    request: HttpRequest,
    thing: Thing,
    form: Any,
    act: Callable[[], object],
    *,
    done: str,
    **said: Any,
) -> HttpResponse:
    """Act and lead back to the desk, or show the form; `said`: heading, intro, button, rows."""

    def run() -> str:
        act()
        return desk_of(thing)

    if answer := send(request, form, run, done):
        return answer
    context = {"council": thing.council, "thing": thing, "desk": desk_of(thing), **said}
    return form_page(request, "councils/selection_form.html", form, **context)


def desk_button(
    load: Callable[..., Any],
    verb: Callable[[HttpRequest, Any], object],
    done: Callable[[], str],
) -> Callable[..., HttpResponseBase]:
    """A button of the desk, for who keeps the council."""

    @require_POST
    @requires("councils.keep_council", load)
    def view(request: HttpRequest, thing: Any) -> HttpResponse:
        return press(request, desk_of(thing), lambda: verb(request, thing), done())

    return view
