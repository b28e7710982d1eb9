"""Letters as a PDF: a page each, or a page a household, with a square for the telephone."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from budgeting.electorate.letter_codes import printed
from budgeting.models import Cycle, LetterBatch
from budgeting.services.proofs.letters import Letter, print_letters
from participation.errors import Refused
from participation.printing import pdf_from_html
from participation.qr_codes import qr_svg

STYLES = "css/letters-print.css"
LARGEST_SHEET = 500  # codes: a few minutes of printing; a printing house takes the table


class TooManyForASheet(Refused):
    message = _("This is too much for one file to print.")
    way_out = _("Take the table: a printing house makes the letters from it.")


@transaction.atomic
def pdf_of_letters(*, by: User, batch: LetterBatch) -> bytes:
    """Raises NotToPrint, TooManyForASheet, PrintingImpossible; then nothing counts as printed."""
    if batch.codes_made > LARGEST_SHEET:
        raise TooManyForASheet
    made = print_letters(by=by, batch=batch)
    html = sheet_html(batch.register.cycle, batch, made)
    return pdf_from_html(html, stylesheet=str(finders.find(STYLES)))


def sheet_html(cycle: Cycle, batch: LetterBatch, made: Iterable[Letter]) -> str:
    context: dict[str, Any] = {"cycle": cycle, "batch": batch, "languages": ["kk", "ru"]}
    context["pages"] = list(_pages(cycle, batch, made))
    return render_to_string("budgeting/letters_print.html", context)


def _pages(cycle: Cycle, batch: LetterBatch, made: Iterable[Letter]) -> Iterator[dict[str, Any]]:
    with override("kk"):
        address = settings.SITE_URL + reverse("budgeting:code-enter", args=[cycle.slug])
    letters = list(made)
    if batch.kind == LetterBatch.Kind.PEOPLE:
        for letter in letters:
            yield _page(address, letter.reference, [letter])
        return
    letters.sort(key=lambda letter: letter.reference)
    for reference, household in groupby(letters, key=lambda letter: letter.reference):
        yield _page(address, reference, list(household))


def _page(address: str, reference: str, letters: list[Letter]) -> dict[str, Any]:
    codes = [printed(letter.code) for letter in letters]
    squares = [(code, qr_svg(f"{address}#{code}", code)) for code in codes]
    return {"reference": reference, "address": address, "codes": squares}
