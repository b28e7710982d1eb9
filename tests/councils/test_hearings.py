"""Hearings: notices in time, places, doors, the floor; what the database itself refuses."""

import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils import timezone

from councils.models import HearingRegistration, Meeting, Notice, SpeakerSlot
from councils.services.hearings import errors, floor
from councils.services.hearings.course import begin_hearing, end_hearing, fail_hearing
from councils.services.hearings.doors import check_in, check_in_guest
from councils.services.hearings.places import (
    Guest,
    confirm,
    give_place_back,
    mark_absent,
    places_left,
    register,
)
from councils.services.hearings.planning import (
    HearingPlan,
    NoticeText,
    announce_hearing,
    cancel_hearing,
    change_plan,
    move_hearing,
)
from councils.services.meetings import errors as meeting_errors
from participation.models import Delivery, Follow, JournalEntry
from tests.councils.hearings import GROUND, NOTICE, TEXTS, WORDS, at, come, make_hearing
from tests.councils.making import make_council

pytestmark = pytest.mark.django_db
State = HearingRegistration.State


# --- The notice ---------------------------------------------------------------------------------


def test_a_notice_of_exactly_ten_full_working_days(council) -> None:
    meeting = make_hearing(council, starts_at=at("2026-03-17"), on=date(2026, 2, 27))
    notice = meeting.notices.get()
    assert (notice.between, notice.needed, meeting.state) == (10, 10, "announced")
    assert len(notice.sha256) == 64
    entry = JournalEntry.objects.get(kind="councils.notice_published")
    assert notice.sha256 in entry.body


def test_a_late_notice_is_refused_with_the_days_counted_out(council) -> None:
    meeting = make_hearing(council, state="planned", starts_at=at("2026-03-17"))
    with pytest.raises(errors.NoticeTooLate) as refused:
        announce_hearing(by=None, meeting=meeting, notice=NOTICE, on=date(2026, 3, 2))
    assert "9 full working days" in str(refused.value)
    assert "18 March 2026" in str(refused.value.way_out)
    assert not Notice.objects.exists()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.dossier.published_at) == ("planned", None)


def test_the_rules_of_the_council_say_how_many_days(city) -> None:
    council = make_council(city, rules={"notice_days": 3})
    meeting = make_hearing(council, starts_at=at("2026-03-17"), on=date(2026, 3, 11))
    assert meeting.notices.get().needed == 3


def test_a_notice_needs_both_languages(council) -> None:
    meeting = make_hearing(council, state="planned")
    with pytest.raises(errors.BothLanguagesNeeded):
        announce_hearing(by=None, meeting=meeting, notice=NoticeText(words={"kk": "Тыңдау"}))


def test_another_place_takes_a_new_notice_with_its_own_clock(council, alice) -> None:
    meeting = make_hearing(council)
    register(meeting=meeting, guest=Guest(), person=alice)
    near = {"starts_at": timezone.now() + timedelta(days=5), "place": "Абай, 2"}
    ends = {"ends_at": near["starts_at"] + timedelta(hours=2), "reason": "Жөндеу"}
    with pytest.raises(errors.NoticeTooLate):
        move_hearing(by=None, meeting=meeting, notice=NOTICE, **near, **ends)
    far = {"starts_at": timezone.now() + timedelta(days=40), "place": "Абай, 2"}
    ends["ends_at"] = far["starts_at"] + timedelta(hours=2)
    move_hearing(by=None, meeting=meeting, notice=NOTICE, **far, **ends)
    meeting.refresh_from_db()
    assert meeting.place == "Абай, 2"
    assert [notice.number for notice in meeting.notices.all()] == [1, 2]
    assert Delivery.objects.filter(recipient=alice, event__kind="hearing_moved").exists()


