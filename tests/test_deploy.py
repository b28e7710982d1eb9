"""Production: what it refuses to start without, and what every answer of it carries."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import allauth
import pytest
import structlog
from django.conf import settings
from django.db import connection
from django.test import Client
from kombu import Connection

from config.celery import bind_request_id, forget_request_id
from participation.tasks import pulse

ROOT = Path(settings.BASE_DIR)
KEY = "k7Qw-2rT9_zX4vB8nM1pL6sD3fG5hJ0yUcEaWiOqRtZxNmKbVd"
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def database_url() -> str:
    """The tests' own database, as an address."""
    server = urlsplit(settings.DATABASE_URL)
    return server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def production(var: Path, **changes: str | None) -> dict[str, str]:
    """The environment of a production process; None takes a setting away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment: dict[str, str | None] = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "KENES_VAR": str(var),
        "SECRET_KEY": KEY,
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "ALLOWED_HOSTS": "kenes.example",
        "SITE_URL": "https://kenes.example",
        **changes,
    }
    return {name: value for name, value in environment.items() if value is not None}


def run(*command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env=env, cwd=ROOT, capture_output=True, text=True, timeout=120
    )


# --- Starting -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    said = run("manage.py", "check", "--deploy", "--fail-level", "INFO", env=production(tmp_path))
    assert said.returncode == 0, said.stderr
    assert "System check identified no issues" in said.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"KENES_MODE": "prod"}, "KENES_MODE is 'prod'"),
        ({"KENES_MODE": "production", "SECRET_KEY": None}, "or run `make demo`"),
    ],
)
def test_unsafe_settings_refuse_to_start(
    tmp_path: Path, changes: dict[str, str | None], message: str
) -> None:
    said = run("manage.py", "check", env=production(tmp_path, **changes))
    assert said.returncode != 0
    assert message in said.stderr
    assert list(tmp_path.iterdir()) == []  # no key was made up


# --- Every answer -------------------------------------------------------------------------------

PROGRAM = """
import json, sys, types
import django
from django.conf import settings
django.setup()
# The row of a session would stay in the tests' database; its cookie is the same.
settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
from django.core.management import call_command
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path
import config.urls

def broken(request):
    raise RuntimeError("the view is broken: Қате")

def session(request):
    request.session["seen"] = True
    return HttpResponse("ok")

urls = types.ModuleType("urls_for_test")
urls.urlpatterns = [
    path("broken", broken),
    path("session", session),
    path("stream", lambda request: StreamingHttpResponse([b"a", b"b"])),
    *config.urls.urlpatterns,
]
for name in ("handler400", "handler403", "handler404", "handler500"):
    if hasattr(config.urls, name):
        setattr(urls, name, getattr(config.urls, name))
sys.modules["urls_for_test"] = urls
settings.ROOT_URLCONF = "urls_for_test"
# Compressing takes long and changes no answer's headers.
storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = storage
call_command("collectstatic", verbosity=0, interactive=False)
from django.templatetags.static import static

ours = {"secure": True, "headers": {"host": "kenes.example"}}
REQUESTS = {
    "page": ("get", "/en/", ours),
    "sign-in": ("get", "/kk/account/login/", ours),
    "redirect": ("get", "/en/account/", ours),
    "bare": ("get", "/", ours),
    "not-found": ("get", "/en/nothing/", ours),
    "not-allowed": ("post", "/en/", ours),
    "csrf": ("post", "/en/regions/choose/", ours),
    "broken": ("get", "/broken", ours),
    "session": ("get", "/session", ours),
    "stream": ("get", "/stream", ours),
    "download": ("get", "/en/budgeting/verify.py", ours),
    "readyz": ("get", "/readyz", ours),
    "healthz-plain": ("get", "/healthz", {"headers": {"host": "kenes.example"}}),
    "static": ("get", static("css/kenes.css"), ours),
    "static-missing": ("get", "/static/css/none.css", ours),
    "plain": ("get", "/en/", {"headers": {"host": "kenes.example"}}),
    "foreign-host": ("get", "/en/", {"secure": True, "headers": {"host": "evil.example"}}),
    "nul": ("get", "/en/?q=%00", ours),
}
answers = {}
for name, (method, address, how) in REQUESTS.items():
    client = Client(enforce_csrf_checks=name == "csrf", raise_request_exception=False)
    response = getattr(client, method)(address, **how)
    answers[name] = {
        "status": response.status_code,
        "headers": dict(response.headers),
        "cookies": {key: dict(morsel) for key, morsel in response.cookies.items()},
        "body": (b"" if response.streaming else response.content).decode(),
    }
