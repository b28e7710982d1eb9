"""Signing in through an identity provider named by configuration: a real one, on this machine."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from tests.accounts.flows import confirm_it_is_me, is_signed_in, last_code, sign_in, url

CLIENT_ID, SECRET, CODE = "kenes", "a secret of forty characters, give or take", "code-1"


@dataclass
class Provider:
    """Discovery, token and userinfo; checks the secret, the code and the PKCE proof."""

    claims: dict[str, Any]
    address: str = ""
    challenge: str = ""
    seen: list[str] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (form.get("client_id"), form.get("client_secret"), form.get("code")) != (
            CLIENT_ID,
            SECRET,
            CODE,
        ) or base64.urlsafe_b64encode(proof).decode().rstrip("=") != self.challenge:
            return None
        now = int(time.time())
        about = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        return {
            "access_token": "access-1",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode({**about, **self.claims}, SECRET, algorithm="HS256"),
        }


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self, data: dict[str, Any] | None) -> None:
            provider.seen.append(self.path)
            body = json.dumps(data or {"error": "invalid_grant"}).encode()
            self.send_response(200 if data else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self._answer(provider.discovery())
            elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer access-1":
                self._answer(provider.claims)
            else:
                self._answer(None)

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(provider.token({name: values[0] for name, values in form.items()}))

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    provider = Provider(
        {"sub": "880101300123", "email": "Aigul@example.org", "email_verified": True}
        | {"name": "Айгүл Сейітова"}
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "eID",
        "client_id": CLIENT_ID,
        "secret": SECRET,
        "settings": {"server_url": provider.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield provider
    server.shutdown()
    server.server_close()


def _go_through(client: Client, provider: Provider, language: str = "kk") -> Any:
    """Press the button, be sent to the provider, come back with a code."""
    with override(language):
        start = reverse("openid_connect_login", args=["oidc"])
    away = client.post(start)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.url).query).items()}
    assert away.url.startswith(f"{provider.address}/authorize?")
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    provider.challenge = asked["code_challenge"]
    back = urlsplit(asked["redirect_uri"])
    return client.get(back.path, {"code": CODE, "state": asked["state"]})


@pytest.mark.django_db
def test_first_visit_makes_a_person(client: Client, provider: Provider) -> None:
    _go_through(client, provider)
    aigul = User.objects.get()
    assert (aigul.email, aigul.name) == ("aigul@example.org", "Айгүл Сейітова")
    assert aigul.language == "kk"
    assert not aigul.has_usable_password()
    assert EmailAddress.objects.filter(user=aigul, verified=True).exists()
    assert is_signed_in(client)


@pytest.mark.django_db
def test_second_visit_is_the_same_person(provider: Provider) -> None:
    _go_through(Client(), provider)
    again = Client()
    _go_through(again, provider, "ru")
    assert is_signed_in(again)
    assert SocialAccount.objects.count() == User.objects.count() == 1


@pytest.mark.django_db
def test_unverified_address_is_verified_by_us(client: Client, provider: Provider) -> None:
    provider.claims["email_verified"] = False
    response = _go_through(client, provider, "ru")
    assert not is_signed_in(client)
    assert mail.outbox[0].subject == "Kenes: Подтвердите адрес электронной почты"
    client.post(response.url, {"code": last_code()})
    assert is_signed_in(client)


def test_address_of_somebody_else_opens_nothing(
    client: Client, provider: Provider, alice: User
) -> None:
    """The provider says whose the address is; that does not hand over an account made here."""
    provider.claims["email"] = alice.email
    _go_through(client, provider)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.filter(user=alice).exists()


def test_an_account_made_here_can_be_connected(
    client: Client, provider: Provider, alice: User
) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    with override("en"):
        start = reverse("openid_connect_login", args=["oidc"])
    away = client.post(f"{start}?process=connect")
    asked = parse_qs(urlsplit(away.url).query)
    provider.challenge = asked["code_challenge"][0]
    back = urlsplit(asked["redirect_uri"][0])
    client.get(back.path, {"code": CODE, "state": asked["state"][0]})
    assert SocialAccount.objects.get(user=alice).uid == "880101300123"


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [{"code": "forged"}, {"code": CODE, "state": "forged"}])
def test_forged_answer_opens_nothing(
    client: Client, provider: Provider, answer: dict[str, str]
) -> None:
    with override("en"):
        start = reverse("openid_connect_login", args=["oidc"])
        back = reverse("openid_connect_callback", args=["oidc"])
    asked = parse_qs(urlsplit(client.post(start).url).query)
    response = client.get(back, {"state": asked["state"][0], **answer})
    assert "third-party" in response.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_provider_stands_on_the_sign_in_page(client: Client, provider: Provider) -> None:
    assert "eID" in client.get(url("account_login")).content.decode()


@pytest.mark.django_db
def test_a_link_alone_signs_nobody_in(client: Client, provider: Provider) -> None:
    """Only a button of our own does: a page elsewhere could open a link unseen."""
    with override("kk"):
        response = client.get(reverse("openid_connect_login", args=["oidc"]))
    assert response.status_code == 200
    assert provider.seen == []
