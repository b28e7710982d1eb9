"""Kinds of event for tests, with the words of a kind that exists."""

from typing import Any

from participation import event_kinds
from participation.event_kinds import FOLLOWED, EventKind


def make_kind(monkeypatch: Any, code: str = "ballot_cast", **fields: Any) -> EventKind:
    """Register a kind for one test; its code names the templates that it is written with."""
    fields = {"category": FOLLOWED, "label": code, **fields}
    kind = EventKind(code, **fields)
    monkeypatch.setitem(event_kinds._KINDS, code, kind)
    return kind
