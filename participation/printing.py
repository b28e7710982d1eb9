"""PDF files from HTML; needs Pango from the system (docs/deploy.md)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from participation.errors import Refused


class PrintingImpossible(Refused):
    message = _("This site cannot make PDF files: a part of its system is missing.")
    way_out = _("Open the page for printing and save it as PDF from your browser.")


def pdf_from_html(html: str, *, stylesheet: str) -> bytes:
    """`stylesheet` is the path of a file. Raises PrintingImpossible where Pango is missing."""
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    content: bytes = document.write_pdf(
        stylesheets=[weasyprint.CSS(filename=stylesheet)], uncompressed_pdf=False
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
