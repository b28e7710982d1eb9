import json
from typing import Any

from accounts.models import User
from participation.models import Dossier, JournalEntry
from participation.models.journal import FIRST_PREVIOUS_HASH


def record(
    *, kind: str, dossier: Dossier | None = None, actor: User | None = None, **data: Any
) -> JournalEntry:
    """Add one entry to the public record, in the transaction of the act that it records.

    `data` is public for ever: numbers, states, hashes and reasons, never a person's data.
    """
    body = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = JournalEntry.objects.create(
        kind=kind,
        reference=dossier.reference if dossier else "",
        body=body,
        dossier=dossier,
        actor=actor,
        number=0,
        at="1970-01-01T00:00Z",
    )
    entry.refresh_from_db()
    return entry


def first_broken_entry() -> JournalEntry | None:
    """The first entry whose hash or link does not hold; None if the whole chain does."""
    previous = FIRST_PREVIOUS_HASH
    for number, entry in enumerate(JournalEntry.objects.order_by("number").iterator(), start=1):
        is_linked = entry.previous_hash == previous and entry.number == number
        if not is_linked or entry.computed_hash() != entry.hash:
            return entry
        previous = entry.hash
    return None
