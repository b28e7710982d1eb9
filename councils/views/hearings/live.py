"""A hearing while it goes on: the screen in the hall, the phones, the watchers at home.

The hall asks every three seconds, who watches from home as often as the answer says, for a fragment
that all of them share (participation/crowds.py): five hundred cost one reading of the tables.
"""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from councils.hearing_reading import floor_of, questions_of, tally
from councils.models import Meeting
from councils.views.loading import public_hearing
from participation.crowds import ASK_AGAIN, share
from participation.guards import requires
from participation.qr_codes import qr_svg

KEPT = 1  # seconds
IN_THE_HALL = 3  # seconds


@require_safe
@requires(None, public_hearing)
def hearing_screen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The wall: who speaks, how much time is left, who comes next; nothing to sign in to."""
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    code, address = meeting.hearing.join_code, ""
    if code:
        address = settings.SITE_URL + reverse("councils:hearing_phone-detail", args=[code])
    context = {
        "meeting": meeting,
        "council": council,
        "join": settings.SITE_URL.split("//")[-1] + reverse("councils:hearing_phone-join"),
        "square": qr_svg(address, _("Address of this hearing for phones")) if address else "",
        "live": fragment(council.slug, meeting.number, "screen"),
        "now": timezone.now(),
    }
    return render(request, "councils/hearing_screen.html", context)


@require_safe
def hearing_live(request: HttpRequest, slug: str, number: int, what: str) -> HttpResponse:
    """The fragment, or 304 where the asker has it; no query at all while it is kept."""
    headers = {"Cache-Control": "no-cache", ASK_AGAIN: str(seconds_between(what))}
    return share(HttpResponse(fragment(slug, number, what), headers=headers))


def seconds_between(what: str) -> int:
    """How often to ask: fast in the hall, at ease at home."""
    return settings.LIVE_SECONDS_AT_HOME if what == "page" else IN_THE_HALL


def fragment(slug: str, number: int, what: str) -> str:
    key = f"councils-hearing:{slug}:{number}:{what}:{get_language()}"
    html = cache.get(key)
    if html is None:
        html = render_to_string(f"councils/hearing_{what}_live.html", _now(slug, number))
        cache.set(key, html, timeout=KEPT)
    return str(html)


def _now(slug: str, number: int) -> dict[str, Any]:
    """All that is public of the hearing at this moment, the same for everybody."""
    rows = Meeting.objects.public().select_related("hearing", "dossier")
    hearings = rows.filter(kind=Meeting.Kind.HEARING, council__slug=slug)
    meeting = get_object_or_404(hearings, number=number)
    questions = list(questions_of(meeting))
    return {
        "meeting": meeting,
        "floor": floor_of(meeting),
        "asked": [question for question in questions if question.state == "shown"],
        "answered": [question for question in questions if question.state == "answered"],
        "fates": tally(questions),
    }
