"""What changed between two versions of a text, word by word. Knows no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """Of one passage: `pieces` of its text; a passage may be new or taken out as a whole."""

    key: int
    kind: Literal["same", "changed", "added", "removed"]
    pieces: tuple[Piece, ...]


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The new text with what was added, and with what was removed where it stood."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(after[c:d])))
    return tuple(pieces)


def changes(old: Mapping[int, str], new: Mapping[int, str]) -> list[Change]:
    """Passage by passage in the order of the new text; what was taken out comes last."""
    found = []
    for key, text in new.items():
        if key not in old:
            found.append(Change(key, "added", (Piece("added", text),)))
        elif old[key] == text:
            found.append(Change(key, "same", (Piece("same", text),)))
        else:
            found.append(Change(key, "changed", compare(old[key], text)))
    gone = [key for key in old if key not in new]
    return found + [Change(key, "removed", (Piece("removed", old[key]),)) for key in gone]
