"""The register of a budget: handed in, watched while it is read, its faults told line by line."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.forms.proofs import RegisterForm
from budgeting.models import Cycle, Register, RegisterImport
from budgeting.register_words import FAULTS
from budgeting.sealed_uploads import SealingHandler
from budgeting.services.proofs.imports import faults_of, hand_in_register, read_register
from budgeting.tasks import read_registers
from budgeting.views.loading import any_cycle, register_import
from participation.bell import ring
from participation.csv_files import lines_of
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

kept = requires("budgeting.keep_register", any_cycle)
READ_AT_ONCE = 200_000  # bytes: some thousand lines, read before the page answers
LATEST, FIRST_FAULTS = 20, 50


@csrf_exempt  # the protected view below reads the form; first, who receives its file is set
def register_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    request.upload_handlers = [SealingHandler(request)]
    return _register_detail(request, slug=slug)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@kept
def _register_detail(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = act_once(request, form, lambda: _hand_in(request, cycle, form), _("The file is in."))
        if done:
            return done
    return form_page(request, "budgeting/proofs_register.html", form, **_overview(cycle))


def _hand_in(request: HttpRequest, cycle: Cycle, form: RegisterForm) -> str:
    file = form.cleaned_data["file"]
    source = hand_in_register(
        by=request.user,  # type: ignore[arg-type]
        cycle=cycle,
        file=file.file,
        size=file.size,
        is_trial=form.cleaned_data["is_trial"],
        keeps_good_lines=form.cleaned_data["keeps_good_lines"],
    )
    if source.size <= READ_AT_ONCE:
        read_register(source=source)
    else:
        ring(read_registers)
    return reverse("budgeting:import-detail", args=[cycle.slug, source.pk])


def _overview(cycle: Cycle) -> dict[str, Any]:
    register = Register.objects.filter(cycle=cycle).first()
    counts = {"lines": 0, "proven": 0}
    if register:
        counts = register.lines.aggregate(
            lines=Count("pk"), proven=Count("pk", filter=Q(person__isnull=False))
        )
    imports = register.imports.select_related("asked_by")[:LATEST] if register else []
    return {"cycle": cycle, "counts": counts, "imports": imports}


@require_safe
@requires("budgeting.keep_register", register_import)
def import_detail(request: HttpRequest, source: RegisterImport) -> HttpResponse:
    first = [
        {"line": line, "column": column, "problem": FAULTS[problem]}
        for line, column, problem in islice(faults_of(source), FIRST_FAULTS)
    ]
    context = {
        "cycle": source.register.cycle,
        "source": source,
        "faults": first,
        "problem": FAULTS.get(source.problem, ""),
    }
    return render(request, "budgeting/proofs_import.html", context)


@require_safe
@requires("budgeting.keep_register", register_import)
def import_faults(request: HttpRequest, source: RegisterImport) -> StreamingHttpResponse:
    """Every wrong line, however many, in the reader's language."""
    language = get_language() or "kk"

    def rows() -> Iterator[Sequence[Any]]:
        with override(language):  # the answer is written after the request has ended
            yield _("line"), _("column"), _("what is wrong")
            for line, column, problem in faults_of(source):
                yield line, column, str(FAULTS[problem])

    name = f"register-{source.pk}-faults.csv"
    return StreamingHttpResponse(
        lines_of(rows()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
