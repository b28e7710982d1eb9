"""Who comes: registering with or without an account, one's own place, written submissions."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.hearings import ComingForm, SubmissionForm, WithdrawalForm
from councils.models import HearingRegistration, Meeting, Submission
from councils.person_checks import asked_at
from councils.services.hearings import errors, floor, places, submissions
from councils.views.loading import public_hearing
from participation.guards import requires
from participation.qr_codes import qr_svg
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.views.form_pages import person_of, press, send

TRIES_OF_AN_ADDRESS = Limit("hearing-forms", 60, 600)
State = HearingRegistration.State
AHEAD = (Meeting.State.ANNOUNCED, Meeting.State.OPEN)


def _may_send(request: HttpRequest, form: Any) -> bool:
    """A whole form, not the hundredth from one address; what is refused stands on it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        TRIES_OF_AN_ADDRESS.hit(address_of(request))
    except TooManyTries as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}")
        return False
    return True


def _own_address(name: str, row: HearingRegistration | Submission) -> str:
    """The code in it is the key: whoever has the address may do what the page offers."""
    council = row.meeting.council
    args = [council.slug if council else "", row.meeting.number, row.code]
    return reverse(f"councils:{name}", args=args)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_hearing)
def place_create(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A place for oneself. Whoever has an account gives neither name nor address."""
    person = person_of(request)
    own = meeting.hearing_registrations.filter(person=person).first() if person else None
    form = ComingForm(
        request.POST or None,
        has_account=person is not None,
        is_online_possible=meeting.mode == Meeting.Mode.HYBRID,
        initial=_initial(own),
    )

    def register() -> str:
        guest = form.guest(online=meeting.mode == Meeting.Mode.ONLINE)
        row = places.register(meeting=meeting, guest=guest, person=person)
        return _own_address("hearing_place-detail", row)

    done = _("You are on the list. Keep the address of this page: it is your place.")
    if _may_send(request, form) and (answer := send(request, form, register, done)):
        return answer
    context = {
        "form": form,
        "meeting": meeting,
        "council": meeting.council,
        "left": places.places_left(meeting),
        "refusal": None if meeting.state in AHEAD else errors.RegistrationClosed(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_register.html", context, status=status)


def _initial(own: HearingRegistration | None) -> dict[str, Any]:
    if own is None:
        return {"attends": "hall", "position": "neutral"}
    names = ("capacity", "organisation", "attends", "position", "wants_to_speak")
    return {name: getattr(own, name) for name in names}


def _place(meeting: Meeting, code: str) -> HearingRegistration:
    rows = meeting.hearing_registrations.select_related("person")
    row = get_object_or_404(rows, code=code)
    row.meeting = meeting
    return row


@require_safe
def place_detail(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """One's own place: the square for the door, and what one can still do."""
    meeting = public_hearing(slug=slug, number=number)
    row = _place(meeting, code)
    door = settings.SITE_URL + reverse("councils:hearing_door-detail", args=[slug, number, code])
    waits = meeting.hearing_registrations.filter(state=State.WAITLISTED, since__lt=row.since)
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "row": row,
        "square": qr_svg(door, _("Your code for the door")) if row.has_place else "",
        "ahead_of_me": waits.count() if row.state == State.WAITLISTED else 0,
        "speech": row.speeches.exclude(state__in=["done", "skipped"]).first(),
        "is_ahead": meeting.state in AHEAD,
        "asked": asked_at(row),
        "form_key": uuid4(),
    }
    answer = render(request, "councils/hearing_place.html", context)
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _speak(row: HearingRegistration) -> None:
    floor.queue_speaker(by=row.person, registration=row)


PLACE_BUTTONS = {
    "confirm": lambda row: places.confirm(registration=row),
    "cancel": lambda row: places.give_place_back(registration=row),
    "speak": _speak,
}


@require_POST
def place_change(
    request: HttpRequest, slug: str, number: int, code: str, verb: str
) -> HttpResponse:
    """A button of that page: confirm, give the place back, ask to speak."""
    row = _place(public_hearing(slug=slug, number=number), code)
    done = {
        "confirm": _("Thank you: you are expected."),
        "cancel": _("Your place goes to whoever waits for one."),
        "speak": _("You are on the list of speakers."),
    }
    here = _own_address("hearing_place-detail", row)
    return press(request, here, lambda: PLACE_BUTTONS[verb](row), done[verb])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_hearing)
def submission_create(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A written word, with or without an account; it gets a number."""
    person = person_of(request)
    initial = {"name": person.display_name} if person else {}
    form = SubmissionForm(request.POST or None, request.FILES or None, initial=initial)

    def submit() -> str:
        row = submissions.submit(
            meeting=meeting,
            written=form.written(),
            person=person,
            uploads=form.cleaned_data["attachments"],
        )
        return _own_address("submission-detail", row)

    done = _("Received. Keep the address of this page: here you can withdraw it.")
    if _may_send(request, form) and (answer := send(request, form, submit, done)):
        return answer
    context = {
        "form": form,
        "meeting": meeting,
        "council": meeting.council,
        "refusal": None if meeting.state in submissions.TAKEN_IN else errors.WrongTime(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_submit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_detail(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """One's own submission: its number, and the way to withdraw it."""
    meeting = public_hearing(slug=slug, number=number)
    row = get_object_or_404(meeting.submissions.prefetch_related("files"), code=code)
    row.meeting = meeting
    form = WithdrawalForm(request.POST or None)

    def withdraw() -> str:
        reason = form.cleaned_data["reason"]
        submissions.withdraw(by=person_of(request), submission=row, reason=reason)
        return _own_address("submission-detail", row)

    if answer := send(request, form, withdraw, _("Withdrawn: its number and the reason stay.")):
        return answer
    context = {"form": form, "row": row, "meeting": meeting, "council": meeting.council}
    status = 422 if form.is_bound else 200
    answer = render(request, "councils/submission_detail.html", context, status=status)
    answer["Referrer-Policy"] = "same-origin"
    return answer
