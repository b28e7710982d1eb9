"""Pages of hearings: one address through its life, what is kept when refused, few queries."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from councils.hearing_reading import floor_of
from councils.models import HearingRegistration, Meeting, Question
from councils.services.hearings import floor
from councils.services.hearings.course import end_hearing
from councils.services.hearings.questions import answer, decline
from tests.councils.hearings import come, make_hearing, make_question

pytestmark = pytest.mark.django_db
HERE = "/en/councils/astana/hearings/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _no_old_fragments():
    cache.clear()


def html(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def key() -> str:
    return str(uuid4())


def test_before_live_and_after_on_one_address(client, council) -> None:
    meeting = make_hearing(council, capacity=10)
    here = f"{HERE}{meeting.number}/"
    before = html(client, here)
    assert "I will come" in before
    assert "full working days lie between" in before
    hall = make_hearing(council, state="open")
    live = html(client, f"{HERE}{hall.number}/")
    assert "Nobody has the floor" in live
    assert hall.hearing.join_code in live
    end_hearing(by=None, meeting=hall)
    after = html(client, f"{HERE}{hall.number}/")
    assert "What came of it" in after
    assert "I will come" not in after


def test_words_of_people_are_text(client, council, secretary) -> None:
    hall = make_hearing(council, state="open")
    make_question(hall, SCRIPT)
    come(hall, SCRIPT, wants_to_speak=True)
    client.force_login(secretary)
    for path in ("", "screen/", "live/page/", "desk/", "floor/", "questions/", "door/"):
        page = html(client, f"{HERE}{hall.number}/{path}")
        assert SCRIPT not in page, path
    assert "&lt;script&gt;" in html(client, f"{HERE}{hall.number}/floor/")


def queries(client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_few_queries_however_many_come(client, council) -> None:
    hall, over = make_hearing(council, state="open"), make_hearing(council, state="open")
    paths = [
        HERE,
        *(f"{HERE}{row.number}/" for row in (hall, over)),
        f"{HERE}{hall.number}/screen/",
    ]

    def fill() -> None:
        for meeting in (hall, over):
            come(meeting, wants_to_speak=True)
            make_question(meeting)

    fill()
    Meeting.objects.filter(pk=over.pk).update(state="held")
    first = [queries(client, path) for path in paths]
    Meeting.objects.filter(pk=over.pk).update(state="open")
    for _ in range(4):
        fill()
    Meeting.objects.filter(pk=over.pk).update(state="held")
    assert [queries(client, path) for path in paths] == first
    assert max(first) <= 17
    assert first[0] <= 12


def test_watchers_cost_no_query_and_get_304(client, council, settings) -> None:
    settings.CROWD_SECONDS = 2
    hall = make_hearing(council, state="open")
    path = f"{HERE}{hall.number}/live/page/"
    known = client.get(path)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(path, headers={"If-None-Match": known})
    assert (again.status_code, len(captured)) == (304, 0)
    assert again["Ask-Again"] == "10"


def test_strangers_share_the_page_and_who_signed_in_does_not(
    client, council, secretary, settings
) -> None:
    settings.CROWD_SECONDS = 2
    path = f"{HERE}{make_hearing(council, state='open').number}/"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        shared = Client().get(path)
    assert (shared.status_code, len(captured)) == (200, 0)
    assert not shared.cookies
    assert f"{path}desk/" not in shared.content.decode()
    client.force_login(secretary)
    assert f"{path}desk/" in client.get(path).content.decode()
    assert f"{path}desk/" not in Client().get(path).content.decode()


def test_registering_without_an_account(client, council) -> None:
    meeting = make_hearing(council, capacity=5)
    path = f"{HERE}{meeting.number}/register/"
    said = {"form_key": key(), "name": "Айгүл", "contact": "8 701 555 12 34",
            "capacity": "resident", "attends": "hall", "position": "for",
            "wants_to_speak": "on"}  # fmt: skip
    led = client.post(path, said)
    row = HearingRegistration.objects.get()
    assert led["Location"].endswith(f"/places/{row.code}/")
    assert (row.contact, row.person, row.wants_to_speak) == ("+77015551234", None, True)
    assert "<svg" in html(client, led["Location"])
    assert client.post(path, said)["Location"] == led["Location"]  # the same form twice is one act
    refused = client.post(path, said | {"form_key": key(), "contact": "+7 (701) 555-12-34"})
    assert refused.status_code == 422
    assert "Айгүл" in refused.content.decode()
    assert "8 701" not in html(client, f"{HERE}{meeting.number}/")


@pytest.mark.parametrize("contact", ["", "12", "not an address", "a@"])
def test_a_contact_that_reaches_nobody(client, council, contact) -> None:
    meeting = make_hearing(council)
    said = {"form_key": key(), "name": "Айгүл", "contact": contact, "capacity": "resident",
            "attends": "hall", "position": "for"}  # fmt: skip
    answer = client.post(f"{HERE}{meeting.number}/register/", said)
    assert answer.status_code == 422
    assert "Айгүл" in answer.content.decode()


def test_a_late_notice_is_refused_beside_the_text(client, council, secretary) -> None:
    soon = timezone.now() + timedelta(days=5)
    meeting = make_hearing(council, state="planned", starts_at=soon)
    client.force_login(secretary)
    path = f"{HERE}{meeting.number}/announce/"
    said = {"form_key": key(), "published_on": timezone.localdate().isoformat(),
            "text_kk": "Тыңдау өтеді", "text_ru": "Слушания", "channels": ["site"]}  # fmt: skip
    answer = client.post(path, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the rules ask for 10" in page
    assert "Тыңдау өтеді" in page


def test_planned_announced_begun_and_ended_at_the_desk(client, council, secretary) -> None:
    client.force_login(secretary)
    day = timezone.localdate() + timedelta(days=45)
    said = {
        f"{name}_{code}": "Сөз" for name in ("title", "summary", "ground") for code in ("kk", "ru")
    }
    said |= {"form_key": key(), "starts_at": f"{day:%d.%m.%Y} 15:00", "place": "Абай, 1",
             "ends_at": f"{day:%d.%m.%Y} 17:00", "mode": "hall", "seconds_each": "120",
             "languages": ["kk", "ru"], "access": ["loop"], "capacity": "40"}  # fmt: skip
    assert client.post(f"{HERE}new/", said).status_code == 302
    meeting = Meeting.objects.get(kind="hearing")
    here = f"{HERE}{meeting.number}/"
    assert client.get(here).status_code == 404
    notice = {"form_key": key(), "published_on": timezone.localdate().isoformat(),
              "text_kk": "Тыңдау", "text_ru": "Слушания", "channels": ["site"],
              "papers": "Сызба\nhttps://astana.example/plan.pdf"}  # fmt: skip
    assert client.post(f"{here}announce/", notice).status_code == 302
    assert "https://astana.example/plan.pdf" in html(client, here)
    client.post(f"{here}begin/", {"form_key": key(), "phones": "1"})
    meeting.refresh_from_db()
    assert (meeting.state, len(meeting.hearing.join_code)) == ("open", 6)
    row = come(meeting, wants_to_speak=True)
    slot = row.speeches.get()
    for verb, state in (("call", "called"), ("begin", "speaking"), ("pause", "paused"),
                        ("begin", "speaking"), ("end", "done")):  # fmt: skip
        client.post(f"{here}floor/{slot.number}/{verb}/", {"form_key": key()})
        slot.refresh_from_db()
        assert slot.state == state
    client.post(f"{here}end/", {"form_key": key()})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.hearing.join_code) == ("held", None)


def test_a_phone_asks_and_another_supports(client, council, secretary) -> None:
    hall = make_hearing(council, state="open")
    phone = f"/en/councils/join/{hall.hearing.join_code}/"
    html(client, phone)
    assert client.post(phone, {"form_key": key(), "text": ""}).status_code == 422
    client.post(phone, {"form_key": key(), "text": "Когда будет тепло?"})
    question = Question.objects.get()
    assert (question.state, question.language) == ("waiting", "ru")
    other = Client()
    assert "тепло" not in html(other, phone)
    desk = Client()
    desk.force_login(secretary)
    desk.post(f"{HERE}{hall.number}/questions/1/show/", {"form_key": key()})
    assert "тепло" in html(other, phone)
    for _ in range(2):
        other.post(f"{phone}questions/1/")
    assert question.votes.count() == 1
    assert "you too" in html(other, phone)
    said = {"form_key": key(), "text": "В марте", "language": "ru", "answered_by": "Ахметов"}
    desk.post(f"{HERE}{hall.number}/questions/1/answer/", said)
    question.refresh_from_db()
    assert (question.state, question.answer) == ("answered", "В марте")


def test_too_many_questions_from_one_phone(client, council) -> None:
    hall = make_hearing(council, state="open")
    phone = f"/en/councils/join/{hall.hearing.join_code}/"
    html(client, phone)
    statuses = [
        client.post(phone, {"form_key": key(), "text": f"Вопрос {n}"}).status_code for n in range(7)
    ]
    assert statuses == [302] * 5 + [422] * 2
    assert Question.objects.count() == 5


def test_the_queue_puts_new_voices_first(council, alice) -> None:
    earlier = make_hearing(council, state="open")
    row = come(earlier, wants_to_speak=True)
    HearingRegistration.objects.filter(pk=row.pk).update(person=alice)
    slot = row.speeches.get()
    for step in (floor.call_speaker, floor.begin_speech, floor.end_speech):
        step(by=None, slot=slot)
    hall = make_hearing(council, state="open")
    heard = come(hall, "Алиса", wants_to_speak=True)
    HearingRegistration.objects.filter(pk=heard.pk).update(person=alice)
    new = come(hall, "Жаңа", wants_to_speak=True)
    assert [slot.registration_id for slot in floor_of(hall).queue] == [new.pk, heard.pk]


def test_a_table_of_questions(client, council) -> None:
    hall = make_hearing(council, state="open")
    answer(by=None, question=make_question(hall, "=1+1"), text="Да", language="ru", answered_by="А")
    decline(by=None, question=make_question(hall, "…"), because="private")
    make_question(hall, "Не прочитан", is_shown=False)
    body = client.get(f"{HERE}{hall.number}/questions.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["state"] for row in rows] == ["answered", "declined"]
    assert rows[0]["question"] != "=1+1"
    assert rows[1]["question"] == ""


def test_a_failed_hearing_says_why_and_can_be_repeated(client, council, secretary) -> None:
    hall = make_hearing(council, state="open", starts_at=None)
    client.force_login(secretary)
    here = f"{HERE}{hall.number}/"
    client.post(f"{here}fail/", {"form_key": key(), "reason": "Жарық өшті"})
    assert "Жарық өшті" in html(client, here)
    page = html(client, f"{HERE}new/?repeats={hall.number}")
    assert "Bus routes" in page
    assert "Repeat the hearing" in page
