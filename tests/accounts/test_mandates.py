"""Whoever holds a mandate signs in with two steps; citizens may, but need not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import mandates
from accounts.models import User
from participation.models import Role
from tests.accounts.flows import give_authenticator_app, url

MIDDLEWARE = "accounts.middleware.TwoStepForMandates"


@pytest.fixture(autouse=True)
def _required(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MFA_REQUIRED_FOR_ROLES = True
    if MIDDLEWARE not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
    holders = [lambda person: Role.objects.in_force().filter(person=person).exists()]
    monkeypatch.setattr(mandates, "_HOLDS", holders)


def _go(client: Client, person: User) -> Any:
    client.force_login(person)
    return client.get(url("accounts:person-detail"))


def test_officials_are_led_to_set_up_a_second_step(client: Client, bob: User) -> None:
    response = _go(client, bob)
    assert response.url == url("mfa_index")
    assert "Your role needs two-step sign-in." in client.get(response.url).content.decode()


def test_operators_too(client: Client, charlie: User) -> None:
    User.objects.filter(pk=charlie.pk).update(is_staff=True)
    assert _go(client, charlie).url == url("mfa_index")


def test_second_step_opens_everything(client: Client, bob: User) -> None:
    give_authenticator_app(bob)
    assert _go(client, bob).status_code == 200


def test_citizens_need_none(client: Client, alice: User) -> None:
    assert _go(client, alice).status_code == 200


def test_mandate_that_ended_asks_nothing(client: Client, bob: User) -> None:
    from django.db.models.functions import Now

    Role.objects.filter(person=bob).update(valid_to=Now())
    assert _go(client, bob).status_code == 200


def test_ways_out_stay_open(client: Client, bob: User) -> None:
    client.force_login(bob)
    for name in ("mfa_index", "account_logout", "usersessions_list"):
        assert client.get(url(name)).status_code == 200
    assert client.get(url("mfa_activate_totp")).status_code in {200, 302}
    assert client.post(reverse("set_language"), {"language": "kk"}).status_code == 302


def test_posting_is_stopped_too(client: Client, bob: User) -> None:
    client.force_login(bob)
    client.post(url("accounts:person-edit"), {"name": "X", "language": "en"})
    assert User.objects.get(pk=bob.pk).name == "Bob"


def test_switched_off_for_a_demo(client: Client, bob: User, settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_ROLES = False
    assert _go(client, bob).status_code == 200


def test_strangers_are_not_asked(client: Client, db: None) -> None:
    assert client.get(url("account_login")).status_code == 200


def test_same_registration_twice_is_one() -> None:
    mandates.register(bool)
    mandates.register(bool)
    assert mandates._HOLDS.count(bool) == 1
