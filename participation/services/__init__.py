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
from .journal import first_broken_entry, record
from .outbox import notify

__all__ = [
    "Draft",
    "Wording",
    "change_state",
    "create_dossier",
    "create_dossiers",
    "first_broken_entry",
    "notify",
    "publish_dossier",
    "record",
    "write_text",
]
