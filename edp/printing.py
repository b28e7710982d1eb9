"""A strategy as a PDF, from the print template; needs Pango from the system (docs/deploy.md)."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from edp.models import Strategy
from edp.strategy_document import document_context
from participation.printing import PrintingImpossible, can_print, pdf_from_html

STYLES = "css/strategy-print.css"
__all__ = ["PrintingImpossible", "can_print", "pdf_of", "printed_html"]


def printed_html(strategy: Strategy, language: str) -> str:
    """The document as HTML, in one language."""
    with translation.override(language):
        found = Strategy.objects.for_display().get(pk=strategy.pk)
        context = {**document_context(found), "language": language}
        return render_to_string("edp/strategy_print.html", context)


def pdf_of(strategy: Strategy, language: str) -> bytes:
    """Raises PrintingImpossible where Pango is missing."""
    html = printed_html(strategy, language)
    return pdf_from_html(html, stylesheet=str(finders.find(STYLES)))
