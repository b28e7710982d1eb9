"""Reading tables: columns by name, any delimiter and line ending that offices use."""

import csv
import io
from collections.abc import Iterator, Sequence


class BadFile(ValueError):
    """What is wrong with a file or with what is asked of it, in one line."""


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
            raise BadFile(f"line 1: there is no column {', '.join(lacking)}")
        for row in reader:
            is_whole = None not in row and None not in row.values()
            cells = {name: value.strip() for name, value in row.items()} if is_whole else None
            yield reader.line_num, cells
    except csv.Error as error:
        raise BadFile(f"line {reader.line_num}: {error}") from None
