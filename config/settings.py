"""All settings, driven by the environment and safe by default.

KENES_MODE is `production` unless set: `demo` (manage.py demo), `test` (pytest) and `offline`
(commands that need no services) are the only modes that run without SECRET_KEY.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config.logs import configure_logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("KENES_VAR") or BASE_DIR / "var")
env = environ.Env()

MODE = env("KENES_MODE", default="production")
if MODE not in {"production", "demo", "test", "offline"}:
    raise ImproperlyConfigured(f"KENES_MODE is {MODE!r}: production, demo, test and offline exist.")
IS_DEMO = MODE == "demo"
IS_TEST = MODE == "test"
IS_PRODUCTION = MODE == "production"


def _local_secret_key() -> str:
    """One key for each checkout, kept so that a restarted demo keeps its sessions."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY and IS_PRODUCTION:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it (50 random characters or more) together with DATABASE_URL "
        "and REDIS_URL, or run `make demo` to try the platform."
    )
if not SECRET_KEY:
    SECRET_KEY = "offline" if MODE == "offline" else _local_secret_key()

DEBUG = env.bool("DEBUG", default=False)
SITE_NAME = env("SITE_NAME", default="Kenes")
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["*"]
    if IS_DEMO
    else ["localhost", "127.0.0.1", "[::1]", "testserver"]
    if not IS_PRODUCTION
    else [],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config.apps.KenesConfig",
    "budgeting",
    "councils",
    "edp",
    "participation",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PlainInputMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "participation.crowds.CrowdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.TwoStepForMandates",
    "budgeting.voter_by_code.VoterByCode",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]
FORM_RENDERER = "config.forms.GovukRenderer"

# --- PostgreSQL, and Valkey or Redis: ours under var/ unless others are named -----------------

DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
if MODE == "offline":
    DATABASE_URL, REDIS_URL = "postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1/0"
SERVICES_DIR = VAR_DIR / "test" if IS_TEST else VAR_DIR
SERVICES_STARTED_HERE = False
if not (DATABASE_URL and REDIS_URL):
    from config import embedded

    SERVICES_STARTED_HERE = all(server.url is None for server in embedded.status(SERVICES_DIR))
    DATABASE_URL = DATABASE_URL or embedded.ensure_postgres(SERVICES_DIR, fast=IS_TEST)
    REDIS_URL = REDIS_URL or embedded.ensure_valkey(SERVICES_DIR, fast=IS_TEST)

TIME_ZONE = env("TIME_ZONE", default="Asia/Almaty")

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
_DATABASE_OPTIONS = DATABASES["default"].get("OPTIONS", {})
DATABASES["default"].update(
    CONN_HEALTH_CHECKS=True,
    OPTIONS={
        **_DATABASE_OPTIONS,
        # What day it is, for guards in the database: sessions of Django are in UTC.
        "options": f"{_DATABASE_OPTIONS.get('options', '')} -c kenes.time_zone={TIME_ZONE}".strip(),
        # Parameters travel apart from the statement, so that no ballot can stand in a server log.
        "server_side_binding": True,
        # A page waits for a free connection no longer than its reader would.
        "pool": False
        if MODE in {"test", "offline"}
        else {"min_size": 1, "max_size": env.int("DB_POOL", default=8), "timeout": 5},
    },
)

CACHES = {
    "default": {
        "BACKEND": "config.cache.FailOpenRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env("CACHE_PREFIX", default="kenes"),
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }
}

# --- Celery: the row in PostgreSQL is the truth, a message is only a bell ----------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 15,
    "socket_connect_timeout": 2,
    "retry_policy": {"timeout": 2.0},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
