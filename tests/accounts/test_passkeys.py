"""Passkeys, from setting one up to signing in with nothing else."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.flows import confirm_it_is_me, is_signed_in, sign_in, url
from tests.accounts.soft_passkey import SoftPasskey


def add_passkey(client: Client, language: str = "en") -> SoftPasskey:
    passkey = SoftPasskey()
    page = client.get(url("mfa_add_webauthn", language))
    credential = passkey.create(page.context["js_data"]["creation_options"])
    response = client.post(
        url("mfa_add_webauthn", language),
        {"name": "My phone", "passwordless": "on", "credential": json.dumps(credential)},
    )
    assert response.status_code == 302
    return passkey


def use_passkey(client: Client, passkey: SoftPasskey) -> Any:
    asked = client.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    credential = passkey.use(asked["request_options"])
    return client.post(url("mfa_login_webauthn"), {"credential": json.dumps(credential)})


def test_signs_in_with_a_passkey_alone(
    alice: User, django_capture_on_commit_callbacks: Any
) -> None:
    client, phone = Client(), Client()
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    with django_capture_on_commit_callbacks(execute=True):
        passkey = add_passkey(client)
    assert mail.outbox[0].subject == "Kenes: Security Key Added"
    assert "My phone" in client.get(url("mfa_list_webauthn")).content.decode()

    response = use_passkey(phone, passkey)

    assert response.url == url("accounts:person-detail")
    assert is_signed_in(phone)


def test_somebody_elses_key_opens_nothing(alice: User) -> None:
    client, stranger = Client(), Client()
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    forged = SoftPasskey()
    forged.owner = add_passkey(client).owner
    use_passkey(stranger, forged)
    assert not is_signed_in(stranger)


def test_passkey_is_a_second_step(alice: User) -> None:
    client, other = Client(), Client()
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    add_passkey(client)
    response = sign_in(other, alice.email)
    assert response.url == url("mfa_authenticate")
    assert not is_signed_in(other)


def test_removed_passkey_opens_nothing(alice: User) -> None:
    client, phone = Client(), Client()
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    passkey = add_passkey(client)
    kept = Authenticator.objects.get(user=alice, type=Authenticator.Type.WEBAUTHN)
    kept.delete()
    use_passkey(phone, passkey)
    assert not is_signed_in(phone)
