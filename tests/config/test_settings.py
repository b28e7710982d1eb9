"""One settings file, driven by the environment: what each mode takes from it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SERVICES = {"DATABASE_URL": "postgresql://kenes@db.example/kenes", "REDIS_URL": "redis://q.example"}
PRODUCTION = {**SERVICES, "SECRET_KEY": "x" * 50}


def read(var: Path, *names: str, **environment: str) -> dict[str, Any]:
    """Settings of a process of its own; nothing is connected to."""
    program = (
        "import json, sys; from config import settings;"
        "print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]},"
        " default=str))"
    )
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    said = subprocess.run(
        [sys.executable, "-c", program, *names],
        env={**kept, "PYTHONPATH": str(ROOT), "KENES_VAR": str(var), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if said.returncode:
        raise RuntimeError(said.stderr)
    return dict(json.loads(said.stdout))


def test_production_is_the_default_and_strict(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "MODE",
        "DEBUG",
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "MFA_REQUIRED_FOR_ROLES",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
        "EMAIL_BACKEND",
        "SECURE_PROXY_SSL_HEADER",
        **PRODUCTION,
    )
    assert found == {
        "MODE": "production",
        "DEBUG": False,
        "ALLOWED_HOSTS": [],
        "SECURE_SSL_REDIRECT": True,
        "MFA_REQUIRED_FOR_ROLES": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        # A header that anybody can send is believed only where a proxy is said to set it.
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_production_takes_its_services_from_the_environment(tmp_path: Path) -> None:
    names = ("DATABASES", "CACHES", "CELERY_BROKER_URL", "SERVICES_STARTED_HERE", "SECRET_KEY")
    found = read(tmp_path, *names, **PRODUCTION, DB_POOL="3")
    database = found["DATABASES"]["default"]
    assert (database["HOST"], database["NAME"]) == ("db.example", "kenes")
    assert database["OPTIONS"]["server_side_binding"] is True
    assert database["OPTIONS"]["pool"]["max_size"] == 3
    assert database["OPTIONS"]["pool"]["timeout"] <= 10
    assert found["CACHES"]["default"]["LOCATION"] == found["CELERY_BROKER_URL"]
    assert found["SERVICES_STARTED_HERE"] is False
    assert found["SECRET_KEY"] == "x" * 50
    assert list(tmp_path.iterdir()) == []


def test_demo_makes_one_key_and_keeps_its_mail(tmp_path: Path) -> None:
    names = ("SECRET_KEY", "EMAIL_BACKEND", "EMAIL_FILE_PATH", "ALLOWED_HOSTS", "IS_DEMO")
    first = read(tmp_path, *names, **SERVICES, KENES_MODE="demo")
    assert first == read(tmp_path, *names, **SERVICES, KENES_MODE="demo")
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert first["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert first["IS_DEMO"] is True


def test_two_checkouts_have_two_keys(tmp_path: Path) -> None:
    keys = {
        read(tmp_path / name, "SECRET_KEY", **SERVICES, KENES_MODE="demo")["SECRET_KEY"]
        for name in ("one", "two")
    }
    assert len(keys) == 2


def test_offline_needs_no_services(tmp_path: Path) -> None:
    found = read(tmp_path, "SECRET_KEY", "DATABASES", KENES_MODE="offline")
    assert found["SECRET_KEY"] == "offline"
    assert found["DATABASES"]["default"]["PORT"] == 1
    assert list(tmp_path.iterdir()) == []


def test_an_identity_provider_comes_by_configuration(tmp_path: Path) -> None:
    names = ("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY")
    assert read(tmp_path, *names, **PRODUCTION)["SOCIALACCOUNT_PROVIDERS"] == {}
    found = read(
        tmp_path,
        *names,
        **PRODUCTION,
        OIDC_ISSUER="https://id.example/realms/gov",
        OIDC_CLIENT_ID="kenes",
        OIDC_SECRET="secret",
        OIDC_NAME="eGov",
    )
    (app,) = found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["name"], app["client_id"]) == ("eGov", "kenes")
    assert app["settings"]["server_url"] == "https://id.example/realms/gov"
    form_action = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert form_action == ["'self'", "https://id.example"]


@pytest.mark.parametrize("mode", ["prod", "Production", " ", "debug"])
def test_unknown_modes_are_refused(tmp_path: Path, mode: str) -> None:
    with pytest.raises(RuntimeError, match="production, demo, test and offline exist"):
        read(tmp_path, "MODE", **PRODUCTION, KENES_MODE=mode)


def test_three_languages_kazakh_first() -> None:
    assert settings.LANGUAGE_CODE == "kk"
    assert [code for code, _ in settings.LANGUAGES] == ["kk", "ru", "en"]


def test_no_switch_of_the_tests_is_on_in_production(tmp_path: Path) -> None:
    found = read(tmp_path, "PASSWORD_HASHERS", "WHITENOISE_USE_FINDERS", **PRODUCTION)
    assert "Argon2" in found["PASSWORD_HASHERS"][0]
    assert found["WHITENOISE_USE_FINDERS"] is False
