"""Letters with codes: made, printed once, withdrawn."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from budgeting.electorate.letter_codes import printed
from budgeting.forms.proofs import LettersForm
from budgeting.letter_sheets import LARGEST_SHEET, pdf_of_letters
from budgeting.models import Cycle, LetterBatch
from budgeting.services.proofs import letters
from budgeting.tasks import make_letters
from budgeting.views.loading import any_cycle, letter_batch
from participation.bell import ring
from participation.csv_files import lines_of
from participation.errors import Refused
from participation.guards import requires
from participation.models import Territory
from participation.views.form_pages import act_once, form_page, press

MADE_AT_ONCE = 5000  # lines: made before the page answers; a worker makes more
LATEST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.keep_register", any_cycle)
def letter_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    territory = cycle.dossier.territory
    form = LettersForm(request.POST or None, territory=territory, initial={"kind": "people"})
    if request.method == "POST" and form.is_valid():
        done = act_once(
            request, form, lambda: _ask(request, cycle, form), _("The letters are being made.")
        )
        if done:
            return done
    batches = LetterBatch.objects.filter(register__cycle=cycle).select_related("territory")
    context = {
        "cycle": cycle,
        "batches": batches[:LATEST],
        "largest_sheet": LARGEST_SHEET,
        "form_key": uuid4(),
    }
    return form_page(request, "budgeting/proofs_letters.html", form, **context)


def _ask(request: HttpRequest, cycle: Cycle, form: LettersForm) -> str:
    data = form.cleaned_data
    batch = letters.ask_for_letters(
        by=request.user,  # type: ignore[arg-type]
        cycle=cycle,
        territory=data["territory"],
        kind=data["kind"],
        valid_until=data["valid_until"],
    )
    if batch.register.lines.count() <= MADE_AT_ONCE:
        letters.make_letters(batch=batch)
    else:
        ring(make_letters)
    return reverse("budgeting:letter-list", args=[cycle.slug])


@never_cache
@require_POST
@requires("budgeting.keep_register", letter_batch)
def letter_print(request: HttpRequest, batch: LetterBatch) -> HttpResponseBase:
    """The letters, once: a sheet to print, or a table for a printing house."""
    cycle = batch.register.cycle
    wants_sheet = request.POST.get("format") == "pdf"
    try:
        if wants_sheet:
            content = pdf_of_letters(by=request.user, batch=batch)  # type: ignore[arg-type]
            return _file(HttpResponse(content, content_type="application/pdf"), batch, "pdf")
        made = letters.print_letters(by=request.user, batch=batch)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
        return redirect("budgeting:letter-list", cycle.slug)
    table = StreamingHttpResponse(
        lines_of(_table(cycle, made)), content_type="text/csv; charset=utf-8"
    )
    return _file(table, batch, "csv")


def _file(response: HttpResponseBase, batch: LetterBatch, ending: str) -> HttpResponseBase:
    name = f"{batch.register.cycle.slug}-letters-{batch.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _table(cycle: Cycle, made: Iterator[letters.Letter]) -> Iterator[Sequence[Any]]:
    """For a printing house: whose letter (by the sender's own number), the code, the address."""
    names = {place.pk: place.name_kk for place in Territory.objects.only("name_kk")}
    with override("kk"):
        address = settings.SITE_URL + reverse("budgeting:code-enter", args=[cycle.slug])
    yield "household", "district", "iin_hash", "code", "address"
    for letter in made:
        code = printed(letter.code)
        yield (
            letter.reference, names[letter.place], letter.iin_hash.hex(), code, f"{address}#{code}",
        )  # fmt: skip


@require_POST
@requires("budgeting.keep_register", letter_batch)
def letter_withdraw(request: HttpRequest, batch: LetterBatch) -> HttpResponse:
    return press(
        request,
        reverse("budgeting:letter-list", args=[batch.register.cycle.slug]),
        lambda: letters.withdraw_letters(by=request.user, batch=batch),  # type: ignore[arg-type]
        _("The codes of these letters no longer count."),
    )
