"""The signed address by which anybody who holds a message stops its like, without signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "participation.unsubscription"
EVERYTHING = ""


@dataclass(frozen=True)
class Stop:
    """`category` is one of event_kinds.CATEGORIES, or EVERYTHING (but legal notices)."""

    person: int
    category: str


def token_for(stop: Stop) -> str:
    return signing.Signer(salt=_SALT).sign_object([stop.person, stop.category], compress=False)


def read_token(token: str) -> Stop | None:
    """None for a token that we did not sign. It never runs out: a letter may be old."""
    try:
        person, category = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(int(person), str(category))


def url_for(stop: Stop) -> str:
    """In the language that is active."""
    path = reverse("participation:message-unsubscribe", args=[token_for(stop)])
    return f"{settings.SITE_URL}{path}"
