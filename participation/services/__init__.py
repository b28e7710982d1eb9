"""Verbs that every process shares. The only writers of this app's tables."""

from .dossiers import (
    Draft,
    Wording,
    change_state,
    create_dossier,
    create_dossiers,
    publish_dossier,
    write_text,
)
from .following import follow, unfollow
from .journal import first_broken_entry, record
from .outbox import notify, notify_followers

__all__ = [
    "Draft",
    "Wording",
    "change_state",
    "create_dossier",
    "create_dossiers",
    "first_broken_entry",
    "follow",
    "notify",
    "notify_followers",
    "publish_dossier",
    "record",
    "unfollow",
    "write_text",
]
