"""Identities and names in open data."""

from typing import Any

from django.conf import settings

from accounts.models import Organisation
from accounts.multilingual import LANGUAGES
from councils.models import Council, Meeting, Motion, Post
from participation.models import Dossier


def council_id(council: Council) -> str:
    return f"council:{council.slug}"


def body_id(body: Organisation) -> str:
    return f"body:{body.pk}"


def post_id(post: Post, council: Council) -> str:
    return f"council:{council.slug}/post:{post.number}"


def meeting_id(meeting: Meeting) -> str:
    return f"meeting:{meeting.dossier.reference}"


def motion_id(motion: Motion) -> str:
    item = motion.item
    return f"{meeting_id(item.meeting)}/item:{item.number}/motion:{motion.number}"


def names_of(thing: Any) -> dict[str, str]:
    """Of something named in three languages."""
    return {code: getattr(thing, f"name_{code}") for code in LANGUAGES}


def texts_of(thing: Any) -> dict[str, str]:
    return {code: getattr(thing, f"text_{code}") for code in LANGUAGES}


def titles_of(dossier: Dossier) -> dict[str, str]:
    """No query where the texts are prefetched."""
    return {text.language: text.title for text in dossier.texts.all()}


def web(path: str) -> str:
    """The address for people, in Kazakh."""
    return f"{settings.SITE_URL}/kk/{path}"


def day(value: Any) -> str | None:
    return value.isoformat() if value else None
