"""Commands for analysts: a file in, a table or JSON out, and one line with exit code 2 if not.

They need no database: the numbers come from the same pure modules that the site calls.
"""

import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

EXIT_BAD_INPUT = 2
LARGEST_FILE = 200 * 1024 * 1024


class BadInput(ValueError):
    """What is wrong with a file, in one line; the number of the line where there is one."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {problem}" if line else problem)


class OneLineCommand(BaseCommand):
    """Complains in one line with exit code 2, about a wrong option as about a wrong file."""

    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self.refuse  # type: ignore[method-assign]
        return parser

    def refuse(self, message: str) -> NoReturn:
        self.stderr.write(" ".join(message.split()), style_func=str)
        sys.exit(EXIT_BAD_INPUT)


class FileCommand(OneLineCommand, ABC):
    """Subclasses say what they read and return from `result` what is to be printed."""

    reads = "FILE"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar=self.reads, type=Path)
        parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
        self.add_options(parser)

    def add_options(self, parser: CommandParser) -> None:
        """Further options of a command."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = self.result(options.pop("file"), **options)
        except (OSError, ValueError, RecursionError) as error:
            self.refuse(_in_words(error))
        if options["json"]:
            self.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(self.told(found))

    @abstractmethod
    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        """Raises ValueError for a bad file."""

    @abstractmethod
    def told(self, found: dict[str, Any]) -> str:
        """The result for people."""


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, RecursionError):
        return "the file is nested too deeply"
    return str(error)


def read_text(file: Path) -> str:
    """The text of a file in UTF-8 (with or without a mark) or, as old tables are, Windows-1251.

    Raises BadInput if it is larger than 200 MB or is no text at all.
    """
    if file.stat().st_size > LARGEST_FILE:
        raise BadInput(f"{file.name} is larger than {LARGEST_FILE // 1024**2} MB")
    data = file.read_bytes()
    if b"\0" in data:
        raise BadInput(f"{file.name} is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1251")
    except UnicodeDecodeError:
        raise BadInput(f"{file.name} is written neither in UTF-8 nor in Windows-1251") from None


def plain(value: Any) -> Any:
    """For JSON: fractions as numbers with six decimals, whole where they are whole."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else round(float(value), 6)
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Columns in line; numbers to the right, with at most four decimals."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if not place else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction | float):
        return f"{float(value):.4f}".rstrip("0").rstrip(".")
    return str(value)
