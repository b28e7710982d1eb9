"""What other apps show on a person's own page: my roles, my proposals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User

Load = Callable[[User], Any]


@dataclass(frozen=True)
class Section:
    template: str
    data: Any


_LOADERS: dict[str, Load] = {}


def register(template: str, *, load: Load) -> None:
    """`template` is included with `section` set to what `load` returns, unless that is empty."""
    _LOADERS[template] = load


def sections_for(person: User) -> list[Section]:
    loaded = ((template, load(person)) for template, load in _LOADERS.items())
    return [Section(template, data) for template, data in loaded if data]
