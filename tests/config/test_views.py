"""The house's own pages, and what is left of the platform when a service is away."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from kombu import pools

from accounts.models import User
from budgeting.models import Election
from config import embedded
from participation.tasks import PULSE_KEY, pulse
from tests.test_deploy import production

NOWHERE = "redis://127.0.0.1:1/0"
READY = {"database": True, "broker": True, "worker": True}


def use_broker(settings: Any, url: str) -> None:
    settings.REDIS_URL = url
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": url}}


@pytest.fixture
def valkey(settings: Any) -> Iterator[Path]:
    """A Valkey of this test's own, which it may stop; pytest's folders are closed to servers."""
    with tempfile.TemporaryDirectory(prefix="views-") as folder:
        Path(folder).chmod(0o755)
        var = Path(folder).resolve() / "var"
        use_broker(settings, embedded.ensure_valkey(var, fast=True))
        yield var
        embedded.stop(var)


def test_a_page_without_an_icon_of_its_own_gets_the_house_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, static("favicon.svg"))


def test_healthz_says_that_the_process_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_asks_database_broker_and_worker(client: Client, valkey: Path) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {**READY, "worker": False})
    pulse()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, READY)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_sees_a_stopped_broker(client: Client, valkey: Path) -> None:
    pulse()
    assert client.get("/readyz").json() == READY
    embedded.stop(valkey)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "broker": False, "worker": False}


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_seen(client: Client, valkey: Path) -> None:
    pulse()
    assert cache.touch(PULSE_KEY, 1)
    time.sleep(1.1)
    assert client.get("/readyz").json() == {**READY, "worker": False}


def test_readyz_sees_an_unreachable_database(tmp_path: Path) -> None:
    """In a process of its own, with the connection pool that production has."""
    program = """
import django, json
django.setup()
from django.templatetags.static import static
from django.test import Client
from time import monotonic
client = Client(headers={"host": "kenes.example"})
started = monotonic()
ready, health = client.get("/readyz"), client.get("/healthz")
print(json.dumps([ready.status_code, ready.json(), health.status_code, monotonic() - started]))
"""
    nobody = "postgresql://nobody@127.0.0.1:1/none"
    said = subprocess.run(
        [sys.executable, "-c", program],
        env=production(tmp_path, DATABASE_URL=nobody),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.returncode == 0, said.stderr
    status, checks, health, seconds = json.loads(said.stdout)
    assert (status, checks["database"], checks["broker"], health) == (503, False, True, 200)
    assert seconds < 20


# --- With cache and broker away -----------------------------------------------------------------


@pytest.fixture
def no_broker(settings: Any) -> None:
    use_broker(settings, NOWHERE)


def address(name: str, *args: Any, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=args)


def test_every_public_page_opens_without_cache_and_broker(
    client: Client, election: Election, no_broker: None
) -> None:
    slug = "taraz-2027"
    pages = [
        ("participation:home",),
        ("participation:journal-list",),
        ("participation:territory-list",),
        ("participation:territory-detail", "taraz"),
        ("budgeting:cycle-list",),
        ("budgeting:vote-promise",),
        ("budgeting:cycle-detail", slug),
        ("budgeting:proposal-list", slug),
        ("budgeting:proposal-detail", slug, 1),
        ("budgeting:ballot-cast", slug, 1),
        ("budgeting:log-detail", slug, 1),
        ("account_login",),
        ("account_signup",),
    ]
    statuses = {page: client.get(address(*page)).status_code for page in pages}
    assert statuses == dict.fromkeys(pages, 200)


def test_a_ballot_is_taken_without_cache_and_broker(
    client: Client, election: Election, alice: User, no_broker: None
) -> None:
    client.force_login(alice)
    booth = address("budgeting:ballot-cast", "taraz-2027", 1)
    answer = client.post(booth, {"project": ["1"], "step": "cast", "form_key": "k"})
    assert answer.status_code == 302
    assert election.ballots.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_nobody_hears_costs_no_page(
    client: Client, bob: User, make_cycle: Any, no_broker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.celery import app

    make_cycle()
    # First the one that falls back on the other, so that its own old value is put back.
    monkeypatch.setattr(app.conf, "broker_write_url", NOWHERE)
    monkeypatch.setattr(app.conf, "broker_url", NOWHERE)
    _forget_connections(app)
    client.force_login(bob)
    started = time.monotonic()
    try:
        answer = client.post(address("budgeting:election-advance", "taraz-2027", 1))
    finally:
        # Closed pools are kept by address: later tests need new ones.
        _forget_connections(app)
    assert answer.status_code == 302
    assert time.monotonic() - started < 15


def _forget_connections(app: Any) -> None:
    pools.reset()
    app._after_fork()


def test_cache_that_is_away_counts_as_empty(no_broker: None) -> None:
    assert cache.get("a", "default") == "default"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1) is True
    assert cache.incr("a") == 1
    assert cache.has_key("a") is False
    assert cache.delete("a") is False
    cache.set("a", 1)
    cache.clear()


# --- Errors and the demo's mail -----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Мұндай бет жоқ"), ("ru", "Такой страницы нет"), ("en", "There is no such page")],
)
def test_missing_pages_say_so_in_the_language_of_the_address(
    client: Client, language: str, words: str
) -> None:
    response = client.get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/regions/choose/", {"territory": "taraz"})
    assert response.status_code == 403
    assert "Go back, reload the page" in response.content.decode()


@pytest.mark.django_db
def test_a_broken_page_is_explained_in_three_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("participation.views.public.regions_with_activity", broken)
    response = Client(raise_request_exception=False).get("/en/")
    body = response.content.decode()
    assert response.status_code == 500
    assert all(f'lang="{language}"' in body for language in ("kk", "ru", "en"))
    assert "secret detail" not in body


@pytest.mark.django_db
def test_mail_of_the_demo_is_readable_on_a_page(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    from django.core.mail import EmailMessage, get_connection

    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    for number in (1, 2):
        EmailMessage(
            f"Тақырып {number}", "Сәлем! <b>5 < 6</b>", "a@example.org", [f"b{number}@example.org"],
            connection=backend,
        ).send()  # fmt: skip
    response = client.get(address("demo-mail"))
    body = response.content.decode()
    assert response.status_code == 200
    for words in ("Тақырып 1", "Тақырып 2", "b2@example.org", "&lt;b&gt;5 &lt; 6&lt;/b&gt;"):
        assert words in body


@pytest.mark.django_db
def test_no_mail_yet_is_no_error(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "none"
    assert client.get(address("demo-mail")).status_code == 200


@pytest.mark.django_db
def test_language_switch_keeps_page_and_query(client: Client) -> None:
    body = client.get("/kk/budgeting/?page=2").content.decode()
    assert 'href="/ru/budgeting/?page=2"' in body
    assert 'href="/en/budgeting/?page=2"' in body


@pytest.mark.django_db
def test_bare_address_leads_to_the_browsers_language(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "ru"})["Location"] == "/ru/"
    assert client.get("/", headers={"accept-language": "de"})["Location"] == "/kk/"
