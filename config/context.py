"""What every page shows: the site's name, its sections, the languages, the public record."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from participation.models import JournalEntry

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "is_demo": settings.IS_DEMO,
        "site_nav": _sections(request),
        "languages": _languages(request),
        "latest_record": SimpleLazyObject(
            lambda: JournalEntry.objects.values("number", "hash").first()
        ),
    }


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    sections = [
        (pgettext("section", "Discovery"), reverse("edp:process-list")),
        (_("Budget"), reverse("budgeting:cycle-list")),
        (_("Councils"), reverse("councils:council-list")),
        (pgettext("section", "Answers"), reverse("participation:answer-board")),
        (_("Regions"), reverse("participation:territory-list")),
        (_("Public record"), reverse("participation:journal-list")),
    ]
    return [
        {"label": label, "url": url, "current": request.path.startswith(url)}
        for label, url in sections
    ]


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language: only the prefix differs. The query string is kept."""
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    here, prefix = request.get_full_path(), f"/{current}/"
    is_page = getattr(request, "resolver_match", None) is not None and here.startswith(prefix)
    rest = here.removeprefix(prefix) if is_page else ""
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "url": f"/{code}/{rest}",
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]
