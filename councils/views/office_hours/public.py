"""Office hours for everybody: who listens and when, a time of one's own."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.office_hours import BookingForm
from councils.models import Booking, Council, OfficeHours, Slot
from councils.office_calendars import calendar_of_hours, calendar_of_talk
from councils.office_reading import free_days, listed_hours, published_notes
from councils.services import office_hours as services
from councils.services.office_hours.errors import SlotTaken, SlotWithdrawn, TooLate
from councils.views.loading import booking_by_code, public_council, public_hours, public_slot
from participation.errors import Refused
from participation.guards import requires
from participation.rate_limits import Limit, address_of
from participation.views.form_pages import form_page, person_of, press, send

HERE = "office-hours"
TALKS_OF_AN_ADDRESS = Limit("talk-address", 20, 3600)


@require_safe
@requires(None, public_council)
def office_hours_list(request: HttpRequest, council: Council) -> HttpResponse:
    now = timezone.now()
    context = {
        "council": council,
        "rows": listed_hours(council, now),
        "notes": published_notes(council),
        "may_open": request.user.has_perm("councils.open_office_hours", council),
    }
    return render(request, "councils/office_hours_list.html", context)


@require_safe
@requires(None, public_hours)
def office_hours_detail(request: HttpRequest, hours: OfficeHours) -> HttpResponse:
    context = {
        "hours": hours,
        "council": hours.council,
        "days": free_days(hours, timezone.now()),
        "may_keep": request.user.has_perm("councils.keep_office_hours", hours),
    }
    return render(request, "councils/office_hours_detail.html", context)


@require_safe
@requires(None, public_hours)
def office_hours_calendar(request: HttpRequest, hours: OfficeHours) -> HttpResponse:
    return _calendar(calendar_of_hours(hours), f"{hours.council.slug}-{hours.number}.ics")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_slot)
def booking_create(request: HttpRequest, slot: Slot) -> HttpResponse:
    person = person_of(request)
    form = BookingForm(request.POST or None, has_account=person is not None)

    def book() -> str:
        if person is None:
            TALKS_OF_AN_ADDRESS.hit(address_of(request))
        data = form.cleaned_data
        booking = services.book_talk(
            person=person,
            slot=slot,
            topic=data["topic"],
            name=data["name"],
            contact=data["contact"],
        )
        return booking.get_absolute_url()

    done = _("The time is yours. Keep the address of this page: here you can give it back.")
    if answer := send(request, form, book, done):
        return answer
    refusal = None if form.is_bound else _refusal(slot)
    context: dict[str, Any] = {"slot": slot, "hours": slot.hours, "council": slot.hours.council}
    return form_page(
        request, "councils/booking_create.html", form, here=HERE, refusal=refusal, **context
    )


def _refusal(slot: Slot) -> Refused | None:
    """Why this time cannot be had any more, before anything is typed."""
    if slot.withdrawn_because:
        return SlotWithdrawn()
    if slot.bookings.taking_a_slot().exists():
        return SlotTaken(way_out=_("Choose another one from the list."))
    return TooLate() if slot.starts_at <= timezone.now() else None


@require_safe
@requires(None, booking_by_code)
def booking_detail(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The address is the key: whoever booked without an account has nothing else."""
    is_ahead = booking.state == Booking.State.BOOKED and booking.slot.starts_at > timezone.now()
    context = {
        "booking": booking,
        "hours": booking.hours,
        "council": booking.hours.council,
        "is_ahead": is_ahead,
        "note": getattr(booking, "note", None),
        "form_key": uuid4(),
    }
    return render(request, "councils/booking_detail.html", context)


@require_POST
@requires(None, booking_by_code)
def booking_cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    return press(
        request,
        booking.get_absolute_url(),
        lambda: services.cancel_booking(booking=booking),
        _("The time is free for somebody else. Thank you for telling."),
    )


@require_safe
@requires(None, booking_by_code)
def booking_calendar(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _calendar(calendar_of_talk(booking), "talk.ics")


def _calendar(content: bytes, file_name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
