"""Office hours: which times there are, who gets one, and what comes of a talk."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person
from councils.models import Booking, Council, Docket, FeedbackNote, Mandate, Slot
from councils.office_slots import days_of, times_of
from councils.services import office_hours as services
from councils.services.office_hours import errors
from participation.models import Delivery, JournalEntry
from participation.services import Wording
from tests.conftest import as_restore, make_person
from tests.councils.making import add_member
from tests.councils.office_hours import MONDAY, let_pass, make_booking, make_hours


class TestTimes:
    def test_talks_fill_the_hours_and_no_more(self) -> None:
        found = list(times_of(MONDAY, time(17), time(18, 10), 20))
        assert [start.strftime("%H:%M") for start, _end in found] == ["17:00", "17:20", "17:40"]
        assert found[-1][1].time() == time(18)

    def test_a_talk_has_a_length(self) -> None:
        with pytest.raises(ValueError, match="length"):
            list(times_of(MONDAY, time(17), time(18), 0))

    def test_every_week_without_days_off(self) -> None:
        off = date(2026, 3, 9)
        days = days_of(date(2026, 2, 25), date(2026, 3, 23), 0, lambda day: day != off)
        assert list(days) == [date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 23)]

    def test_a_weekend_is_meant(self) -> None:
        days = list(days_of(MONDAY, MONDAY + timedelta(days=13), 5, lambda day: False))
        assert days == [date(2026, 3, 7), date(2026, 3, 14)]

    def test_a_single_day_is_taken_as_it_is(self) -> None:
        assert list(days_of(MONDAY, MONDAY, None, lambda day: False)) == [MONDAY]


@pytest.mark.django_db
class TestOpening:
    def test_times_are_public_and_in_the_record(self, council: Council, secretary: User) -> None:
        hours = make_hours(council, by=secretary)
        assert hours.slots.count() == 3
        assert JournalEntry.objects.get(kind="councils.office_hours_opened").data == {
            "number": 1, "slots": 3,
        }  # fmt: skip

    def test_weekly_hours_leave_holidays_out(self, council: Council) -> None:
        """International Women's Day of 2026 falls on a Sunday, so the Monday is off."""
        hours = make_hours(
            council, weekday=0, first_on=date(2026, 3, 2), last_on=date(2026, 3, 16),
            ends=time(17, 30),
        )  # fmt: skip
        days = {timezone.localtime(slot.starts_at).date() for slot in hours.slots.all()}
        assert days == {date(2026, 3, 2), date(2026, 3, 16)}

    def test_only_for_as_long_as_the_member_sits(self, council: Council) -> None:
        member = council.mandates.get(office="chair")
        end = timezone.localdate() + timedelta(days=2)
        Mandate.objects.filter(pk=member.pk).update(until=end, end_reason="resignation")
        member.refresh_from_db()
        with pytest.raises(errors.NotSitting):
            make_hours(council, member=member, days_ahead=2)
        assert make_hours(council, member=member, days_ahead=1)

    def test_nobody_listens_at_two_places(self, council: Council) -> None:
        make_hours(council)
        with pytest.raises(errors.ElsewhereAlready):
            make_hours(council, begins=time(17, 30), ends=time(19))
        assert make_hours(council, begins=time(18), ends=time(19))

    def test_times_without_a_talk_and_too_many(self, council: Council) -> None:
        with pytest.raises(errors.NoTimes):
            make_hours(council, ends=time(17, 10))
        with pytest.raises(errors.TooManyTimes):
            make_hours(
                council, weekday=0, last_on=timezone.localdate() + timedelta(days=400),
                begins=time(8), slot_minutes=5,
            )  # fmt: skip

    def test_the_database_keeps_members_apart(self, council: Council) -> None:
        hours = make_hours(council)
        other = add_member(council)
        with pytest.raises(IntegrityError, match="another member"), transaction.atomic():
            Slot.objects.filter(hours=hours).update(member=other)


