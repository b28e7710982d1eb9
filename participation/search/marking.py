"""Marks around the words that were found: what people wrote is escaped, only the marks are ours.

PostgreSQL marks the folded text, which has a letter for each letter of what was written: so its
marks are carried over by counting.
"""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

START, STOP = "\x02", "\x03"
AROUND = 110
_MARKDOWN = str.maketrans("", "", "*_#`>[]|~")


def _pieces(text: str, with_marks: str) -> Iterator[tuple[str, bool]]:
    """Parts of `text` and whether each is marked."""
    place, is_marked, rest = 0, False, with_marks
    while rest:
        part, mark, rest = rest.partition(STOP if is_marked else START)
        if part:
            yield text[place : place + len(part)], is_marked
            place += len(part)
        is_marked = bool(mark) and not is_marked
    if place < len(text):
        yield text[place:], False


def _fits(text: str, with_marks: str) -> bool:
    return len(with_marks.replace(START, "").replace(STOP, "")) == len(text)


def marked(text: str, with_marks: str) -> SafeString:
    """`text`, escaped, with <mark> where `with_marks` has its signs; without if it is no copy."""
    if START not in with_marks or not _fits(text, with_marks):
        return escape(text)
    return _html(_pieces(text, with_marks))


def _html(pieces: Iterator[tuple[str, bool]]) -> SafeString:
    parts = (
        f"<mark>{escape(part)}</mark>" if is_marked else str(escape(part))
        for part, is_marked in pieces
    )
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped


def passage(text: str, with_marks: str) -> SafeString:
    """About two lines around the first mark, without the signs of Markdown."""
    if START not in with_marks or not _fits(text, with_marks):
        return escape(text[: 2 * AROUND])
    first = with_marks.index(START)
    begin, end = max(0, first - AROUND), first + 2 * AROUND
    if begin:
        begin = text.find(" ", begin, first) + 1 or begin
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    pieces = _cut(_pieces(text, with_marks), begin, end)
    return _html(pieces)


def _cut(pieces: Iterator[tuple[str, bool]], begin: int, end: int) -> Iterator[tuple[str, bool]]:
    place = 0
    if begin:
        yield "… ", False
    for part, is_marked in pieces:
        inside = part[max(0, begin - place) : max(0, end - place)]
        if inside:
            yield inside.translate(_MARKDOWN), is_marked
        place += len(part)
    if place > end:
        yield " …", False
