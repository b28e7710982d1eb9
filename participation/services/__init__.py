"""Verbs that every process shares. The only writers of this app's tables."""

from .dossiers import Wording, create_dossier, publish_dossier, write_text
from .journal import first_broken_entry, record
from .outbox import notify

__all__ = [
    "Wording",
    "create_dossier",
    "first_broken_entry",
    "notify",
    "publish_dossier",
    "record",
    "write_text",
]