def test_the_database_knows_no_hearing_without_a_notice(council) -> None:
    meeting = make_hearing(council, state="planned")
    for state in ("announced", "open", "held", "no_quorum"):
        with pytest.raises(IntegrityError, match="no notice in time"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(state=state)
    announce_hearing(by=None, meeting=meeting, notice=NOTICE)
    later = meeting.starts_at + timedelta(days=1)
    for change in ({"starts_at": later, "ends_at": later + timedelta(hours=1)}, {"place": "X"}):
        with pytest.raises(IntegrityError, match="no notice in time"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**change)
    late = {"between": 9, "needed": 10, "number": 2, "reason": "x"}
    first = meeting.notices.get()
    with pytest.raises(IntegrityError, match="notice_in_time"), transaction.atomic():
        Notice.objects.create(
            meeting=meeting, published_on=first.published_on, hearing_on=first.hearing_on,
            starts_at=first.starts_at, text_kk="a", text_ru="b", calendar_version="x",
            sha256="0" * 64, **late,
        )  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    ["UPDATE councils_notice SET between = 11", "DELETE FROM councils_notice"],
)
def test_a_notice_never_changes(council, sql) -> None:
    make_hearing(council)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_cancelled_hearing_tells_who_registered(council, alice) -> None:
    meeting = make_hearing(council)
    register(meeting=meeting, guest=Guest(), person=alice)
    cancel_hearing(by=None, meeting=meeting, reason="Буран")
    assert Delivery.objects.filter(recipient=alice, event__kind="hearing_cancelled").exists()
    with pytest.raises(errors.RegistrationClosed):
        register(meeting=meeting, guest=Guest(name="A", contact="+77010000000"))


# --- Places -------------------------------------------------------------------------------------


def guest(number: int, **said) -> Guest:
    return Guest(name=f"G{number}", contact=f"+7701000000{number}", **said)


def test_without_an_account_the_waiting_list_moves_up(council) -> None:
    meeting = make_hearing(council, capacity=1)
    first, second, third = (register(meeting=meeting, guest=guest(n)) for n in range(3))
    assert [row.state for row in (first, second, third)] == ["registered"] + 2 * ["waitlisted"]
    confirm(registration=first)
    first.refresh_from_db()
    assert first.state == State.CONFIRMED
    give_place_back(registration=first)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("registered", "waitlisted")
    assert len({first.code, second.code, third.code}) == 3


def test_online_takes_no_place_in_the_hall(council) -> None:
    meeting = make_hearing(council, capacity=1)
    register(meeting=meeting, guest=guest(1, attends="online"))
    assert places_left(meeting) == 1
    register(meeting=meeting, guest=guest(2))
    assert places_left(meeting) == 0


def test_a_second_time_changes_what_was_said(council, alice) -> None:
    meeting = make_hearing(council, capacity=5)
    first = register(meeting=meeting, guest=Guest(position="for"), person=alice)
    again = register(meeting=meeting, guest=Guest(position="against"), person=alice)
    assert (again.pk, again.position, again.state) == (first.pk, "against", "registered")
    assert again.since == first.since
    assert Follow.objects.filter(person=alice, dossier=meeting.dossier).exists()
    register(meeting=meeting, guest=guest(1))
    with pytest.raises(errors.RegisteredAlready):
        register(meeting=meeting, guest=guest(1))


def test_fewer_places_than_are_given(council) -> None:
    meeting = make_hearing(council, capacity=3)
    for number in range(2):
        register(meeting=meeting, guest=guest(number))
    said = {"by": None, "meeting": meeting, "wordings": TEXTS, "mode": "hybrid"}
    with pytest.raises(errors.PlacesGiven):
        change_plan(plan=HearingPlan(ground=GROUND, capacity=1), **said)
    with pytest.raises(IntegrityError, match="given more places"), transaction.atomic():
        connection.cursor().execute("UPDATE councils_hearingdetail SET capacity = 1")
    change_plan(plan=HearingPlan(ground=GROUND, capacity=2), **said)
    assert places_left(Meeting.objects.get(pk=meeting.pk)) == 0


@pytest.mark.django_db(transaction=True)
def test_one_last_place_and_two_who_want_it(council) -> None:
    meeting = make_hearing(council, capacity=1)
    gate = threading.Barrier(2)
    failures: list[Exception] = []

    def come_in(number: int) -> None:
        try:
            gate.wait(10)
            register(meeting=meeting, guest=guest(number))
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come_in, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    states = meeting.hearing_registrations.values_list("state", flat=True)
    assert sorted(states) == ["registered", "waitlisted"]
    with pytest.raises(IntegrityError, match="no place left"), transaction.atomic():
        meeting.hearing_registrations.filter(state="waitlisted").update(state="registered")


# --- The door -----------------------------------------------------------------------------------


def test_who_comes_in_and_wants_to_speak_is_in_the_queue(council) -> None:
    meeting = make_hearing(council, capacity=2)
    row = register(meeting=meeting, guest=guest(1, wants_to_speak=True, position="against"))
    check_in(by=None, registration=row)
    check_in(by=None, registration=row)
    row.refresh_from_db()
    assert row.state == State.PRESENT
    slot = meeting.speakers.get()
    assert (slot.kind, slot.queued_at, slot.seconds) == ("contra", row.since, 180)


