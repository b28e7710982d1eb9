"""Meetings for everybody: the list, one meeting before, during and after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import Council, Meeting
from councils.views.loading import public_council, public_meeting
from participation.guards import requires


@require_safe
@requires(None, public_council)
def meeting_list(request: HttpRequest, council: Council) -> HttpResponse:
    may_run = request.user.has_perm("councils.run_meeting", council)
    shown = council.meetings.filter(kind=Meeting.Kind.MEETING)
    meetings = list((shown if may_run else shown.public()).for_display())
    ahead = [meeting for meeting in meetings if meeting.is_ahead or meeting.state == "open"]
    past = [meeting for meeting in reversed(meetings) if meeting not in ahead]
    return render(
        request,
        "councils/meeting_list.html",
        {"council": council, "ahead": ahead, "past": past, "may_run": may_run},
    )


@require_safe
@requires(None, public_meeting)
def meeting_detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    context = {"meeting": meeting, "council": meeting.council, "text": meeting.dossier.text}
    return render(request, "councils/meeting_detail.html", context)
