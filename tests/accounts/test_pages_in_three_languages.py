"""Every page of an account opens in Kazakh, Russian and English; allauth speaks the same one."""

import re
from functools import cache
from html import unescape
from pathlib import Path

import allauth
import polib
import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils.translation import override

from accounts.models import User
from tests.accounts.flows import confirm_it_is_me, give_authenticator_app, sign_in, sign_up, url
from tests.accounts.test_passkeys import add_passkey

OUTSIDE = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_request_login_code",
    "account_password_reset_completed",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "accounts:person-erased",
]
INSIDE = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
    "accounts:person-detail",
    "accounts:person-edit",
    "accounts:person-erase",
]
WITH_SECOND_STEP = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
]
# Opened by a flow (below and in test_sign_in.py), by a POST, or not pages at all.
ELSEWHERE = {
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_set_password",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_trust",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
    "accounts:person-export",
}
PREFIXES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")


@cache
def _english() -> frozenset[str]:
    """Every sentence and button of allauth in English that has no placeholder."""
    path = Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po"
    plain = {entry.msgid for entry in polib.pofile(str(path)) if "%" not in entry.msgid}
    return frozenset(text for text in plain if re.fullmatch(r"[A-Z][A-Za-z ,.'?:-]{2,}", text))


def _texts(html: str) -> set[str]:
    """What a page says: text nodes, and what is read aloud or shown for controls."""
    html = re.sub(r"<(script|style|svg|textarea)\b.*?</\1>", "", html, flags=re.DOTALL)
    nodes = re.findall(r">([^<>]+)<", html)
    nodes += re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]+)"', html)
    return {" ".join(unescape(node).split()) for node in nodes}


def _is_said(html: str, language: str) -> None:
    assert f'lang="{language}"' in html
    if language != "en":
        assert _texts(html) & _english() - {"English"} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", OUTSIDE)
def test_outside(client: Client, page: str, language: str) -> None:
    response = client.get(url(page, language))
    assert response.status_code == (401 if page == "socialaccount_login_error" else 200)
    _is_said(response.content.decode(), language)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_inside(client: Client, alice: User, language: str) -> None:
    sign_in(client, alice.email, language=language)
    confirm_it_is_me(client)
    for page in INSIDE:
        response = client.get(url(page, language))
        assert response.status_code == 200, page
        _is_said(response.content.decode(), language)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_with_a_second_step(client: Client, alice: User, language: str) -> None:
    sign_in(client, alice.email, language=language)
    confirm_it_is_me(client)
    give_authenticator_app(alice)
    add_passkey(client, language)
    client.post(url("mfa_generate_recovery_codes", language))
    for page in WITH_SECOND_STEP:
        response = client.get(url(page, language))
        assert response.status_code == 200, page
        _is_said(response.content.decode(), language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_that_ask_for_a_code(alice: User, language: str) -> None:
    answers = []
    for page in ("account_request_login_code", "account_reset_password"):
        client = Client()
        answers.append((client, client.post(url(page, language), {"email": alice.email})))
    client = Client()
    answers.append((client, sign_up(client, "dana@example.org", language=language)))
    give_authenticator_app(alice)
    client = Client()
    answers.append((client, sign_in(client, alice.email, language=language)))
    for client, answer in answers:
        response = client.get(answer.url)
        assert response.status_code == 200
        _is_said(response.content.decode(), language)


def test_no_page_is_forgotten() -> None:
    with override("en"):
        names = {
            name
            for name in get_resolver().reverse_dict
            if isinstance(name, str) and name.startswith(PREFIXES)
        }
    assert names - {*OUTSIDE, *INSIDE, *WITH_SECOND_STEP} <= ELSEWHERE
