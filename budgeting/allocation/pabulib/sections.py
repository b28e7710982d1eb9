"""The three sections of a `.pb` file: META, PROJECTS, VOTES.

Format: Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis",
IJCAI 2023. Cells are separated by semicolons and quoted as in CSV; a quoted name
may run over several lines, so sections are found by reading rows, not lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgeting.allocation.pabulib.errors import PabulibError

SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass
class Row:
    """The cells of one row and the number of the line it starts on."""

    cells: list[str]
    line: int


@dataclass
class Sections:
    """Rows of META and PROJECTS (header included); the VOTES section unread.

    `votes_line` is the number of the first line of `votes_text`, 0 without votes.
    """

    meta: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    votes_text: str = ""
    votes_line: int = 0


def normalise(text: str) -> str:
    """Without byte order mark and with `\\n` as the only end of line."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def split_sections(text: str, file: str) -> Sections:
    """Find the sections. PabulibError: one is missing, doubled, or a quote stays open."""
    found = Sections()
    seen: list[str] = []
    current: list[Row] | None = None
    for row in _rows(text, file):
        title = row.cells[0].strip().upper() if not any(row.cells[1:]) else ""
        if title in SECTIONS:
            if title in seen:
                raise PabulibError(file, row.line, f"section {title} begins a second time")
            seen.append(title)
            if title == "VOTES":
                found.votes_line = row.line + 1
                found.votes_text = _after(text, row.line)
                break
            current = found.meta if title == "META" else found.projects
        elif current is None:
            raise PabulibError(file, row.line, "the file does not begin with a line META")
        else:
            current.append(row)
    for title in SECTIONS:
        if title not in seen:
            raise PabulibError(file, text.count("\n") + 1, f"section {title} is missing")
    return found


def _rows(text: str, file: str) -> Iterator[Row]:
    """Rows that are not blank."""
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=";")
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise PabulibError(file, line, f"cannot read the row: {error}") from None
        if any(cell.strip() for cell in cells):
            yield Row(cells, line)
        line = reader.line_num + 1


def _after(text: str, line: int) -> str:
    """Everything below the given line."""
    position = 0
    for _ in range(line):
        position = text.find("\n", position) + 1
        if position == 0:
            return ""
    return text[position:]