def test_a_full_hall_lets_nobody_in_until_somebody_is_absent(council) -> None:
    meeting = make_hearing(council, state="open", capacity=1)
    expected = register(meeting=meeting, guest=guest(1))
    with pytest.raises(errors.HallFull):
        check_in_guest(by=None, meeting=meeting, guest=Guest(name="B"))
    assert meeting.hearing_registrations.count() == 1
    mark_absent(by=None, registration=expected)
    assert come(meeting, "B").state == State.PRESENT


# --- The floor ----------------------------------------------------------------------------------


@pytest.fixture
def hall(council):
    return make_hearing(council, state="open")


def speaker(hall, name="Айгүл") -> SpeakerSlot:
    return come(hall, name, wants_to_speak=True).speeches.get()


def test_a_speech_with_a_pause(hall) -> None:
    slot = speaker(hall)
    now = timezone.now()
    floor.call_speaker(by=None, slot=slot, at=now)
    floor.begin_speech(by=None, slot=slot, at=now)
    floor.pause_speech(by=None, slot=slot, at=now + timedelta(seconds=70))
    floor.begin_speech(by=None, slot=slot, at=now + timedelta(seconds=100))
    done = floor.end_speech(by=None, slot=slot, at=now + timedelta(seconds=150))
    assert (done.state, done.spoken, done.began_at) == ("done", 120, now)
    with pytest.raises(errors.NotInQueue):
        floor.begin_speech(by=None, slot=slot)


def test_only_one_has_the_floor(hall) -> None:
    first, second = speaker(hall, "A"), speaker(hall, "B")
    floor.call_speaker(by=None, slot=first)
    with pytest.raises(errors.FloorTaken):
        floor.call_speaker(by=None, slot=second)
    with pytest.raises(IntegrityError, match="speaker_one_on_the_floor"), transaction.atomic():
        SpeakerSlot.objects.filter(pk=second.pk).update(state="called")


@pytest.mark.django_db(transaction=True)
def test_two_desks_call_two_speakers_at_once(council) -> None:
    hall = make_hearing(council, state="open")
    slots = [speaker(hall, "A"), speaker(hall, "B")]
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def call(slot: SpeakerSlot) -> None:
        gate.wait(10)
        try:
            floor.call_speaker(by=None, slot=slot)
            outcomes.append("called")
        except errors.FloorTaken:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call, args=[slot]) for slot in slots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["called", "refused"]


def test_the_end_closes_the_floor_and_says_who_did_not_come(hall) -> None:
    slots = [speaker(hall, "A"), speaker(hall, "B")]
    register(meeting=hall, guest=guest(7))
    floor.call_speaker(by=None, slot=slots[0])
    floor.begin_speech(by=None, slot=slots[0])
    end_hearing(by=None, meeting=hall)
    assert [slot.state for slot in hall.speakers.all()] == ["done", "skipped"]
    assert hall.hearing_registrations.get(name="G7").state == State.ABSENT
    with pytest.raises(errors.WrongTime):
        floor.skip_speaker(by=None, slot=slots[1])
    with pytest.raises(errors.WrongTime):
        end_hearing(by=None, meeting=hall)


@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET spoken = 1"])
def test_a_speech_that_was_held_stays(hall, sql) -> None:
    slot = speaker(hall)
    floor.call_speaker(by=None, slot=slot)
    floor.begin_speech(by=None, slot=slot)
    floor.end_speech(by=None, slot=slot, at=timezone.now() + timedelta(seconds=60))
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql.format("councils_speakerslot"))


def test_a_hearing_fails_with_reasons_and_is_repeated(council, alice) -> None:
    meeting = make_hearing(council, state="open")
    register(meeting=meeting, guest=Guest(), person=alice)
    with pytest.raises(meeting_errors.ReasonMissing):
        fail_hearing(by=None, meeting=meeting, reason=" ")
    fail_hearing(by=None, meeting=meeting, reason="Ешкім келмеді")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.reason) == ("no_quorum", "Ешкім келмеді")
    repeated = make_hearing(council, repeats=meeting)
    assert repeated.hearing.repeats == meeting
    with pytest.raises(meeting_errors.WrongTime):
        begin_hearing(by=None, meeting=meeting)


def test_words_of_the_notice_stand_on_the_hearing(council) -> None:
    assert make_hearing(council).notices.get().text == WORDS["en"]
