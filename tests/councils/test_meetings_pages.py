"""Pages of meetings: what is hidden until a vote is closed, what is kept when it is refused, how
many queries; the calendar and its feeds."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from accounts.services import erase_person, export_person
from councils.models import Council, Meeting
from councils.services.meetings.agenda import add_item, enter_decision
from councils.services.meetings.attendance import declare_recusal
from councils.services.meetings.minutes import draft_minutes, sign_minutes
from councils.services.meetings.planning import cancel_meeting, end_meeting, move_meeting
from councils.services.meetings.sessions import enter_session
from councils.services.meetings.votes import cast_vote, close_vote, open_vote
from tests.councils.meetings import TEXTS, make_meeting
from tests.councils.voting import WORDS, members, put, sit, vote_by_hands

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
ROOT = "/en/councils/astana/"


@pytest.fixture(autouse=True)
def _no_old_fragments():
    cache.clear()


def queries(client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def desk(meeting: Meeting) -> str:
    return f"{ROOT}meetings/{meeting.number}/"


# --- The public page ------------------------------------------------------------------------------


def test_votes_are_hidden_until_the_close(client, council: Council, chair: User) -> None:
    meeting = sit(council, 15)
    vote = open_vote(by=None, motion=put(meeting))
    cast_vote(by=chair, vote=vote, choice="no")
    html = client.get(desk(meeting)).content.decode()
    assert "1 of 15 have voted" in html
    assert "How each member voted" not in html
    close_vote(by=None, vote=vote)
    cache.clear()
    html = client.get(desk(meeting)).content.decode()
    assert "How each member voted" in html
    assert "Against" in html


def test_a_page_takes_few_queries_however_long_the_agenda(client, council: Council) -> None:
    meeting = sit(council, 15)
    vote_by_hands(put(meeting), (12, 2, 1))
    paths = (desk(meeting), f"{ROOT}meetings/", "/en/councils/calendar/")
    first = [queries(client, path) for path in paths]
    for _ in range(4):
        motion = put(meeting)
        declare_recusal(by=None, item=motion.item, mandate=members(council)[3], reason="Туыс")
        vote_by_hands(motion, (12, 2, 0))
    for _ in range(3):
        make_meeting(council)
    assert [queries(client, path) for path in paths] == first
    held = end_meeting(by=None, meeting=meeting)
    assert queries(client, desk(held)) <= 17
    assert first[1] <= 12
    assert first[2] <= 12


def test_scripts_are_text(client, council: Council, secretary: User) -> None:
    meeting = sit(council, 15)
    words = dict.fromkeys(("kk", "ru", "en"), SCRIPT)
    item = add_item(by=None, meeting=meeting, names=words)
    motion = put(meeting, item=item)
    declare_recusal(by=None, item=item, mandate=members(council)[0], reason=SCRIPT)
    vote_by_hands(motion, (13, 1, 0))
    enter_decision(by=None, item=item, texts=words)
    meeting = end_meeting(by=None, meeting=meeting)
    draft_minutes(by=None, meeting=meeting, texts=words)
    client.force_login(secretary)
    for path in (desk(meeting), f"{desk(meeting)}desk/", f"{ROOT}minutes/{meeting.number}/"):
        html = client.get(path).content.decode()
        assert SCRIPT not in html, path
        assert "&lt;script&gt;" in html, path


def test_the_live_part_is_asked_for_by_its_mark(client, council: Council) -> None:
    meeting = sit(council, 11)
    answer = client.get(f"{desk(meeting)}live/")
    assert "There is a quorum" in answer.content.decode()
    again = client.get(f"{desk(meeting)}live/", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


# --- The desk -------------------------------------------------------------------------------------


def test_a_secretary_runs_a_meeting(client, council: Council, secretary: User) -> None:
    client.force_login(secretary)
    starts = timezone.localtime() + timedelta(days=1)
    sent = {
        "form_key": "0b6ad9a2-6d5e-4d8e-9a3c-000000000001",
        "title_kk": "Отырыс",
        "title_ru": "Заседание",
        "starts_at": starts.strftime("%d.%m.%Y %H:%M"),
        "ends_at": (starts + timedelta(hours=2)).strftime("%d.%m.%Y %H:%M"),
        "mode": "hall",
    }
    wrong = client.post(f"{ROOT}meetings/new/", {**sent, "ends_at": sent["starts_at"]})
    assert wrong.status_code == 422
    assert "Заседание" in wrong.content.decode()
    assert client.post(f"{ROOT}meetings/new/", sent).status_code == 302
    assert client.post(f"{ROOT}meetings/new/", sent).status_code == 302
    meeting = council.meetings.get()
    at = desk(meeting)
    client.post(f"{at}agenda/new/", {"form_key": key(2), "kk": "Көлік", "ru": "Транспорт"})
    client.post(f"{at}announce/", {"form_key": key(3)})
    client.post(f"{at}begin/", {"form_key": key(4)})
    for number, mandate in enumerate(members(council)[:11]):
        client.post(f"{at}presence/", {"form_key": key(10 + number), "mandate": mandate.pk})
    told = {"form_key": key(5), "kk": "Өткізу", "ru": "Провести"}
    client.post(f"{at}agenda/1/motions/new/", told)
    client.post(f"{at}agenda/1/motions/1/open/", {"form_key": key(6)})
    raised = {f"member-{mandate.pk}": "yes" for mandate in members(council)[:6]}
    client.post(f"{at}agenda/1/motions/1/hands/", {"form_key": key(7), **raised})
    client.post(f"{at}agenda/1/motions/1/close/", {"form_key": key(8)})
    vote = meeting.votes.get()
    assert (vote.yes, vote.not_voting, vote.needed, vote.is_adopted) == (6, 5, 6, True)
    gone = {"form_key": key(9), "mandate": members(council)[0].pk, "gone": "1"}
    client.post(f"{at}presence/", gone)
    assert "No quorum" in client.get(f"{at}desk/").content.decode()
    client.post(f"{at}end/", {"form_key": key(30)})
    meeting.refresh_from_db()
    assert meeting.state == "held"


def key(number: int) -> str:
    return f"0b6ad9a2-6d5e-4d8e-9a3c-{number:012d}"


def test_a_refusal_is_shown_at_the_desk(client, council: Council, secretary: User) -> None:
    motion = put(sit(council, 10))
    client.force_login(secretary)
    address = f"{desk(motion.item.meeting)}agenda/1/motions/1/open/"
    html = client.post(address, follow=True).content.decode()
    assert "There is no quorum: 10 members are present, 11 are needed." in html


def test_a_paper_is_there_for_everybody(client, council: Council, secretary: User) -> None:
    meeting = make_meeting(council)
    client.force_login(secretary)
    address = f"{desk(meeting)}papers/new/"
    bad = SimpleUploadedFile("a.exe", b"MZ")
    assert client.post(address, {"form_key": key(1), "paper": bad}).status_code == 422
    good = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan %%EOF")
    assert client.post(address, {"form_key": key(2), "paper": good}).status_code == 302
    client.logout()
    assert "plan.pdf" in client.get(desk(meeting)).content.decode()


# --- A member's phone -----------------------------------------------------------------------------


def test_a_member_comes_and_votes(client, council: Council, chair: User) -> None:
    ahead = make_meeting(council)
    client.force_login(chair)
    client.post(f"{desk(ahead)}come/", {"form_key": key(1)})
    assert ahead.participations.filter(registered_at__isnull=False).count() == 1
    meeting = sit(council, 15)
    phone = f"{desk(meeting)}vote/"
    assert b"No vote is open now" in client.get(phone).content
    vote = open_vote(by=None, motion=put(meeting))
    assert client.post(phone, {"form_key": key(2)}).status_code == 422
    assert client.post(phone, {"form_key": key(3), "choice": "yes"}).status_code == 302
    assert b"You can change it until the vote is closed" in client.get(phone).content
    assert vote.person_votes.get().choice == "yes"


def test_who_only_looks_has_no_voting_page(client, council: Council, alice: User) -> None:
    meeting = sit(council, 15)
    client.force_login(alice)
    assert client.get(f"{desk(meeting)}vote/").status_code == 404


def test_a_person_takes_along_what_they_did_here(council: Council, chair: User, secretary) -> None:
    meeting = sit(council, 15)
    vote_by_hands(put(meeting), (12, 2, 1))
    meeting = end_meeting(by=None, meeting=meeting)
    minutes = draft_minutes(by=secretary, meeting=meeting, texts=WORDS)
    sign_minutes(by=chair, minutes=minutes, signer="chair")
    found = export_person(person=chair)["council_meetings"]
    assert found["votes"] == [{"meeting": meeting.dossier.reference, "choice": "yes"}]
    assert found["minutes_signed"] == [meeting.dossier.reference]
    erase_person(person=chair)
    assert meeting.votes.get().person_votes.filter(choice="yes").count() == 12


# --- Calendars ------------------------------------------------------------------------------------


def events(client, path: str) -> list:
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert calendar.walk("VTIMEZONE")
    return calendar.walk("VEVENT")


def test_a_calendar_keeps_its_identity_through_a_move_and_a_cancellation(
    client, council: Council
) -> None:
    meeting = make_meeting(council)
    (before,) = events(client, f"{ROOT}meetings/calendar.ics")
    when = timezone.now() + timedelta(days=4)
    move_meeting(
        by=None,
        meeting=meeting,
        starts_at=when,
        ends_at=when + timedelta(hours=1),
        place="Зал 2",
        reason="Жөндеу",
    )
    (moved,) = events(client, f"{desk(meeting)}calendar.ics")
    assert moved["UID"] == before["UID"]
    assert (before["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved.decoded("DTSTART") == when.replace(microsecond=0)
    assert moved["DTSTART"].params["TZID"] == "Asia/Almaty"
    cancel_meeting(by=None, meeting=meeting, reason="Боран")
    (gone,) = events(client, "/en/councils/calendar/zhambyl.ics")
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 2)


def test_the_month_the_region_and_the_kind(client, council: Council, city) -> None:
    starts = timezone.make_aware(datetime(2026, 3, 17, 10))
    make_meeting(council, starts_at=starts)
    session = enter_session(
        by=None,
        body=council.supervised_body,
        territory=city,
        wordings=TEXTS,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    assert session.state == "held"
    at = "/en/councils/calendar/?month=2026-03"
    assert client.get(at).content.count(b'class="card"') == 2
    assert client.get(f"{at}&kind=session").content.count(b'class="card"') == 1
    assert client.get(f"{at}&region=zhambyl").content.count(b'class="card"') == 2
    assert client.get("/en/councils/calendar/?month=2026-04").content.count(b'class="card"') == 0
    for garbage in ("month=13", "region=nowhere", "kind=x", "month=0001-01", "month=9999-12"):
        assert client.get(f"/en/councils/calendar/?{garbage}").status_code == 200


def test_a_decision_says_that_a_session_was_held(client, council: Council, city) -> None:
    now = timezone.now()
    session = enter_session(
        by=None,
        body=council.supervised_body,
        territory=city,
        wordings=TEXTS,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )
    item = add_item(by=None, meeting=session, names=WORDS)
    enter_decision(by=None, item=item, texts={"kk": "Қабылданды", "ru": "Принято"})
    session.refresh_from_db()
    assert session.state == "held"
    assert "Қабылданды" in client.get(session.get_absolute_url()).content.decode()


def test_the_feed_of_a_council(client, council: Council) -> None:
    make_meeting(council, state="planned")
    assert b"<entry>" not in client.get(f"{ROOT}meetings/feed.xml").content
    meeting = make_meeting(council)
    answer = client.get(f"{ROOT}meetings/feed.xml")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert meeting.dossier.reference.lower() in answer.content.decode()
