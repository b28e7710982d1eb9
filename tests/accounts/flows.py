"""What a person does in a browser, in one call each."""

import re
from typing import Any

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User

PASSWORD = "correct horse battery"  # what tests.conftest.make_person sets
_CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)


def url(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def code_in(body: str) -> str:
    """The code a letter brings, alone on its line."""
    found = _CODE.findall(body)
    assert len(found) == 1, body
    return str(found[0])


def last_code() -> str:
    return code_in(str(mail.outbox[-1].body))


def sign_up(client: Client, email: str, *, name: str = "Dana", language: str = "en") -> Any:
    return client.post(
        url("account_signup", language),
        {"email": email, "name": name, "password1": "a long enough phrase"},
    )


def sign_in(
    client: Client, email: str, password: str = PASSWORD, *, language: str = "en", **extra: str
) -> Any:
    return client.post(
        url("account_login", language), {"login": email, "password": password, **extra}
    )


def confirm_it_is_me(client: Client, password: str = PASSWORD) -> None:
    """What pages that touch security ask for, even right after signing in."""
    response = client.post(url("account_reauthenticate"), {"password": password})
    assert response.status_code == 302


def is_signed_in(client: Client) -> bool:
    return bool(client.get(url("accounts:person-detail")).status_code == 200)


def totp_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def give_authenticator_app(person: User) -> str:
    """The person's secret; the second step is asked from now on."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return str(secret)
