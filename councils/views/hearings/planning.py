"""Whoever runs a hearing: planning, the notice, moving, the beginning and the end, minutes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.hearing_desk import (
    HearingForm,
    MoveForm,
    NoticeForm,
    ReasonForm,
    suggested_notice,
)
from councils.forms.hearings import WithdrawalForm
from councils.hearing_reading import tally
from councils.models import Council, Meeting
from councils.services.hearings import course, planning, submissions
from councils.services.hearings.places import places_left
from councils.views.loading import any_council, any_hearing
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

run = requires("councils.run_meeting", any_hearing)


def desk_of(meeting: Meeting) -> str:
    return address("hearing-desk", meeting)


def address(name: str, meeting: Meeting, *more: object) -> str:
    council = meeting.council
    args = [council.slug if council else "", meeting.number, *more]
    return reverse(f"councils:{name}", args=args)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.run_meeting", any_council)
def hearing_plan(request: HttpRequest, council: Council) -> HttpResponse:
    """A new one, or one that repeats another (`?repeats=<its number>`)."""
    repeated = _repeated(request, council)
    form = HearingForm(
        request.POST or None,
        council=council,
        initial=HearingForm.initial_of(repeated) if repeated else None,
    )
    form.repeats = repeated

    def plan() -> str:
        meeting = planning.plan_hearing(
            by=person_of(request),
            council=council,
            wordings=form.wordings(),
            plan=form.plan(),
            **form.fields_of_meeting(),
        )
        return desk_of(meeting)

    done = _("The hearing is planned. Nobody sees it before its notice is published.")
    if answer := send(request, form, plan, done):
        return answer
    context = {"council": council, "repeats": repeated}
    return form_page(request, "councils/hearing_plan.html", form, **context)


def _repeated(request: HttpRequest, council: Council) -> Meeting | None:
    number = request.GET.get("repeats", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        return None
    return any_hearing(slug=council.slug, number=int(number))


@require_http_methods(["GET", "HEAD", "POST"])
@run
def hearing_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All but hour and place, which are moved."""
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    form = HearingForm(
        request.POST or None,
        council=council,
        meeting=meeting,
        initial=HearingForm.initial_of(meeting),
    )

    def change() -> str:
        planning.change_plan(
            by=person_of(request),
            meeting=meeting,
            plan=form.plan(),
            wordings=form.wordings(),
            **form.fields_of_meeting(),
        )
        return desk_of(meeting)

    if answer := send(request, form, change, _("The hearing is changed.")):
        return answer
    context = {"council": council, "meeting": meeting}
    return form_page(request, "councils/hearing_plan.html", form, **context)


@require_safe
@run
def hearing_desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What there is to do for this hearing now."""
    registrations = meeting.hearing_registrations
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    hearing_on = timezone.localdate(meeting.starts_at)
    context = {
        "meeting": meeting,
        "council": council,
        "detail": meeting.hearing,
        "notices": meeting.notices.all(),
        "term": planning.term_for(council, timezone.localdate(), hearing_on),
        "expected": registrations.filter(state__in=["registered", "confirmed"]).count(),
        "present": registrations.filter(state="present").count(),
        "waiting": registrations.filter(state="waitlisted").count(),
        "left": places_left(meeting),
        "fates": tally(meeting.questions.all()),
        "submissions": _all_submissions(meeting),
        "minutes": meeting.minutes.order_by("-version").first(),
        "form_key": uuid4(),
    }
    return render(request, "councils/hearing_desk.html", context)


def _all_submissions(meeting: Meeting) -> list[Any]:
    found = list(meeting.submissions.select_related("person").prefetch_related("files"))
    for row in found:
        row.meeting = meeting
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@run
def hearing_announce(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The notice. One that is too late is refused, with the days counted out."""
    form = NoticeForm(request.POST or None, initial=_suggested(meeting))

    def announce() -> str:
        planning.announce_hearing(
            by=person_of(request),
            meeting=meeting,
            notice=form.notice(),
            on=form.cleaned_data["published_on"],
        )
        return meeting.get_absolute_url()

    done = _("The notice is published; people can register.")
    if answer := send(request, form, announce, done):
        return answer
    return _notice_page(request, "councils/hearing_announce.html", form, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@run
def hearing_move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another hour or place, by a new notice with a clock of its own."""
    form = MoveForm(request.POST or None, initial=_suggested(meeting))

    def move() -> str:
        data = form.cleaned_data
        planning.move_hearing(
            by=person_of(request),
            meeting=meeting,
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=data["place"],
            reason=data["reason"],
            notice=form.notice(),
            on=data["published_on"],
        )
        return desk_of(meeting)

    done = _("The hearing is moved; whoever comes is told.")
    if answer := send(request, form, move, done):
        return answer
    return _notice_page(request, "councils/hearing_move.html", form, meeting)


def _suggested(meeting: Meeting) -> dict[str, Any]:
    texts = {text.language: text.summary for text in meeting.dossier.texts.all()}
    return suggested_notice(meeting, texts)


def _notice_page(
    request: HttpRequest, template: str, form: NoticeForm, meeting: Meeting
) -> HttpResponse:
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    hearing_on = timezone.localdate(meeting.starts_at)
    term = planning.term_for(council, timezone.localdate(), hearing_on)
    return form_page(request, template, form, meeting=meeting, council=council, term=term)


@require_http_methods(["GET", "HEAD", "POST"])
@run
def hearing_cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Called off before it begins."""
    done = _("The hearing is cancelled; whoever wanted to come is told.")
    return _stop(request, meeting, planning.cancel_hearing, done)


@require_http_methods(["GET", "HEAD", "POST"])
@run
def hearing_fail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """It could not be held, or not be ended."""
    done = _("The hearing has failed; its minutes say why.")
    return _stop(request, meeting, course.fail_hearing, done, fails=True)


def _stop(
    request: HttpRequest,
    meeting: Meeting,
    service: Callable[..., None],
    done: str,
    *,
    fails: bool = False,
) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def stop() -> str:
        service(by=person_of(request), meeting=meeting, reason=form.cleaned_data["reason"])
        return desk_of(meeting)

    if answer := send(request, form, stop, done):
        return answer
    context = {"meeting": meeting, "council": meeting.council, "fails": fails}
    return form_page(request, "councils/hearing_stop.html", form, **context)


@require_POST
@run
def hearing_begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    takes_phones = "phones" in request.POST
    return press(
        request,
        desk_of(meeting),
        lambda: course.begin_hearing(
            by=person_of(request), meeting=meeting, takes_phones=takes_phones
        ),
        _("The hearing has begun."),
    )


@require_POST
@run
def hearing_end(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return press(
        request,
        desk_of(meeting),
        lambda: course.end_hearing(by=person_of(request), meeting=meeting),
        _("The hearing has ended. What was not answered is owed in writing."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.run_meeting", lambda slug, number, submission: any_hearing(slug, number))
def submission_withdraw(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The secretary takes a submission off the page: number and reason stay."""
    match = request.resolver_match
    row = get_object_or_404(meeting.submissions, number=match.kwargs["submission"] if match else 0)
    row.meeting = meeting
    form = WithdrawalForm(request.POST or None)

    def withdraw() -> str:
        reason = form.cleaned_data["reason"]
        submissions.withdraw(by=person_of(request), submission=row, reason=reason)
        return desk_of(meeting)

    if answer := send(request, form, withdraw, _("Withdrawn: its number and the reason stay.")):
        return answer
    context = {"meeting": meeting, "council": meeting.council, "row": row}
    return form_page(request, "councils/submission_withdraw.html", form, **context)
