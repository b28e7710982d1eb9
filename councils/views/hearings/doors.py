"""The door: the list, a code that was scanned, somebody from the street."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.forms.hearings import GuestForm
from councils.models import HearingRegistration, Meeting
from councils.services.hearings import doors, places
from councils.views.hearings.planning import address, run
from participation.views.form_pages import person_of, press, send


@require_http_methods(["GET", "HEAD", "POST"])
@run
def door_list(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody who is expected, a button each; and whoever comes in from the street."""
    form = GuestForm(request.POST or None)
    here = address("hearing_door-list", meeting)

    def check_in() -> str:
        doors.check_in_guest(by=person_of(request), meeting=meeting, guest=form.guest())
        return here

    if answer := send(request, form, check_in, _("Checked in.")):
        return answer
    rows = meeting.hearing_registrations.exclude(state=HearingRegistration.State.CANCELLED)
    found = sorted(rows.select_related("person"), key=lambda row: row.shown_name.casefold())
    context = {
        "form": form,
        "meeting": meeting,
        "council": meeting.council,
        "rows": found,
        "present": sum(row.state == HearingRegistration.State.PRESENT for row in found),
        "left": places.places_left(meeting),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_door_list.html", context, status=status)


def door_detail(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponseBase:
    """What staff see when they scan somebody's code: who it is, and the buttons."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @run
    def guarded(request: HttpRequest, meeting: Meeting) -> HttpResponse:
        rows = meeting.hearing_registrations.select_related("person")
        row = get_object_or_404(rows, code=code)
        row.meeting = meeting
        if request.method == "POST":
            return _pressed(request, meeting, row)
        context = {
            "row": row,
            "meeting": meeting,
            "council": meeting.council,
            "form_key": uuid4(),
        }
        return render(request, "councils/hearing_door.html", context)

    return guarded(request, slug=slug, number=number)


def _pressed(request: HttpRequest, meeting: Meeting, row: HearingRegistration) -> HttpResponse:
    by = person_of(request)
    act: Callable[[], object] = lambda: doors.check_in(by=by, registration=row)  # noqa: E731
    done = _("Checked in: %(name)s.") % {"name": row.shown_name}
    if "absent" in request.POST:
        act = lambda: places.mark_absent(by=by, registration=row)  # noqa: E731
        done = _("Marked as absent; the place goes to whoever waits for one.")
    return press(request, address("hearing_door-list", meeting), act, done)
