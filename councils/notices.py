"""The kinds of event that this app tells people of."""

from participation.event_kinds import EventKind, register

KINDS: list[EventKind] = []


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
