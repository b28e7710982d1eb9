"""A list of people to invite, as it is pasted or comes from a spreadsheet. Knows no Django.

One line a guest: helix; name; e-mail address. Commas or tabs do as well; a first line with names
of columns is passed over. Nothing is guessed: what is wrong is said by its line.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LINES = 500
LONGEST_NAME = 150
BAD_HELIX, NOBODY, BAD_ADDRESS, TWICE, TOO_LONG = (
    "bad_helix", "nobody", "bad_address", "twice", "too_long"
)  # fmt: skip
HELICES: dict[str, tuple[str, ...]] = {
    "government": ("government", "мемлекет", "билік", "власть", "государство", "органы власти"),
    "business": ("business", "бизнес", "кәсіпкерлік", "предприниматели"),
    "academia": ("academia", "ғылым", "ғылым және білім", "наука", "наука и образование"),
    "civil_society": (
        "civil_society", "civil society", "азаматтық қоғам", "гражданское общество", "ҮЕҰ", "НПО",
    ),
}  # fmt: skip
_HEADS = {"helix", "топ", "сторона", "спираль", "қай тарап"}
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_BY_WORD = {word.casefold(): helix for helix, words in HELICES.items() for word in words}


@dataclass(frozen=True)
class Line:
    """`number` counts from 1 as the list was sent; `problem` is empty where it is in order."""

    number: int
    helix: str
    name: str
    email: str
    problem: str = ""


def read_lines(text: str) -> list[Line]:
    """Every line with something in it, at most MOST_LINES + 1 of them, so that more is noticed."""
    found: list[Line] = []
    seen: set[str] = set()
    for number, cells in _cells(text):
        line = _line(number, cells, seen)
        if line.email:
            seen.add(line.email.casefold())
        found.append(line)
        if len(found) > MOST_LINES:
            break
    return found


def _cells(text: str) -> Iterable[tuple[int, list[str]]]:
    rows = text.lstrip("\ufeff").splitlines()
    first = next((row for row in rows if row.strip()), "")
    mark = next((each for each in (";", "\t") if each in first), ",")
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in next(csv.reader([row], delimiter=mark), [])]
        if not any(cells) or (row == first and cells[0].casefold() in _HEADS):
            continue
        yield number, [*cells, "", ""]


def _line(number: int, cells: list[str], seen: set[str]) -> Line:
    word, name, email = cells[:3]
    helix = _BY_WORD.get(word.casefold(), "")
    problem = ""
    if not helix:
        problem = BAD_HELIX
    elif not (name or email):
        problem = NOBODY
    elif email and not _ADDRESS.fullmatch(email):
        problem = BAD_ADDRESS
    elif email.casefold() in seen:
        problem = TWICE
    elif len(name) > LONGEST_NAME or len(email) > 254:
        problem = TOO_LONG
    return Line(number, helix, name, email, problem)
