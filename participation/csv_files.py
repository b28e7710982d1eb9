"""Tables: columns by name, any delimiter and line ending that offices use; and written safely."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


class BadFile(ValueError):
    """What is wrong with a file or with what is asked of it, in one line."""


class MissingColumns(BadFile):
    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        super().__init__(f"line 1: there is no column {', '.join(columns)}")


class BrokenTable(BadFile):
    """The text is no table from this line on."""

    def __init__(self, line: int, said: str) -> None:
        self.line, self.said = line, said
        super().__init__(f"line {line}: {said}")


def rows_of(text: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """(line, cells without spaces around them); None for a line with another number of cells.

    Raises BadFile where a needed column is missing or a quotation mark is never closed.
    """
    # Spreadsheets with a decimal comma write semicolons.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    try:
        lacking = [name for name in needed if name not in (reader.fieldnames or [])]
        if lacking:
            raise MissingColumns(lacking)
        for row in reader:
            is_whole = None not in row and None not in row.values()
            cells = {name: value.strip() for name, value in row.items()} if is_whole else None
            yield reader.line_num, cells
    except csv.Error as error:
        raise BrokenTable(reader.line_num, str(error)) from None


def whole_rows(text: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells): like `rows_of`, but every line must be whole and there must be one.

    Raises BadFile that names the line.
    """
    is_empty = True
    for line, cells in rows_of(text, needed):
        is_empty = False
        if cells is None:
            raise BadFile(f"line {line}: another number of cells than the header has")
        yield line, cells
    if is_empty:
        raise BadFile("the table has no rows")


def whole_number(text: str, line: int) -> int:
    """At most nine digits. Raises BadFile."""
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise BadFile(f"line {line}: {text[:30]!r} is not a whole number")
    return int(text)


def lines_of(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table for spreadsheets, line by line."""
    yield "\ufeff"  # so that spreadsheets read Kazakh letters
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([_plain_cell(cell) for cell in row])
        yield line.getvalue()


def _plain_cell(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    is_formula = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if is_formula else cell
