"""Signing in: password, code, authenticator app; limits; what a stranger learns: nothing."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts.browsers import browser_name
from accounts.models import User
from tests.accounts.flows import (
    PASSWORD,
    confirm_it_is_me,
    give_authenticator_app,
    is_signed_in,
    last_code,
    sign_in,
    totp_code,
    url,
)

PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
WRONG = {
    "kk": "Электрондық пошта мекенжайы немесе құпиясөз дұрыс емес.",
    "ru": "Указанные вами адрес электронной почты и/или пароль неверны.",
    "en": "The email address and/or password you specified are not correct.",
}


def test_password(client: Client, alice: User) -> None:
    assert sign_in(client, "Alice@Example.org").url == url("accounts:person-detail")
    assert is_signed_in(client)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_sound_alike(
    client: Client, alice: User, email: str, language: str
) -> None:
    response = sign_in(client, email, "wrong", language=language)
    assert response.status_code == 200
    assert WRONG[language] in response.content.decode()


def test_leads_back_to_where_the_person_was_going(client: Client, alice: User) -> None:
    response = client.get(url("accounts:person-edit"))
    assert response.url == f"{url('account_login')}?next={url('accounts:person-edit')}"
    assert sign_in(client, alice.email, next=url("accounts:person-edit")).url == url(
        "accounts:person-edit"
    )


def test_code_by_mail_in_the_readers_language(client: Client, bob: User) -> None:
    response = client.post(url("account_request_login_code", "kk"), {"email": bob.email})
    assert response.url == url("account_confirm_login_code", "kk")
    assert mail.outbox[0].subject == "Kenes: Код для входа"
    client.post(response.url, {"code": last_code()})
    assert is_signed_in(client)


@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_codes_for_unknown_addresses_look_the_same_and_are_not_sent(alice: User, page: str) -> None:
    answers = {}
    for email in ("alice@example.org", "nobody@example.org"):
        response = Client().post(url(page), {"email": email})
        answers[email] = (response.status_code, response.url)
    assert len(set(answers.values())) == 1
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]


def test_forgotten_password(client: Client, alice: User) -> None:
    response = client.post(url("account_reset_password"), {"email": alice.email})
    response = client.post(response.url, {"code": last_code()})
    new = "another long phrase"
    client.post(response.url, {"password1": new, "password2": new})
    assert sign_in(client, alice.email, PASSWORD).status_code == 200
    assert sign_in(client, alice.email, new).status_code == 302


def test_fifth_wrong_password_is_the_last_for_a_while(client: Client, alice: User) -> None:
    for _ in range(5):
        sign_in(client, alice.email, "wrong")
    response = sign_in(client, alice.email)
    assert "Too many failed login attempts." in response.content.decode()
    assert not is_signed_in(client)


def test_signs_in_without_a_cache(client: Client, alice: User, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.FailOpenRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    secret = give_authenticator_app(alice)
    response = sign_in(client, alice.email)
    assert client.post(response.url, {"code": totp_code(secret)}).status_code == 302
    assert is_signed_in(client)


def test_authenticator_app_is_set_up_and_then_asked_for(
    client: Client, alice: User, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    form = client.get(url("mfa_activate_totp")).context["form"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("mfa_activate_totp"), {"code": totp_code(form.secret)})
    assert mail.outbox[-1].subject == "Kenes: Authenticator App Activated"
    client.post(url("account_logout"))
    assert not is_signed_in(client)

    response = sign_in(client, alice.email)
    assert response.url == url("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(response.url, {"code": "000000"})
    assert not is_signed_in(client)
    # The code that switched the app on is spent.
    Authenticator.objects.filter(user=alice, type=Authenticator.Type.TOTP).delete()
    client.post(response.url, {"code": totp_code(give_authenticator_app(alice))})
    assert is_signed_in(client)


def test_second_step_follows_a_code_by_mail_too(client: Client, alice: User) -> None:
    give_authenticator_app(alice)
    response = client.post(url("account_request_login_code"), {"email": alice.email})
    response = client.post(response.url, {"code": last_code()})
    assert response.url == url("mfa_authenticate")
    assert not is_signed_in(client)


def test_recovery_code_opens_once(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    give_authenticator_app(alice)
    client.post(url("mfa_generate_recovery_codes"))
    codes = (
        Authenticator.objects.get(user=alice, type=Authenticator.Type.RECOVERY_CODES)
        .wrap()
        .get_unused_codes()
    )
    for _, opens in ((1, True), (2, False)):
        other = Client()
        response = sign_in(other, alice.email)
        other.post(response.url, {"code": codes[0]})
        assert is_signed_in(other) is opens


def test_seeds_are_unreadable_in_the_database(alice: User) -> None:
    secret = give_authenticator_app(alice)
    assert secret not in str(Authenticator.objects.get(user=alice).data)


def test_other_sessions_can_be_ended(alice: User) -> None:
    here, there = Client(), Client(HTTP_USER_AGENT=PHONE)
    sign_in(here, alice.email)
    sign_in(there, alice.email)
    assert UserSession.objects.filter(user=alice).count() == 2
    body = here.get(url("usersessions_list")).content.decode()
    assert "Firefox, Android" in body
    assert body.count("This browser") == 1
    here.post(url("usersessions_list"))
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_address_is_changed_when_the_new_one_is_confirmed(client: Client, bob: User) -> None:
    sign_in(client, bob.email)
    confirm_it_is_me(client)
    response = client.post(url("account_email"), {"email": "robert@example.org", "action_add": ""})
    assert User.objects.get(pk=bob.pk).email == "bob@example.org"
    assert mail.outbox[-1].to == ["robert@example.org"]
    assert mail.outbox[-1].subject == "Kenes: Подтвердите адрес электронной почты"
    client.post(response.url, {"code": last_code()})
    assert User.objects.get(pk=bob.pk).email == "robert@example.org"
    assert EmailAddress.objects.get(user=bob).email == "robert@example.org"
    assert mail.outbox[-1].subject == "Kenes: Адрес электронной почты изменён"


def test_changed_password_is_reported_in_the_readers_language(client: Client, bob: User) -> None:
    sign_in(client, bob.email)
    new = "another long phrase"
    client.post(
        url("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert mail.outbox[0].subject == "Kenes: Пароль изменён"
    assert "127.0.0.1" in mail.outbox[0].body


def test_operators_sign_in_like_everybody_else(client: Client, alice: User) -> None:
    admin = url("admin:index")
    response = client.get(admin, follow=True)
    assert response.redirect_chain[-1][0].startswith(url("account_login"))
    sign_in(client, alice.email)
    assert client.get(url("admin:login")).status_code == 403


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (PHONE, "Firefox, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 YaBrowser/25.8.0.0 Safari/537.36",
            "Yandex, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_browser_is_named_as_its_owner_knows_it(said: str, name: str) -> None:
    assert browser_name(said) == name
