"""What a search asks for, and the one short address under which it is found again."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

OPEN_NOW = "now"
# Letters that look alike on both keyboards: a number is often read off paper.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_NUMBER = re.compile(r"([A-Z]{2,4})[- ]?(\d{4})[- ]?(\d{1,9})")


@dataclass(frozen=True)
class Filters:
    """`state` is "kind:state"; `phase` is "now" for whatever is open, or the code of a phase;
    `since` and `until` are days of publication, both included."""

    q: str = ""
    kind: str = ""
    place: str = ""
    state: str = ""
    phase: str = ""
    since: date | None = None
    until: date | None = None

    def query(self) -> str:
        """For an address: what is not asked for is left out, the order is always the same."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in given.items() if value})

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: getattr(Filters(), name)})

    def meaning(self, words: str) -> "Filters":
        return replace(self, q=words)

    def is_on(self, name: str) -> bool:
        return bool(getattr(self, name))

    @property
    def is_empty(self) -> bool:
        return self == Filters()


def read_filters(query: str) -> Filters:
    """The opposite of `Filters.query`. Raises ValueError for what it never wrote."""
    given: dict[str, Any] = dict(parse_qsl(query))
    for name in ("since", "until") & given.keys():
        given[name] = date.fromisoformat(given[name])
    try:
        return Filters(**given)
    except TypeError as error:
        raise ValueError(str(error)) from error


def asked_number(query: str) -> str:
    """The public number that somebody typed (вр 2026 7 → BP-2026-00007); empty if it is none."""
    found = _NUMBER.fullmatch(query.strip().upper().translate(_LOOK_ALIKE))
    return f"{found[1]}-{found[2]}-{int(found[3]):05d}" if found else ""
