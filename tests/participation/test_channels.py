"""Mail servers, bots and gateways: what they refuse, how they fail, and what is done about it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person
from participation.channels import ChannelAway
from participation.channels.http import post_json
from participation.models import Delivery, Reach, Suppression
from participation.services import delivery as sending
from participation.services import notify
from participation.services import telegram as linking
from participation.services.delivery import deliver_due
from participation.unsubscription import Stop, read_token
from tests.conftest import make_person
from tests.participation.telling import make_kind
from tests.participation.web_service import WebService, running_service

pytestmark = pytest.mark.django_db
State = Delivery.State
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Almaty"))


@pytest.fixture(autouse=True)
def _kind(monkeypatch) -> None:
    make_kind(monkeypatch)


def tell(cycle, *people, channel: str = "email") -> None:
    notify(kind="ballot_cast", recipients=people, dossier=cycle.dossier, channels=[channel])


def make_due() -> None:
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


# --- E-mail -------------------------------------------------------------------------------------


def test_a_letter_can_be_stopped_with_one_click(cycle, alice, mailbox, client) -> None:
    tell(cycle, alice)
    deliver_due()
    (message,) = mailbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip().strip("<>")
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert read_token(token) == Stop(alice.pk, "followed")
    text = message.get_body(preferencelist=("plain",)).get_content()
    html = message.get_body(preferencelist=("html",)).get_content()
    link = f"http://localhost:8000/en/{cycle.dossier.path}"
    assert link in text
    assert f'href="{link}"' in html
    assert address in text
    assert client.post(address.removeprefix("http://localhost:8000")).status_code == 200


def test_a_legal_notice_offers_no_end(cycle, alice, mailbox, monkeypatch) -> None:
    make_kind(monkeypatch, is_legal=True)
    tell(cycle, alice)
    deliver_due()
    assert mailbox.messages[0]["List-Unsubscribe"] is None


def test_words_of_people_are_no_markup_in_a_letter(cycle, mailbox) -> None:
    person = make_person("x@example.org", "<script>alert(1)</script>", language="en")
    tell(cycle, person)
    deliver_due()
    html = mailbox.messages[0].get_body(preferencelist=("html",)).get_content()
    assert "<script>" not in html


def test_one_connection_carries_many_letters(cycle, mailbox) -> None:
    tell(cycle, *[make_person(f"p{n}@example.org", "P") for n in range(20)])
    assert deliver_due() == 20
    assert mailbox.connections == 1


def test_an_address_refused_for_good_is_not_tried_again(cycle, alice, mailbox) -> None:
    mailbox.answers[alice.email] = "550 no such person"
    tell(cycle, alice)
    deliver_due()
    assert Suppression.objects.get().address == alice.email
    mailbox.answers.clear()
    tell(cycle, alice)
    deliver_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DEAD}
    assert mailbox.messages == []
    Suppression.objects.all().delete()
    tell(cycle, alice)
    assert deliver_due() == 1
    erase_person(person=alice)
    assert not Suppression.objects.exists()


def test_a_letter_refused_for_what_it_says_closes_no_address(cycle, alice, mailbox) -> None:
    mailbox.data_answers = ["554 looks like spam"]
    tell(cycle, alice)
    deliver_due()
    assert Delivery.objects.get().state == State.DEAD
    assert not Suppression.objects.exists()


def test_a_refused_sender_is_no_fault_of_the_letters(cycle, alice, charlie, mailbox) -> None:
    """Wrong settings of ours must not kill what waits."""
    mailbox.sender_answer = "550 you may not send from here"
    tell(cycle, alice, charlie)
    deliver_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WAITING}
    mailbox.sender_answer = ""
    make_due()
    assert deliver_due() == 2


def test_every_third_letter_refused_for_now_arrives_once_in_the_end(cycle, mailbox) -> None:
    people = [make_person(f"p{n}@example.org", "P") for n in range(9)]
    mailbox.data_answers = ["", "", "451 later"] * 3
    tell(cycle, *people)
    assert deliver_due() == 6
    make_due()
    assert deliver_due() == 3
    assert sorted(mailbox.addresses) == [person.email for person in people]


def test_a_server_that_hangs_costs_one_wait_and_not_one_for_each_letter(
    cycle, mailbox, settings
) -> None:
    settings.EMAIL_TIMEOUT = 1
    people = [make_person(f"p{n}@example.org", "P") for n in range(10)]
    mailbox.delay = 3
    tell(cycle, *people)
    assert deliver_due() == 0
    attempts = sorted(Delivery.objects.values_list("attempts", flat=True))
    assert attempts == [0] * 9 + [1]
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WAITING}


def test_a_server_that_is_away_counts_no_attempt(cycle, alice, mailbox, settings) -> None:
    settings.EMAIL_PORT = 1
    tell(cycle, alice)
    for _ in range(sending.ATTEMPTS + 3):
        make_due()
        deliver_due()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (State.WAITING, 0)
    assert row.next_attempt_at - timezone.now() < timedelta(minutes=1)


def test_rows_given_back_are_this_worker_s_own(cycle, alice, charlie) -> None:
    tell(cycle, alice, charlie)
    batch = sending.claim_batch()
    taken = Delivery.objects.filter(pk=batch[0].pk)
    taken.update(next_attempt_at=timezone.now() + timedelta(hours=1))  # another worker's lease
    sending._give_back(batch, ChannelAway("test"))
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["sending", "waiting"]


# --- Telegram and SMS ---------------------------------------------------------------------------


@pytest.fixture
def service(settings) -> Iterator[WebService]:
    with running_service() as service, time_machine.travel(NOON):
        settings.TELEGRAM_BOT_TOKEN = "1:secret"
        settings.TELEGRAM_API_URL = service.url
        settings.TELEGRAM_BOT_NAME = "kenes_bot"
        settings.SMS_GATEWAY_URL = f"{service.url}/sms"
        settings.SMS_GATEWAY_TOKEN = "letmein"
        yield service


def test_telegram_in_the_reader_s_language(cycle, bob, service) -> None:
    Reach.objects.create(person=bob, telegram_chat="42")
    tell(cycle, bob, channel="telegram")
    assert deliver_due() == 1
    ((path, _, payload),) = service.requests
    assert path == "/bot1:secret/sendMessage"
    assert payload["chat_id"] == "42"
    assert payload["text"].startswith("От вашего имени подан бюллетень: Бюджет Тараза 2027\nhttp")


def test_sms_with_a_key_by_which_a_repeat_is_known(cycle, alice, service) -> None:
    Reach.objects.create(person=alice, phone="+77010000001")
    tell(cycle, alice, channel="sms")
    assert deliver_due() == 1
    ((_, headers, payload),) = service.requests
    assert headers["Authorization"] == "Bearer letmein"
    assert headers["Idempotency-Key"] == payload["id"]
    assert payload["to"] == "+77010000001"


def test_who_blocks_the_bot_is_unlinked(cycle, alice, service) -> None:
    Reach.objects.create(person=alice, telegram_chat="42")
    service.answers["/sendMessage"] = (403, {"description": "bot was blocked by the user"})
    tell(cycle, alice, channel="telegram")
    deliver_due()
    assert Delivery.objects.get().state == State.DEAD
    assert Reach.objects.get().telegram_chat == ""


@pytest.mark.parametrize(
    ("channel", "status", "state", "attempts"),
    [
        ("telegram", 429, State.WAITING, 1),
        ("telegram", 500, State.WAITING, 1),
        ("telegram", 401, State.WAITING, 0),
        ("telegram", 302, State.WAITING, 1),
        ("sms", 503, State.WAITING, 1),
        ("sms", 403, State.WAITING, 0),
        ("sms", 422, State.DEAD, 1),
    ],
)
def test_what_fails_is_tried_again_where_that_may_help(
    cycle, alice, service, channel, status, state, attempts
) -> None:
    Reach.objects.create(person=alice, telegram_chat="42", phone="+77010000001")
    service.answers["/sendMessage"] = service.answers["/sms"] = (status, {})
    tell(cycle, alice, channel=channel)
    assert deliver_due() == 0
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (state, attempts)
    assert len(service.requests) == 1


def test_a_service_that_is_away_and_one_that_is_not_configured(
    cycle, alice, service, settings
) -> None:
    Reach.objects.create(person=alice, telegram_chat="42", phone="+77010000001")
    settings.TELEGRAM_API_URL, settings.SMS_GATEWAY_URL = "http://127.0.0.1:1", ""
    for channel in ("telegram", "sms"):
        tell(cycle, alice, channel=channel)
    assert deliver_due() == 0
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.WAITING, 0)}
    with pytest.raises(ChannelAway):
        post_json("http://127.0.0.1:1/", {})


def test_telephones_stay_quiet_at_night(cycle, alice, service) -> None:
    Reach.objects.create(person=alice, telegram_chat="42")
    with time_machine.travel(NOON.replace(hour=22), tick=False):
        tell(cycle, alice, channel="telegram")
        assert deliver_due() == 0
        row = Delivery.objects.get()
        assert (row.state, row.attempts) == (State.WAITING, 0)
        assert row.next_attempt_at == NOON.replace(day=24, hour=8)
    with time_machine.travel(NOON.replace(day=24, hour=8, minute=1), tick=False):
        assert deliver_due() == 1


# --- Linking a chat -----------------------------------------------------------------------------


def say(service: WebService, *texts: str, chat: int = 77, kind: str = "private") -> None:
    service.answers["/getUpdates"] = (
        200,
        {
            "ok": True,
            "result": [
                {"update_id": n, "message": {"chat": {"id": chat, "type": kind}, "text": text}}
                for n, text in enumerate(texts, start=5)
            ],
        },
    )


def test_a_code_said_to_the_bot_links_the_chat_once(alice, charlie, service) -> None:
    code = linking.new_code(person=alice)
    say(service, "hello", f"/start {code}")
    assert linking.read_bot() == 1
    assert Reach.objects.get(person=alice).telegram_chat == "77"
    assert [p["chat_id"] for p in service.payloads("/sendMessage")] == ["77", "77"]
    assert service.payloads("/getUpdates")[-1]["offset"] == 7
    assert linking.read_bot() == 0  # said again, after a crash say: the code is spent
    other = linking.new_code(person=charlie)
    say(service, other)
    assert linking.read_bot() == 1
    assert Reach.objects.get(person=alice).telegram_chat == ""
    assert Reach.objects.get(person=charlie).telegram_chat == "77"


def test_a_code_runs_out_and_a_group_is_no_chat(alice, service) -> None:
    code = linking.new_code(person=alice)
    say(service, code, kind="group")
    assert linking.read_bot() == 0
    with time_machine.travel(NOON + timedelta(minutes=31)):
        say(service, code)
        assert linking.read_bot() == 0
    say(service, "/start")
    assert linking.read_bot() == 0


def test_the_page_gives_a_code_and_unlinks(client, alice, service) -> None:
    client.force_login(alice)
    assert "t.me" not in client.get("/en/messages/telegram/").content.decode()
    page = client.post("/en/messages/telegram/").content.decode()
    code = Reach.objects.get(person=alice).telegram_code
    assert f"https://t.me/kenes_bot?start={code}" in page
    linking.link_chat(chat="77", code=code)
    assert "followed-telegram" in client.get("/en/messages/choose/").content.decode()
    client.post("/en/messages/telegram/", {"act": "unlink"})
    assert Reach.objects.get(person=alice).telegram_chat == ""


def test_nothing_leaves_by_e_mail_here(cycle, alice, service) -> None:
    Reach.objects.create(person=alice, telegram_chat="42")
    tell(cycle, alice, channel="telegram")
    deliver_due()
    assert mail.outbox == []


# --- The operator -------------------------------------------------------------------------------


def test_the_operator_sees_dead_letters_and_sends_them_again(
    cycle, alice, charlie, mailbox, client
) -> None:
    mailbox.data_answers = ["554 not today", ""]
    tell(cycle, alice, charlie)
    deliver_due()
    dead = Delivery.objects.get(state=State.DEAD)
    operator = User.objects.create_superuser("root@example.org", "correct horse battery")
    client.force_login(operator)
    listed = client.get("/en/operator/participation/delivery/?state__exact=dead")
    assert "not today" in listed.content.decode()
    everything = list(Delivery.objects.values_list("pk", flat=True))
    client.post(
        "/en/operator/participation/delivery/",
        {"action": "send_again", "_selected_action": everything},
    )
    assert deliver_due() == 1
    dead.refresh_from_db()
    assert dead.state == State.SENT
    assert len(mailbox.messages) == 2
    for model in ("suppression", "fanout"):
        assert client.get(f"/en/operator/participation/{model}/").status_code == 200
