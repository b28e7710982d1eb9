from datetime import timedelta

from accounts.models import User
from councils.models import Booking, Council, FeedbackNote, Slot
from councils.services.annual_reports import publish_report, write_report
from councils.services.office_hours import write_note
from participation.uploads import Upload
from tests.addresses import BUTTON, MISSING, SAFE, Page, everyone, only
from tests.councils.money import make_claim, make_line
from tests.councils.office_hours import let_pass, make_booking, make_hours

KEY = "a-key-nobody-guesses"
AWAY = MISSING | {"anonymous": 302}  # strangers are asked to sign in before they learn anything
LISTENERS = ("secretary", "member")
MAY_OPEN = only(*LISTENERS)
SENT = only(*LISTENERS, status=422)
PRESSED = only(*LISTENERS, status=302)


def _slot(number: int) -> int:
    """Of the open council's hours: 0 is over, with a talk to note; 1 is booked; 2 is free."""
    return int(Slot.objects.filter(hours__council__slug="open").order_by("pk")[number].pk)


def _booking(number: int) -> int:
    bookings = Booking.objects.filter(hours__council__slug="open").order_by("slot__pk")
    return int(bookings[number].pk)


def _note() -> int:
    return int(FeedbackNote.objects.get().pk)


OFFICE_HOURS: list[Page] = [
    Page("councils:office_hours-list", everyone(200), SAFE, ("open",)),
    Page("councils:office_hours-list", MISSING, SAFE, ("draft",)),
    Page("councils:office_hours-detail", everyone(200), SAFE, ("open", 1)),
    Page("councils:office_hours-detail", MISSING, SAFE, ("draft", 1)),
    Page("councils:office_hours-calendar", everyone(200), SAFE, ("open", 1)),
    Page("councils:booking-create", everyone(200), everyone(422), ("open", 1, lambda: _slot(2))),
    Page("councils:booking-create", MISSING, MISSING, ("open", 1, 999_999)),
    Page("councils:booking-detail", everyone(200), SAFE, ("open", KEY)),
    Page("councils:booking-detail", MISSING, SAFE, ("open", "no-such-key")),
    Page("councils:booking-calendar", everyone(200), SAFE, ("open", KEY)),
    Page("councils:booking-cancel", BUTTON, everyone(302), ("open", KEY)),
    Page("councils:office_hours-create", MAY_OPEN, SENT, ("open",)),
    Page("councils:office_hours-create", AWAY, AWAY, ("draft",)),
    Page("councils:office_hours-desk", MAY_OPEN, SAFE, ("open",)),
    Page("councils:slot-withdraw", MAY_OPEN, SENT, ("open", 1, lambda: _slot(2))),
    Page("councils:note-write", MAY_OPEN, SENT, ("open", lambda: _booking(0))),
    Page("councils:booking-missed", BUTTON, PRESSED, ("open", lambda: _booking(0))),
    Page("councils:note-docket", MAY_OPEN, SENT, ("open", _note)),
]
SECRETARY = only("secretary")
MONEY: list[Page] = [
    Page("councils:money-detail", everyone(200), SAFE, ("open",)),
    Page("councils:money-detail", MISSING, SAFE, ("draft",)),
    Page("councils:money-file", everyone(200), SAFE, ("open",)),
    Page("councils:budget-edit", SECRETARY, only("secretary", status=422), ("open",)),
    Page("councils:claim-list", MAY_OPEN, SAFE, ("open",)),
    Page("councils:claim-create", MAY_OPEN, SENT, ("open",)),
    Page("councils:claim-detail", MAY_OPEN, SENT, ("open", 1)),
    Page("councils:claim-detail", AWAY, AWAY, ("open", 99)),
    Page("councils:claim-pay", BUTTON, PRESSED, ("open", 1)),
    Page("councils:claim-receipt", MAY_OPEN, SAFE, ("open", 1)),
]
REPORTS: list[Page] = [
    Page("councils:report-list", everyone(200), SAFE, ("open",)),
    Page("councils:report-list", MISSING, SAFE, ("draft",)),
    Page("councils:report-detail", everyone(200), SAFE, ("open", 2025)),
    Page("councils:report-detail", MISSING, SAFE, ("open", 1999)),
    Page("councils:report-print", everyone(200), SAFE, ("open", 2025)),
    Page("councils:report-file", everyone(200), SAFE, ("open", 2025)),
    Page("councils:report-write", MAY_OPEN, SENT, ("open", 2025)),
    Page("councils:report-write", AWAY, AWAY, ("open", 1999)),
    Page("councils:report-publish", BUTTON, only("member", status=302), ("open", 2026)),
]
OPEN_DATA: list[Page] = [
    Page("councils:open_data-list", everyone(200), SAFE),
    Page("councils:open_data-json", everyone(200), SAFE, ("memberships",)),
    Page("councils:open_data-json", MISSING, SAFE, ("nothing",)),
    Page("councils:open_data-csv", everyone(200), SAFE, ("memberships",)),
]
PAGES: list[Page] = [*OFFICE_HOURS, *MONEY, *REPORTS, *OPEN_DATA]


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    _office_hours(opened)
    receipt = Upload("receipt.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
    make_claim(make_line(opened), receipt=receipt)
    for year in (2025, 2026):
        report = write_report(by=None, council=opened, year=year, texts={"kk": "Жыл", "ru": "Год"})
        if year == 2025:
            publish_report(by=None, report=report)


def _office_hours(council: Council) -> None:
    """A talk to note, a booked one and free times; and one of an earlier day that is noted."""
    past, booked, _free = make_hours(council).slots.all()
    make_booking(past)
    let_pass(past)
    key = make_booking(booked)
    Booking.objects.filter(pk=key.pk).update(code=KEY)
    old = make_hours(council, days_ahead=5).slots.all()[0]
    talk = make_booking(old)
    let_pass(old, days=20)
    write_note(
        by=None, booking=talk, raised="Bus 12", follows="A stop", language="en", has_consent=True,
        at=old.starts_at + timedelta(hours=1),
    )  # fmt: skip
