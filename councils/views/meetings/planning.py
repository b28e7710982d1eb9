"""The desk of who runs a meeting: its plan, its beginning and end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.meetings import MeetingForm, MoveForm, ReasonForm, WordsForm
from councils.meeting_pages import agenda_of, floor_now, minutes_of, rows_at_the_desk
from councils.models import Council, Meeting
from councils.services.meetings import planning
from councils.services.meetings.locking import members_at
from councils.views.loading import any_council, any_meeting
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

form_view = require_http_methods(["GET", "HEAD", "POST"])
run = requires("councils.run_meeting", any_meeting)
FORM = "councils/meeting_form.html"


def desk_of(meeting: Meeting) -> str:
    return reverse("councils:meeting-desk", args=[_slug(meeting), meeting.number])


def _slug(meeting: Meeting) -> str:
    return meeting.council.slug if meeting.council else ""


def words_of(heading: str, button: str, intro: str = "", tone: str = "") -> dict[str, Any]:
    """What a page of one form says."""
    return {"heading": heading, "button": button, "intro": intro, "tone": tone}


@form_view
@requires("councils.run_meeting", any_council)
def meeting_plan(request: HttpRequest, council: Council) -> HttpResponse:
    form = MeetingForm(request.POST or None, council=council)

    def plan() -> str:
        meeting = planning.plan_meeting(
            by=person_of(request),
            council=council,
            kind=Meeting.Kind.MEETING,
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return desk_of(meeting)

    done = pgettext(
        "of a council", "The meeting is planned. Nobody sees it before you announce it."
    )
    if answer := send(request, form, plan, done):
        return answer
    words = words_of(
        pgettext("of a council", "Plan a meeting"), pgettext("of a council", "Save the meeting")
    )
    return form_page(request, FORM, form, council=council, **words)


@form_view
@run
def meeting_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = WordsForm(request.POST or None, initial=WordsForm.initial_of(meeting))

    def edit() -> str:
        planning.edit_meeting(
            by=person_of(request),
            meeting=meeting,
            wordings=form.wordings(),
            mode=form.cleaned_data["mode"],
            stream_url=form.cleaned_data["stream_url"],
        )
        return desk_of(meeting)

    if answer := send(request, form, edit, _("The meeting is changed.")):
        return answer
    words = words_of(_("Change the texts"), pgettext("of a council", "Save the meeting"))
    return _page(request, form, meeting, words)


@form_view
@run
def meeting_move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    names = ("starts_at", "ends_at", "place")
    form = MoveForm(request.POST or None, initial={name: getattr(meeting, name) for name in names})

    def move() -> str:
        data = form.cleaned_data
        planning.move_meeting(
            by=person_of(request),
            meeting=meeting,
            reason=data["reason"],
            **{name: data[name] for name in names},
        )
        return desk_of(meeting)

    done = _("The meeting is moved; members and followers are told, calendars take it over.")
    if answer := send(request, form, move, done):
        return answer
    words = words_of(_("Another time or place"), _("Move the meeting"))
    return _page(request, form, meeting, words)


@form_view
@run
def meeting_cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def cancel() -> str:
        planning.cancel_meeting(
            by=person_of(request), meeting=meeting, reason=form.cleaned_data["reason"]
        )
        return desk_of(meeting)

    if answer := send(request, form, cancel, _("The meeting is cancelled; its page says why.")):
        return answer
    words = words_of(
        pgettext("of a council", "Cancel the meeting"),
        pgettext("of a council", "Cancel the meeting"),
        _("The page stays and says why; members and followers are told."),
        " danger",
    )
    return _page(request, form, meeting, words)


def _page(request: HttpRequest, form: Any, meeting: Meeting, words: dict[str, Any]) -> HttpResponse:
    return form_page(request, FORM, form, meeting=meeting, council=meeting.council, **words)


@require_safe
@run
def meeting_desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What there is to do for this meeting now."""
    moment = timezone.now() if meeting.state == Meeting.State.OPEN else meeting.starts_at
    members = list(members_at(meeting, moment).order_by("post__number"))
    return render(
        request,
        "councils/meeting_desk.html",
        {
            "meeting": meeting,
            "council": meeting.council,
            "agenda": agenda_of(meeting, is_public=False),
            "rows": rows_at_the_desk(meeting, members),
            "guests": meeting.participations.filter(mandate=None),
            "floor": floor_now(meeting),
            "minutes": minutes_of(meeting) if meeting.is_over else None,
        },
    )


def _button(
    verb: Callable[..., object], done: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    """A button of the desk."""

    @require_POST
    @run
    def view(request: HttpRequest, meeting: Meeting) -> HttpResponse:
        act = lambda: verb(by=person_of(request), meeting=meeting)  # noqa: E731
        return press(request, desk_of(meeting), act, done())

    return view


meeting_announce = _button(
    planning.announce_meeting, lambda: _("The meeting is public; members and followers are told.")
)
meeting_begin = _button(
    planning.begin_meeting, lambda: pgettext("of a council", "The meeting has begun.")
)
meeting_end = _button(
    planning.end_meeting, lambda: _("The meeting has ended. Write its minutes next.")
)