# A worker without -Q takes all three; on a large site each has workers of its own, so that a count
# does not wait for mail, nor mail for a count.
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name) for name in ("default", "mail", "tally")]
CELERY_TASK_ROUTES = {
    "participation.tasks.deliver_due": {"queue": "mail"},
    "participation.tasks.deliver_to_phones": {"queue": "mail"},
    "participation.tasks.gather_digests": {"queue": "mail"},
    "participation.tasks.fan_out_waiting": {"queue": "mail"},
    "budgeting.tasks.advance_elections": {"queue": "tally"},
    "budgeting.tasks.read_registers": {"queue": "tally"},
    "budgeting.tasks.make_letters": {"queue": "tally"},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Almaty"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# Seconds: how often beat asks what is due, and how long a worker may hold what it sends. A lease
# is renewed with every message, so it need only be longer than a mail server takes for one.
DELIVERY_ROUND = env.float("DELIVERY_ROUND", default=10.0)
DELIVERY_LEASE = env.float("DELIVERY_LEASE", default=120.0)
CELERY_BEAT_SCHEDULE = {
    "deliver": {"task": "participation.tasks.deliver_due", "schedule": DELIVERY_ROUND},
    "deliver-to-phones": {
        "task": "participation.tasks.deliver_to_phones",
        "schedule": DELIVERY_ROUND,
    },
    "fan-out": {"task": "participation.tasks.fan_out_waiting", "schedule": DELIVERY_ROUND},
    "gather-digests": {"task": "participation.tasks.gather_digests", "schedule": 30.0},
    "make-lotteries": {"task": "councils.tasks.make_lotteries", "schedule": 60.0},
    "make-documents": {"task": "edp.tasks.make_documents", "schedule": 60.0},
    "delphi-rounds": {"task": "edp.tasks.close_due_rounds", "schedule": 60.0},
    "close-consultations": {"task": "edp.tasks.close_consultations", "schedule": 300.0},
    "expire-sheets": {"task": "edp.tasks.expire_sheets", "schedule": 3600.0},
    "announce-phases": {"task": "budgeting.tasks.advance_elections", "schedule": 30.0},
    "count-support": {"task": "budgeting.tasks.count_support", "schedule": 60.0},
    "forget-drafts": {"task": "budgeting.tasks.forget_drafts", "schedule": 3600.0},
    "read-registers": {"task": "budgeting.tasks.read_registers", "schedule": 60.0},
    "make-letters": {"task": "budgeting.tasks.make_letters", "schedule": 60.0},
    "remind-of-answers": {"task": "participation.tasks.remind_of_answers", "schedule": 300.0},
    "remind-of-workshops": {"task": "edp.tasks.remind_of_workshops", "schedule": 300.0},
    "remind-of-talks": {"task": "councils.tasks.remind_of_talks", "schedule": 300.0},
    "saved-searches": {
        "task": "participation.tasks.alert_of_saved_searches",
        "schedule": 60.0,
    },
    "pulse": {"task": "participation.tasks.pulse", "schedule": 30.0},
    "forget-unverified": {"task": "accounts.tasks.forget_unverified", "schedule": 3600.0},
}
if env("TELEGRAM_BOT_TOKEN", default=""):
    CELERY_BEAT_SCHEDULE["telegram"] = {
        "task": "participation.tasks.read_telegram",
        "schedule": 5.0,
    }
# A bell that nobody heard in time is not rung later: the next one asks the same.
for _rounds in CELERY_BEAT_SCHEDULE.values():
    _rounds["options"] = {"expires": 60}

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique whatever its case: user_email_unique
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:person-detail"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Codes, not links: they work only in the browser that asked for them. Mail may take minutes.
# Digits, because a Latin letter costs a Kazakh or Russian keyboard a switch of layout.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "accounts.adapter.TwoStepAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.passkeys.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a phone's clock half a minute off still counts
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO or IS_TEST
# Whoever holds a role signs in with two steps (accounts/middleware.py).
MFA_REQUIRED_FOR_ROLES = env.bool("MFA_REQUIRED_FOR_ROLES", default=IS_PRODUCTION)
USERSESSIONS_TRACK_ACTIVITY = False  # it would write a row on every page somebody reads

# An identity provider (eGov, say) by configuration: OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID, …
SOCIALACCOUNT_ADAPTER = "budgeting.identity_adapter.ResidentAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {}
if env("OIDC_ISSUER", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": env("OIDC_ID", default="oidc"),
                "name": env("OIDC_NAME", default="OpenID Connect"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_SECRET"),
                "settings": {"server_url": env("OIDC_ISSUER"), "oauth_pkce_enabled": True},
            }
        ]
    }

