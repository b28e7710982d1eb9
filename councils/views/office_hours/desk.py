"""The desk of the member who listens: hours, visitors, notes."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.office_hours import (
    DocketFromNoteForm,
    NoteForm,
    OfficeHoursForm,
    WithdrawalForm,
)
from councils.models import Booking, Council, FeedbackNote, Slot
from councils.office_reading import bookings_for
from councils.services import office_hours as services
from councils.services.office_hours.errors import ClosedAlready, NotYet
from councils.views.loading import any_booking, any_note, any_slot, public_council
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

HERE = "office-hours"
PAST_SHOWN = 30
kept = requires("councils.keep_office_hours", any_booking)


def desk_of(council: Council) -> str:
    return reverse("councils:office_hours-desk", args=[council.slug])


@require_safe
@requires("councils.open_office_hours", public_council)
def office_hours_desk(request: HttpRequest, council: Council) -> HttpResponse:
    person = person_of(request)
    now = timezone.now()
    sees_all = request.user.has_perm("councils.keep_council", council)
    bookings = bookings_for(person, council, sees_all)
    expected = list(bookings.expected())
    hours = council.office_hours.select_related("member", "territory").order_by("-number")
    context = {
        "council": council,
        "ahead": [booking for booking in expected if booking.slot.starts_at > now],
        "waiting": [booking for booking in expected if booking.slot.starts_at <= now],
        "closed": list(
            bookings.filter(state__in=[Booking.State.HELD, Booking.State.MISSED]).order_by(
                "-slot__starts_at"
            )[:PAST_SHOWN]
        ),
        "hours": hours if sees_all else hours.filter(member__person=person),
        "form_key": uuid4(),
    }
    return render(request, "councils/office_hours_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.open_office_hours", public_council)
def office_hours_create(request: HttpRequest, council: Council) -> HttpResponse:
    person = person_of(request)
    members = council.mandates.sitting().order_by("name")
    if not request.user.has_perm("councils.keep_council", council):
        members = members.filter(person=person)
    form = OfficeHoursForm(request.POST or None, council=council, members=members)

    def open_hours() -> str:
        hours = services.open_office_hours(by=person, council=council, **form.hours())
        return hours.get_absolute_url()

    done = _("The office hours are public; those who follow the council are told.")
    if answer := send(request, form, open_hours, done):
        return answer
    return form_page(request, "councils/office_hours_create.html", form, here=HERE, council=council)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_office_hours", any_slot)
def slot_withdraw(request: HttpRequest, slot: Slot) -> HttpResponse:
    form = WithdrawalForm(request.POST or None)

    def withdraw() -> str:
        services.withdraw_slot(by=person_of(request), slot=slot, reason=form.cleaned_data["reason"])
        return slot.hours.get_absolute_url()

    if answer := send(request, form, withdraw, _("The time is withdrawn.")):
        return answer
    booked = slot.bookings.filter(state=Booking.State.BOOKED).select_related("person").first()
    context = {"slot": slot, "hours": slot.hours, "council": slot.hours.council, "booked": booked}
    return form_page(request, "councils/slot_withdraw.html", form, here=HERE, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def note_write(request: HttpRequest, booking: Booking) -> HttpResponse:
    form = NoteForm(request.POST or None)
    council = booking.hours.council

    def write() -> str:
        data = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}
        services.write_note(by=person_of(request), booking=booking, **data)
        return desk_of(council)

    if answer := send(request, form, write, _("The note is kept; the visitor is told.")):
        return answer
    context = {"booking": booking, "council": council, "refusal": _lateness(booking)}
    return form_page(request, "councils/note_write.html", form, here=HERE, **context)


def _lateness(booking: Booking) -> Refused | None:
    if booking.state != Booking.State.BOOKED:
        return ClosedAlready()
    return NotYet() if booking.slot.starts_at > timezone.now() else None


@require_POST
@kept
def booking_missed(request: HttpRequest, booking: Booking) -> HttpResponse:
    return press(
        request,
        desk_of(booking.hours.council),
        lambda: services.mark_missed(by=person_of(request), booking=booking),
        _("Noted: the visitor did not come."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_office_hours", any_note)
def note_docket(request: HttpRequest, note: FeedbackNote) -> HttpResponse:
    """What one visitor raised becomes a matter of the whole council."""
    form = DocketFromNoteForm(request.POST or None)
    council = note.booking.hours.council

    def open_docket() -> str:
        docket = services.open_docket_from(
            by=person_of(request),
            note=note,
            kind=form.cleaned_data["kind"],
            wordings=form.wordings(),
        )
        return docket.get_absolute_url()

    if answer := send(request, form, open_docket, _("The matter is open; everybody sees it.")):
        return answer
    return form_page(
        request, "councils/note_docket.html", form, here=HERE, note=note, council=council
    )