@pytest.mark.django_db
class TestBooking:
    def test_one_time_one_visitor(self, council: Council, alice: User) -> None:
        slot = make_hours(council).slots.all()[0]
        booking = make_booking(slot, person=alice, name="", contact="")
        assert alice.follows.filter(dossier=council.dossier).exists()
        with pytest.raises(errors.SlotTaken):
            make_booking(slot)
        services.cancel_booking(booking=booking)
        assert make_booking(slot).state == Booking.State.BOOKED

    def test_one_time_of_the_same_hours_for_a_person(self, council: Council, alice: User) -> None:
        first, second, _third = make_hours(council).slots.all()
        make_booking(first, person=alice)
        with pytest.raises(errors.BookedAlready):
            make_booking(second, person=alice)

    def test_who_has_no_account_can_be_reached(self, council: Council) -> None:
        slot = make_hours(council).slots.all()[0]
        with pytest.raises(errors.CannotBeReached):
            make_booking(slot, contact=" ")

    def test_not_after_the_beginning(self, council: Council) -> None:
        slot = make_hours(council).slots.all()[0]
        booking = make_booking(slot)
        let_pass(slot)
        with pytest.raises(errors.TooLate):
            services.cancel_booking(booking=booking)
        services.mark_missed(by=None, booking=booking)
        with pytest.raises(errors.TooLate):
            make_booking(slot)

    def test_a_withdrawn_time_tells_the_visitor(self, council: Council, alice: User) -> None:
        slot = make_hours(council).slots.all()[0]
        booking = make_booking(slot, person=alice)
        with pytest.raises(errors.ReasonsMissing):
            services.withdraw_slot(by=None, slot=slot, reason=" ")
        services.withdraw_slot(by=None, slot=slot, reason="Ill")
        booking.refresh_from_db()
        assert booking.state == Booking.State.CANCELLED
        assert Delivery.objects.filter(recipient=alice, event__kind="talk_withdrawn").exists()
        with pytest.raises(errors.SlotWithdrawn):
            make_booking(slot)
        with pytest.raises(errors.TooLate):
            services.withdraw_slot(by=None, slot=slot, reason="Again")

    def test_the_database_gives_no_withdrawn_time(self, council: Council) -> None:
        first, second, third = make_hours(council).slots.all()
        booking = make_booking(first)
        Slot.objects.filter(pk=second.pk).update(withdrawn_because="Ill")
        with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(slot=second)
        other = make_hours(council, days_ahead=5)
        with pytest.raises(IntegrityError, match="other office hours"), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(hours=other)
        assert third.withdrawn_because == ""

    def test_reminded_once_the_day_before(self, council: Council, alice: User) -> None:
        slot = make_hours(council).slots.all()[0]
        booking = make_booking(slot, person=alice)
        make_booking(slot.hours.slots.all()[1])
        now = timezone.now()
        assert services.due_reminders(now) == []
        soon = slot.starts_at - timedelta(hours=20)
        assert services.due_reminders(soon) == [booking.pk]
        assert services.remind_of(booking=booking.pk, now=soon)
        assert not services.remind_of(booking=booking.pk, now=soon)
        assert Delivery.objects.filter(event__kind="talk_reminder").values(
            "recipient"
        ).distinct().count() == 1  # fmt: skip


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_the_last_time_is_given_once(self, council: Council) -> None:
        slot = make_hours(council).slots.all()[0]
        people = [make_person(f"p{n}@example.org", f"P{n}") for n in range(4)]
        barrier, outcomes = threading.Barrier(4), []

        def take(person: User) -> None:
            barrier.wait()
            try:
                make_booking(slot, person=person)
                outcomes.append("booked")
            except errors.SlotTaken:
                outcomes.append("taken")
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_old_connections()
        assert sorted(outcomes) == ["booked", "taken", "taken", "taken"]
        assert slot.bookings.count() == 1


@pytest.mark.django_db
class TestNotes:
    def note(
        self, council: Council, *, has_consent: bool, person: User | None = None
    ) -> FeedbackNote:
        slot = make_hours(council).slots.all()[0]
        booking = make_booking(slot, person=person)
        with pytest.raises(errors.NotYet):
            self.write(booking, has_consent)
        let_pass(slot)
        return self.write(booking, has_consent)

    def write(self, booking: Booking, has_consent: bool) -> FeedbackNote:
        return services.write_note(
            by=None, booking=booking, raised="Bus 12 is late", follows="I ask the akimat",
            language="ru", has_consent=has_consent,
        )  # fmt: skip

    def test_published_with_consent_alone(self, council: Council, alice: User) -> None:
        note = self.note(council, has_consent=True, person=alice)
        assert list(FeedbackNote.objects.public()) == [note]
        assert note.booking.state == Booking.State.HELD
        entry = JournalEntry.objects.get(kind="councils.note_published")
        assert set(entry.data) == {"office_hours", "sha256"}
        assert Delivery.objects.filter(recipient=alice, event__kind="talk_noted").exists()
        with pytest.raises(errors.ClosedAlready):
            self.write(note.booking, True)

    def test_without_consent_it_stays_with_the_member(self, council: Council) -> None:
        note = self.note(council, has_consent=False)
        assert not FeedbackNote.objects.public().exists()
        with pytest.raises(IntegrityError, match="note_published_with_consent"):
            FeedbackNote.objects.filter(pk=note.pk).update(published_at=timezone.now())

    def test_it_becomes_a_matter_once(self, council: Council, chair: User) -> None:
        note = self.note(council, has_consent=False)
        wordings = [Wording("kk", "12-автобус"), Wording("ru", "Автобус 12")]
        docket = services.open_docket_from(
            by=chair, note=note, kind=Docket.Kind.OWN_INITIATIVE, wordings=wordings
        )
        assert docket.number == 1
        with pytest.raises(errors.DocketOpened):
            services.open_docket_from(
                by=chair, note=note, kind=Docket.Kind.OWN_INITIATIVE, wordings=wordings
            )


@pytest.mark.django_db
def test_what_a_visitor_leaves_is_exported_and_erased(council: Council, alice: User) -> None:
    from councils import personal_data_of_work

    ahead, past, _free = make_hours(council).slots.all()
    old = make_booking(past, person=alice, name="Alice", contact="+7 700")
    let_pass(past)
    services.write_note(
        by=None, booking=old, raised="My son walks", follows="A stop", language="en",
        has_consent=True,
    )  # fmt: skip
    make_booking(ahead, person=alice)
    exported = personal_data_of_work.export(alice)
    assert [talk["topic"] for talk in exported["talks"]] == ["Bus 12", "Bus 12"]
    assert (
        exported["talks"][0]["contact"] == "+7 700" or exported["talks"][1]["contact"] == "+7 700"
    )
    erase_person(person=alice)
    assert set(Booking.objects.values_list("name", "contact", "topic", "state")) == {
        ("", "", "", "held"), ("", "", "", "cancelled"),
    }  # fmt: skip
    assert FeedbackNote.objects.get().raised == ""
    assert not FeedbackNote.objects.public().exists()
    assert Slot.objects.free(timezone.now()).filter(pk=ahead.pk).exists()
    with as_restore():
        assert Booking.objects.count() == 2
