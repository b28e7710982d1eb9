"""A strategy as a PDF, from the print template; needs Pango from the system (docs/deploy.md)."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from edp.models import Strategy
from edp.strategy_document import document_context
from participation.errors import Refused

STYLES = "css/strategy-print.css"


class PrintingImpossible(Refused):
    message = _("This site cannot make PDF files: a part of its system is missing.")
    way_out = _("Open the page for printing and save it as PDF from your browser.")


def printed_html(strategy: Strategy, language: str) -> str:
    """The document as HTML, in one language."""
    with translation.override(language):
        found = Strategy.objects.for_display().get(pk=strategy.pk)
        context = {**document_context(found), "language": language}
        return render_to_string("edp/strategy_print.html", context)


def pdf_of(strategy: Strategy, language: str) -> bytes:
    """Raises PrintingImpossible where Pango is missing."""
    weasyprint = _weasyprint()
    html = weasyprint.HTML(string=printed_html(strategy, language), url_fetcher=_fetch_nothing)
    content: bytes = html.write_pdf(
        stylesheets=[weasyprint.CSS(filename=finders.find(STYLES))], uncompressed_pdf=False
    )
    return content


def can_print() -> bool:
    try:
        _weasyprint()
    except PrintingImpossible:
        return False
    return True


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise PrintingImpossible from error
    # Its import makes Pillow take pictures that are cut short, everywhere: uploads must not.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _fetch_nothing(url: str, *_arguments: Any, **_options: Any) -> Any:
    """A document needs nothing from elsewhere, and words of people must not fetch anything."""
    raise ValueError(f"{url} is not fetched")
