"""Pages of meetings: what is shown, what is kept when it is refused, how many queries."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from edp.models import Statement, Workshop
from edp.services.workshops.board import add_theme, close_dots, give_dots, open_dots
from edp.services.workshops.doors import count_heads
from edp.services.workshops.places import register
from edp.services.workshops.planning import cancel_workshop, change_workshop
from edp.services.workshops.statements import capture_statement
from participation.models import Role
from tests.edp.making import make_process
from tests.edp.meetings import TEXTS, make_workshop

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _no_old_fragments():
    cache.clear()


@pytest.fixture
def process(city, bob):
    Role.objects.filter(person=bob).update(territory=city.parent)
    return make_process(city, stage="discovery")


@pytest.fixture
def hall(process):
    return make_workshop(process, state="running")


def say(workshop, text="Ждём 14 месяцев", **more):
    said = {"kind": "obstacle", "language": "ru", "has_consent": True, "helix": "business"}
    return capture_statement(
        by=None, process=workshop.process, workshop=workshop, text=text, **said | more
    )


def page(client, path: str, **extra):
    return client.get(f"/en/edp/{path}", **extra)


def queries(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert page(client, path).status_code == 200
    return len(captured)


def test_scripts_in_statements_are_text(client, bob, hall) -> None:
    statement = say(hall, SCRIPT, competence="national")
    add_theme(by=None, workshop=hall, names={"kk": SCRIPT, "ru": SCRIPT})
    client.force_login(bob)
    for path in (
        "zhambyl/workshops/1/",
        "zhambyl/workshops/1/board/",
        "zhambyl/workshops/1/capture/",
        "zhambyl/workshops/1/screen/",
        "zhambyl/workshops/1/live/phone/",
        "zhambyl/statements/",
        f"zhambyl/statements/{statement.number}/",
        "obstacles/",
    ):
        html = page(client, path).content.decode()
        assert SCRIPT not in html, path
        assert "&lt;script&gt;" in html, path


def test_a_page_takes_few_queries_however_much_was_said(client, process, hall) -> None:
    def measure() -> list[int]:
        cache.clear()
        return [
            queries(client, path)
            for path in ("zhambyl/workshops/", "zhambyl/workshops/1/", "zhambyl/statements/")
        ]

    say(hall)
    first = measure()
    for n in range(12):
        say(hall, f"Слова {n}")
    for _ in range(3):
        count_heads(
            by=None, workshop=make_workshop(process, state="held"), counts={"business": (9, 9)}
        )
    assert measure() == first
    assert first[0] <= 12
    assert first[1] <= 17
    assert first[2] <= 12


def test_the_same_address_before_and_after(client, process) -> None:
    workshop = make_workshop(process)
    assert b"I will come" in page(client, "zhambyl/workshops/1/").content
    cancel_workshop(by=None, workshop=workshop, reasons={"kk": "Қар", "ru": "Снег"})
    html = page(client, "zhambyl/workshops/1/").content.decode()
    assert "Қар" in html
    assert "I will come" not in html


def test_registered_with_a_code_that_staff_scan(client, alice, bob, process) -> None:
    workshop = make_workshop(process)
    client.force_login(alice)
    client.post("/en/edp/zhambyl/workshops/1/register/", {})
    own = page(client, "zhambyl/workshops/1/place/")
    assert b"<svg" in own.content
    code = workshop.registrations.get().code
    assert page(client, f"zhambyl/workshops/1/check-in/{code}/").status_code == 404
    client.force_login(bob)
    assert b"Alice" in page(client, f"zhambyl/workshops/1/check-in/{code}/").content
    for _ in range(2):
        client.post(f"/en/edp/zhambyl/workshops/1/check-in/{code}/", {})
    assert workshop.attendances.get().person == alice


def test_calendars_keep_the_identity_and_count_changes(client, process) -> None:
    workshop = make_workshop(process)

    def event():
        found = page(client, "zhambyl/workshops/calendar.ics")
        assert found["Content-Type"].startswith("text/calendar")
        (only,) = Calendar.from_ical(found.content).walk("VEVENT")
        return only

    before = event()
    assert (before["sequence"], before["status"]) == (0, "CONFIRMED")
    assert isinstance(before.decoded("dtstart"), datetime)
    change_workshop(by=None, workshop=workshop, territory=process.centre, wordings=TEXTS)
    cancel_workshop(by=None, workshop=workshop, reasons={"kk": "Қар", "ru": "Снег"})
    after = event()
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after["status"]) == (2, "CANCELLED")


def test_what_is_refused_is_kept(client, bob, hall) -> None:
    client.force_login(bob)
    path = "/en/edp/zhambyl/workshops/1/capture/"
    said = {
        "form_key": "6d9bb6c4-3d43-4c5e-9dd3-3f7f7a3d7d11",
        "text": "Длинные слова",
        "kind": "need",
        "language": "ru",
    }
    refused = client.post(path, said)
    assert refused.status_code == 422
    assert "Длинные слова" in refused.content.decode()
    assert client.post(path, said | {"has_consent": "on"}).status_code == 302
    assert client.post(path, said | {"has_consent": "on"}).status_code == 302
    assert Statement.objects.get().text == "Длинные слова"


def test_a_wrong_plan_keeps_its_words(client, bob, process) -> None:
    client.force_login(bob)
    answer = client.post(
        "/en/edp/zhambyl/workshops/new/",
        {"title_kk": "Кездесу", "starts_at": "31.12.2026 10:00", "ends_at": "30.12.2026 10:00"},
    )
    assert answer.status_code == 422
    assert "Кездесу" in answer.content.decode()
    assert "The end comes after the beginning." in answer.content.decode()
    assert not Workshop.objects.exists()


def test_a_phone_without_an_account(client, hall) -> None:
    join = page(client, f"join/?code={hall.join_code[:3]} {hall.join_code[3:]}")
    assert join.status_code == 302
    assert page(client, "join/?code=000000").status_code in (302, 422)
    path = join["Location"]
    shown = client.get(path)
    key = shown.context["form"]["form_key"].value()
    words = {"form_key": key, "text": "Су керек", "kind": "need", "helix": "business"}
    assert client.post(path, words).status_code == 422
    assert client.post(path, words | {"has_consent": "on"}).status_code == 302
    statement = Statement.objects.get()
    assert (statement.channel, statement.published_at, statement.author) == ("phone", None, None)
    assert "Су керек" not in page(client, "zhambyl/workshops/1/live/phone/").content.decode()


def test_a_phone_that_talks_too_much_waits(client, hall) -> None:
    path = f"/en/edp/join/{hall.join_code}/"
    statuses = []
    for n in range(12):
        key = client.get(path).context["form"]["form_key"].value()
        words = {"form_key": key, "text": f"Сөз {n}", "kind": "need", "helix": "business"}
        statuses.append(client.post(path, words | {"has_consent": "on"}).status_code)
    assert statuses == [302] * 10 + [422] * 2


def test_dots_of_two_phones(hall) -> None:
    themes = [
        add_theme(by=None, workshop=hall, names={"kk": name, "ru": name}) for name in ("А", "Б")
    ]
    open_dots(by=None, workshop=hall, each=3, a_theme=2)
    path = f"/en/edp/join/{hall.join_code}/"
    field, other = (f"theme-{theme.pk}" for theme in themes)
    for number in (1, 2):
        phone = Client()
        assert phone.post(path + "dots/", {field: "1"}).status_code == 422  # no cookie yet
        phone.get(path)
        assert phone.post(path + "dots/", {field: "3", "helix": "business"}).status_code == 422
        dots = {field: "2", other: str(number - 1), "helix": "business"}
        assert phone.post(path + "dots/", dots).status_code == 302
    assert hall.dot_ballots.count() == 2
    result = close_dots(by=None, workshop=hall)
    assert result.raw == (4, 1)
    html = page(Client(), "zhambyl/workshops/1/").content.decode()
    assert "What the room wants to go on with" in html


def test_nobody_sees_dots_before_the_close(client, bob, hall) -> None:
    themes = [
        add_theme(by=None, workshop=hall, names={"kk": name, "ru": name}) for name in ("А", "Б")
    ]
    open_dots(by=None, workshop=hall, each=3, a_theme=2)
    give_dots(workshop=hall, voter="a", helix="business", dots={themes[0].pk: 2})
    client.force_login(bob)
    for path in ("", "board/", "screen/", "live/screen/"):
        html = page(client, f"zhambyl/workshops/1/{path}").content.decode()
        assert "Every helix weighs the same" not in html, path


def test_two_hundred_phones_ask_without_the_database(client, hall) -> None:
    say(hall)
    path = "zhambyl/workshops/1/live/phone/"
    first = page(client, path)
    with CaptureQueriesContext(connection) as captured:
        again = page(client, path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert len(captured) == 0
    assert len(first.content) < 2000


def test_the_phones_page_is_light(client, hall) -> None:
    import gzip
    from pathlib import Path

    shown = page(client, f"join/{hall.join_code}/", headers={"accept-encoding": "gzip"})
    files = [Path("static/css/hall.css"), Path("static/js/hall.js")]
    weight = len(shown.content) + sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert weight < 20_000


def test_my_meetings_and_words_on_my_page(client, alice, process, hall) -> None:
    register(person=alice, workshop=make_workshop(process))
    say(hall, "Мои слова", author=alice)
    client.force_login(alice)
    html = client.get("/en/account/").content.decode()
    assert "What to make of gypsum" in html
    assert "Мои слова" in html


def test_obstacles_as_a_table_for_programs(client, hall) -> None:
    say(hall, "=HYPERLINK(1)", competence="national")
    say(hall, "Не сюда", competence="local")
    text = page(client, "obstacles.csv").content.decode()
    assert "'=HYPERLINK(1)" in text
    assert "Не сюда" not in text


def test_statements_are_filtered(client, hall) -> None:
    say(hall, "Преграда")
    say(hall, "Нужда", kind="need", helix="academia")
    html = page(client, "zhambyl/statements/?kind=need&helix=academia&workshop=1").content.decode()
    assert "Нужда" in html
    assert "Преграда" not in html
    for garbage in ("kind=x", "workshop=x", "workshop=9999999999", "helix=%00", "page=-1"):
        assert page(client, f"zhambyl/statements/?{garbage}").status_code in (200, 400)


@pytest.mark.parametrize("kind", ["announced", "changed", "cancelled", "place_free", "reminder",
                                  "invitation", "reported"])  # fmt: skip
def test_every_message_can_be_written(kind, alice, hall) -> None:
    from participation.letters import compose
    from participation.models import Delivery
    from participation.services import notify

    notify(kind=f"workshop_{kind}", recipients=[alice], dossier=hall.dossier, channels=["email"])
    message = compose(Delivery.objects.get(event__kind=f"workshop_{kind}"))
    assert "What to make of gypsum" in message.subject
    assert "/edp/zhambyl/workshops/1/" in message.text
