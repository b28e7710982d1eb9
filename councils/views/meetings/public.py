"""Meetings for everybody: the list, one meeting before, during and after, what goes on now."""

from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from councils.meeting_pages import agenda_of, attendance_of, live_of, minutes_of
from councils.models import Council, Meeting
from councils.services.meetings.attendance import say_coming
from councils.views.loading import public_council, public_meeting
from participation.guards import requires
from participation.views.form_pages import press

KEPT = 3  # seconds for which a live fragment serves everybody
MOST_CARDS = 60


@require_safe
@requires(None, public_council)
def meeting_list(request: HttpRequest, council: Council) -> HttpResponse:
    may_run = request.user.has_perm("councils.run_meeting", council)
    shown = council.meetings.filter(kind=Meeting.Kind.MEETING)
    newest = (shown if may_run else shown.public()).for_display().order_by("-starts_at")
    meetings = list(newest[:MOST_CARDS])
    ahead = [meeting for meeting in reversed(meetings) if meeting.is_ahead or _is_open(meeting)]
    past = [meeting for meeting in meetings if meeting not in ahead]
    return render(
        request,
        "councils/meeting_list.html",
        {"council": council, "ahead": ahead, "past": past, "may_run": may_run},
    )


def _is_open(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.OPEN


@require_safe
@requires(None, public_meeting)
def meeting_detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    council = meeting.council
    context: dict[str, Any] = {
        "meeting": meeting,
        "council": council,
        "text": meeting.dossier.text,
        "agenda": agenda_of(meeting),
        "attendance": attendance_of(meeting),
        "papers": meeting.dossier.attachments.filter(comment=None),
        "minutes": minutes_of(meeting) if meeting.is_over else None,
        "live": _fragment(meeting) if _is_open(meeting) else "",
        "may_run": request.user.has_perm("councils.run_meeting", meeting),
        "form_key": uuid4(),
    }
    own = None
    if request.user.is_authenticated:
        rows = meeting.participations.filter(mandate__person=request.user)
        own = rows.select_related("mandate").first()
    return render(request, "councils/meeting_detail.html", {**context, "own": own})


@require_safe
@requires(None, public_meeting)
def meeting_live(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who is there and what is voted on, or 304 where the asker has it."""
    if not (_is_open(meeting) or meeting.is_over):
        raise Http404
    html = _fragment(meeting)
    etag = f'"{salted_hmac("councils.meeting", html).hexdigest()[:20]}"'
    answer = HttpResponse(html, headers={"ETag": etag, "Cache-Control": "no-cache"})
    found = get_conditional_response(request, etag=etag, response=answer)
    return found if isinstance(found, HttpResponse) else answer


def _fragment(meeting: Meeting) -> str:
    key = f"councils-live:{meeting.pk}:{meeting.state}:{get_language()}"
    html = cache.get(key)
    if html is None:
        html = render_to_string("councils/meeting_live.html", live_of(meeting))
        cache.set(key, html, timeout=KEPT)
    return str(html)


@require_POST
@requires("councils.sit_on_council", public_meeting)
def meeting_come(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return press(
        request,
        meeting.get_absolute_url(),
        lambda: say_coming(by=request.user, meeting=meeting),  # type: ignore[arg-type]
        _("The secretary knows that you will come."),
    )
