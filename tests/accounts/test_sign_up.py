"""Signing up: a code by mail, in the reader's language, and nothing told to a stranger."""

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.flows import code_in, is_signed_in, last_code, sign_up, url

SUBJECTS = {
    "kk": "Kenes: Электрондық пошта мекенжайыңызды растаңыз",
    "ru": "Kenes: Подтвердите адрес электронной почты",
    "en": "Kenes: Please Confirm Your Email Address",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_signs_up_with_a_code(client: Client, language: str) -> None:
    response = sign_up(client, "Dana@example.org", language=language)
    assert response.url == url("account_email_verification_sent", language)
    letter = mail.outbox[0]
    assert letter.subject == SUBJECTS[language]
    assert letter.to == ["dana@example.org"]
    assert not is_signed_in(client)

    response = client.post(response.url, {"code": last_code()})

    assert response.url == url("accounts:person-detail", language)
    dana = User.objects.get(email="dana@example.org")
    assert (dana.name, dana.language) == ("Dana", language)
    assert EmailAddress.objects.filter(user=dana, verified=True, primary=True).count() == 1


@pytest.mark.django_db
def test_code_may_be_typed_without_its_dash(client: Client) -> None:
    page = sign_up(client, "dana@example.org").url
    client.post(page, {"code": last_code().replace("-", "")})
    assert is_signed_in(client)


@pytest.mark.django_db
def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    page = sign_up(client, "dana@example.org").url
    right = last_code()
    for _ in range(3):
        client.post(page, {"code": "0000-0000"})
    client.post(page, {"code": right})
    assert not is_signed_in(client)


@pytest.mark.django_db
def test_another_code_can_be_asked_for_after_ten_seconds(client: Client) -> None:
    page = sign_up(client, "dana@example.org").url
    first = last_code()
    assert client.post(page, {"action": "resend"}).status_code == 429
    with time_machine.travel(time.time() + 11):
        client.post(page, {"action": "resend"})
    assert len(mail.outbox) == 2
    assert last_code() != first
    client.post(page, {"code": last_code()})
    assert is_signed_in(client)


@pytest.mark.django_db
def test_weak_password_is_refused_in_kazakh(client: Client) -> None:
    response = client.post(
        url("account_signup", "kk"), {"email": "dana@example.org", "password1": "12345"}
    )
    body = response.content.decode()
    assert "Құпиясөз тым қысқа. Онда кемінде 8 таңба болуы керек." in body
    assert "Құпиясөз тек сандардан тұрады." in body
    assert not User.objects.exists()


def _page(client: Client, path: str, email: str) -> str:
    """A page without what differs by chance: the address itself and the token of the form."""
    body = client.get(path).content.decode().replace(email, "EMAIL")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)


@pytest.mark.django_db
def test_taken_address_looks_like_a_free_one(alice: User) -> None:
    taken, free = Client(), Client()
    answers = [sign_up(taken, "alice@example.org"), sign_up(free, "new@example.org")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    page = answers[0].url
    assert _page(taken, page, "alice@example.org") == _page(free, page, "new@example.org")
    to_alice, to_new = mail.outbox
    assert to_alice.subject == "Kenes: Account Already Exists"
    assert to_new.subject == SUBJECTS["en"]
    assert User.objects.get(pk=alice.pk).name == "Alice"


@pytest.mark.django_db
def test_letter_about_a_taken_address_is_in_its_owners_language(bob: User) -> None:
    sign_up(Client(), bob.email, language="kk")
    letter = mail.outbox[0]
    assert letter.subject == "Kenes: Учётная запись уже существует"
    assert "/ru/account/password/reset/" in letter.body


@pytest.mark.django_db
def test_mail_server_away_is_said_and_can_be_retried(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = sign_up(client, "dana@example.org")
    assert response.status_code == 302
    assert "We could not send an e-mail just now." in client.get(response.url).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(time.time() + 11):
        client.post(response.url, {"action": "resend"})
    client.post(response.url, {"code": last_code()})
    assert is_signed_in(client)


class Letters:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class PostOffice(Controller):
    """A real SMTP server on a free port of this machine."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post_office(settings: Any) -> Iterator[Letters]:
    letters = Letters()
    controller = PostOffice(letters, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield letters
    controller.stop()


@pytest.mark.django_db
def test_signs_up_through_a_real_mail_server(client: Client, post_office: Letters) -> None:
    page = sign_up(client, "dana@example.org", name="Дана", language="kk").url
    (letter,) = post_office.letters
    assert letter["Subject"].strip() == SUBJECTS["kk"]
    body = letter.get_content()
    assert "Сәлеметсіз бе! Бұл – Kenes." in body
    client.post(page, {"code": code_in(body.replace("\r\n", "\n"))})
    assert is_signed_in(client)