# Under which names the provider says who somebody is. Without a claim for the number (IIN) it lets
# people sign in, and shows nothing of where they live.
OIDC_CLAIMS = {
    "iin": env("OIDC_CLAIM_IIN", default=""),
    "born_on": env("OIDC_CLAIM_BIRTHDATE", default="birthdate"),
    "territory": env("OIDC_CLAIM_TERRITORY", default="kato"),
    "lives_since": env("OIDC_CLAIM_SINCE", default=""),
}

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
# Zones that people can choose for digests and quiet hours; those of Kazakhstan first.
TIME_ZONES = [
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Bishkek",
    "Asia/Shanghai",
    "Asia/Seoul",
    "Asia/Dubai",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "UTC",
]

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_TEST
WHITENOISE_AUTOREFRESH = IS_TEST  # a test's client looks for a file only when one is asked for
# What people send lies outside the code and has no address of its own: a view hands it out.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Ballot keys lie outside the database and its backups (docs/ballots.md).
BALLOT_KEY_DIR = Path(env("BALLOT_KEY_DIR", default=str(VAR_DIR / "ballot-keys")))
# The key behind the hashes of registers and of codes on letters (docs/budgeting-voters.md).
REGISTER_KEY_DIR = Path(env("REGISTER_KEY_DIR", default=str(VAR_DIR / "register-keys")))
# How many people an officer may look up in a register in an hour.
REGISTER_LOOKS_AN_HOUR = env.int("REGISTER_LOOKS_AN_HOUR", default=60)
# Keys that make the pseudonyms of Delphi panels and the tokens of draws by lot.
PANEL_KEY_DIR = Path(env("PANEL_KEY_DIR", default=str(VAR_DIR / "panel-keys")))

# --- Discussion ---------------------------------------------------------------------------------

# Seconds between two questions of whoever watches a hearing from home: more when servers are few.
LIVE_SECONDS_AT_HOME = env.int("LIVE_SECONDS_AT_HOME", default=10)
# How long one answer is handed to a whole crowd (participation/crowds.py); 0 makes each anew.
CROWD_SECONDS = env.int("CROWD_SECONDS", default=0 if IS_TEST else 2)

COMMENT_EDIT_MINUTES = env.int("COMMENT_EDIT_MINUTES", default=30)
COMMENT_MOST_LINKS = env.int("COMMENT_MOST_LINKS", default=3)
# An account in its first hours writes no more than so many comments in an hour.
NEW_ACCOUNT_HOURS = env.int("NEW_ACCOUNT_HOURS", default=24)
NEW_ACCOUNT_COMMENTS_AN_HOUR = env.int("NEW_ACCOUNT_COMMENTS_AN_HOUR", default=5)

# --- Mail ---------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
if IS_DEMO and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Telegram and SMS: used where they are named -------------------------------------------------

TELEGRAM_BOT_TOKEN = env("TELEGRAM_BOT_TOKEN", default="")
TELEGRAM_BOT_NAME = env("TELEGRAM_BOT_NAME", default="")
TELEGRAM_API_URL = env("TELEGRAM_API_URL", default="https://api.telegram.org").rstrip("/")
SMS_GATEWAY_URL = env("SMS_GATEWAY_URL", default="")
SMS_GATEWAY_TOKEN = env("SMS_GATEWAY_TOKEN", default="")

# --- Security -----------------------------------------------------------------------------------


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Signing in with an identity provider is a form that is answered by a redirect to it.
        "form-action": [SELF, *filter(None, [_origin(env("OIDC_ISSUER", default=""))])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs ---------------------------------------------------------------------------------------

LOGGING_CONFIG = None
configure_logs(
    as_json=IS_PRODUCTION,
    level=env("LOG_LEVEL", default="INFO"),
    task_level="WARNING" if IS_DEMO else "INFO",
)
