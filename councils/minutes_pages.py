"""Minutes as people read them: from the frozen record, never from the rows of today."""

import difflib
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts.multilingual import first_available
from councils.models import Minutes, Motion, PersonVote

LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))


def told_record(record: dict[str, Any]) -> dict[str, Any]:
    """Names and texts in the reader's language, moments as moments."""
    members = [row for row in record.get("participants", []) if row.get("seat") is not None]
    guests = [row for row in record.get("participants", []) if row.get("seat") is None]
    return {
        "members": [_told_participant(row) for row in members],
        "guests": [_told_participant(row) for row in guests],
        "present": sum(bool(row["present"]) for row in members),
        "agenda": [_told_item(item) for item in record.get("agenda", [])],
        "hearing": record.get("hearing") or {},
    }


def _told_participant(row: dict[str, Any]) -> dict[str, Any]:
    spans = [
        {"since": parse_datetime(since), "until": parse_datetime(until) if until else None}
        for since, until in row["present"]
    ]
    return {**row, "spans": spans}


def _told_item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **item,
        "name": first_available(item["name"]),
        "decision": first_available(item["decision"]),
        "motions": [_told_motion(motion) for motion in item["motions"]],
    }


def _told_motion(motion: dict[str, Any]) -> dict[str, Any]:
    vote = motion["vote"] or {}
    return {
        **motion,
        "text": first_available(motion["text"]),
        "state_label": Motion.State(motion["state"]).label,
        "votes": [
            (name, PersonVote.Choice(choice).label) for name, choice in vote.get("votes", [])
        ],
    }


def changes_between(before: Minutes, after: Minutes) -> list[dict[str, Any]]:
    """Line by line, in each language in which the text has changed."""
    found = []
    for code, label in LANGUAGES:
        old, new = (getattr(row, f"text_{code}").splitlines() for row in (before, after))
        lines = [
            {"is_new": line.startswith("+"), "text": line[2:]}
            for line in difflib.ndiff(old, new)
            if line[:1] in "+-"
        ]
        if lines:
            found.append({"language": code, "label": label, "lines": lines})
    return found
