"""What the platform knows about a person, and how it forgets it: each app adds its part."""

from collections.abc import Callable
from typing import Any

from accounts.models import User

Exporter = Callable[[User], Any]
Eraser = Callable[[User], None]

_EXPORTERS: dict[str, Exporter] = {}
_ERASERS: dict[str, Eraser] = {}


def register(section: str, *, export: Exporter, erase: Eraser) -> None:
    """`export` returns JSON-ready data; `erase` removes or anonymises inside a transaction."""
    _EXPORTERS[section] = export
    _ERASERS[section] = erase


def exporters() -> dict[str, Exporter]:
    return dict(_EXPORTERS)


def erasers() -> dict[str, Eraser]:
    return dict(_ERASERS)