print(json.dumps(answers))
"""
STATUSES = {
    "page": 200,
    "sign-in": 200,
    "redirect": 302,
    "bare": 302,
    "not-found": 404,
    "not-allowed": 405,
    "csrf": 403,
    "broken": 500,
    "session": 200,
    "stream": 200,
    "download": 200,
    "readyz": 503,
    "healthz-plain": 200,
    "static": 200,
    "static-missing": 404,
    "plain": 301,
    "foreign-host": 400,
    "nul": 400,
}
Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def served(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Answers, list[dict[str, Any]]]:
    """What a production process answers, and what it logs meanwhile."""
    with django_db_blocker.unblock():
        environment = production(tmp_path_factory.mktemp("var"), REDIS_URL="redis://127.0.0.1:1/0")
    said = run("-c", PROGRAM, env=environment)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout), [json.loads(line) for line in said.stderr.splitlines()]


def test_production_answers_as_expected(served: Any) -> None:
    answers, _ = served
    assert {name: answer["status"] for name, answer in answers.items()} == STATUSES


@pytest.mark.parametrize("name", STATUSES)
def test_every_answer_carries_the_headers(served: Any, name: str) -> None:
    answers, _ = served
    headers = answers[name]["headers"]
    assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-Id"])
    if name not in ("plain", "healthz-plain"):
        hsts = "max-age=31536000; includeSubDomains; preload"
        assert headers["Strict-Transport-Security"] == hsts
    if name in ("page", "sign-in", "not-found", "csrf", "broken"):
        assert headers["X-Frame-Options"] == "DENY"


def test_cookies_travel_encrypted_and_stay_on_this_host(served: Any) -> None:
    answers, _ = served
    csrf = answers["sign-in"]["cookies"]["__Host-csrf"]
    session = answers["session"]["cookies"]["__Host-session"]
    for cookie in (csrf, session):
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["samesite"] == "Lax"


def test_plain_requests_are_led_to_the_encrypted_address(served: Any) -> None:
    answers, _ = served
    assert answers["plain"]["headers"]["Location"] == "https://kenes.example/en/"


def test_static_files_are_named_by_content_and_kept(served: Any) -> None:
    answers, _ = served
    assert re.search(r"/static/css/kenes\.[0-9a-f]{12}\.css", answers["page"]["body"])
    assert "immutable" in answers["static"]["headers"]["Cache-Control"]


def test_no_answer_holds_what_the_policy_refuses(served: Any) -> None:
    answers, _ = served
    found = {name: _inline(answer["body"]) for name, answer in answers.items()}
    assert {name: inline for name, inline in found.items() if inline} == {}


def test_logs_are_json_with_the_request_they_belong_to(served: Any) -> None:
    answers, lines = served
    assert all({"event", "level", "timestamp", "logger"} <= set(line) for line in lines)
    of_broken = [line for line in lines if "the view is broken" in line.get("exception", "")]
    assert [line["level"] for line in of_broken] == ["error"]
    assert of_broken[0]["request_id"] == answers["broken"]["headers"]["X-Request-Id"]
    assert "Қате" in of_broken[0]["exception"]


def test_error_page_tells_nothing_of_the_error(served: Any) -> None:
    answers, _ = served
    assert "RuntimeError" not in answers["broken"]["body"]
    assert 'lang="kk"' in answers["broken"]["body"]


# --- The request's id ---------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["abc-12345678", "0" * 64])
def test_id_of_a_proxy_is_kept(client: Client, given: str) -> None:
    assert client.get("/healthz", headers={"x-request-id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "a b c d e f g", "<script>alert(1)"])
def test_other_ids_are_replaced(client: Client, given: str) -> None:
    answered = client.get("/healthz", headers={"x-request-id": given})["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", answered)


def test_two_requests_have_two_ids(client: Client) -> None:
    assert len({client.get("/healthz")["X-Request-Id"] for _ in range(2)}) == 2


def test_a_task_carries_the_id_of_its_request() -> None:
    with Connection("memory://") as broker:
        with structlog.contextvars.bound_contextvars(request_id="request-12345678"):
            pulse.apply_async(connection=broker, queue="of-this-test")
        message = broker.SimpleQueue("of-this-test").get(timeout=5)
    assert message.headers["request_id"] == "request-12345678"


def test_a_worker_logs_under_the_id_of_the_request() -> None:
    task = SimpleNamespace(name="t", request=SimpleNamespace(request_id="request-12345678"))
    bind_request_id(task=task, task_id="task-1")
    assert structlog.contextvars.get_contextvars()["request_id"] == "request-12345678"
    bind_request_id(task=SimpleNamespace(name="t", request=SimpleNamespace()), task_id="task-2")
    assert structlog.contextvars.get_contextvars()["request_id"] == "task-2"
    forget_request_id()
    assert structlog.contextvars.get_contextvars() == {}


# --- Templates ----------------------------------------------------------------------------------

_INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script\b(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=\s*[\"']|"
    r"javascript:|<script\b[^>]*\bsrc=[\"']?(?:https?:)?//",
    re.IGNORECASE,
)


def _inline(html: str) -> list[str]:
    return [html[found.start() : found.end() + 40] for found in _INLINE.finditer(html)]


def _templates() -> Iterator[Path]:
    """All of ours, and those of allauth that ours do not replace."""
    ours, theirs = ROOT / "templates", Path(allauth.__file__).parent / "templates"
    yield from ours.rglob("*.html")
    for path in theirs.rglob("*.html"):
        # There are no telephone numbers here, so allauth has no address for its page.
        is_served = path.name != "phone_change.html"
        if is_served and not (ours / path.relative_to(theirs)).exists():
            yield path


def test_no_template_holds_what_the_policy_refuses() -> None:
    found = {str(path): _inline(path.read_text(encoding="utf-8")) for path in _templates()}
    assert len(found) > 50
    assert {path: inline for path, inline in found.items() if inline} == {}


@pytest.mark.parametrize(
    "html",
    ["<style>a{}</style>", '<p style="color:red">', "<script>1</script>", '<a onclick="x()">',
     '<a href="javascript:x">', '<script src="https://cdn.example/x.js"></script>'],
)  # fmt: skip
def test_the_search_for_inline_code_finds_it(html: str) -> None:
    assert len(_inline(html)) == 1
    assert _inline('<script type="module" src="/static/js/kenes.js"></script>') == []
