"""The rapporteur's page: words taken down as fast as they are said, those from phones released."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from edp.forms.statements import CaptureForm, ReleaseForm
from edp.models import Workshop
from edp.services.workshops import statements
from edp.services.workshops.errors import WrongTime
from edp.views.workshops.planning import recorded
from participation.views.form_pages import person_of, press, send

NEWEST = 10


def capture_page(workshop: Workshop) -> str:
    return reverse("edp:statement-capture", args=[workshop.process.slug, workshop.number])


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def statement_capture(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = CaptureForm(request.POST or None, initial=_last_choices(request))

    def capture() -> str:
        data = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}
        statements.capture_statement(
            by=person_of(request), process=workshop.process, workshop=workshop, **data
        )
        return capture_page(workshop)

    if answer := send(request, form, capture, _("Published.")):
        _keep_choices(request, form)
        return answer
    refusal = WrongTime() if workshop.state not in statements.CAPTURED_IN else None
    context = {
        "form": form,
        "refusal": refusal,
        "workshop": workshop,
        "process": workshop.process,
        "waiting": workshop.statements.waiting(),
        "release": ReleaseForm(),
        "newest": workshop.statements.public().order_by("-number")[:NEWEST],
        "form_key": uuid4(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "edp/statement_capture.html", context, status=status)


def _last_choices(request: HttpRequest) -> dict[str, Any]:
    language = (get_language() or "kk")[:2]
    return {"language": language, **request.session.get("capture", {})}


def _keep_choices(request: HttpRequest, form: CaptureForm) -> None:
    request.session["capture"] = {name: form.cleaned_data[name] for name in form.KEPT}


def statement_release(
    request: HttpRequest, slug: str, number: int, statement: int
) -> HttpResponseBase:
    """Publish words from a phone, or put them aside with a reason."""

    @require_POST
    @recorded
    def guarded(request: HttpRequest, workshop: Workshop) -> HttpResponse:
        found = get_object_or_404(workshop.statements, number=statement)
        form = ReleaseForm(request.POST)
        form.is_valid()
        by, data = person_of(request), form.cleaned_data
        if "aside" in request.POST:
            return press(
                request,
                capture_page(workshop),
                lambda: statements.put_aside(by=by, statement=found, reason=data.get("reason", "")),
                _("Put aside."),
            )
        return press(
            request,
            capture_page(workshop),
            lambda: statements.release_statement(
                by=by, statement=found, competence=data.get("competence", "")
            ),
            _("Published."),
        )

    return guarded(request, slug=slug, number=number)
