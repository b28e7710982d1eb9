"""A file that somebody hands in as a dataset: its letters, its lines, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.datasets import MOST_ERRORS, BadDataset, Cell, Dataset, Problem, read_dataset
from participation.errors import Refused

LARGEST = 20 * 1024 * 1024  # bytes
MOST_ROWS = 200_000
# Bytes that stand for Kazakh letters in KZ-1048; in Windows-1251 they would be Serbian or
# Ukrainian ones, which no Kazakh or Russian name has.
KZ1048_BYTES = bytes.fromhex("8d9da1a2a3aaafbabcbdbebf")
CONTROL = {chr(code) for code in range(32)} - set("\t\r\n\x1a")

# The words of datasets.WORDS for the site, and those for what the site alone asks.
WORDS = {
    "columns": _("There is no column %(columns)s."),
    "table": _("The table cannot be read: %(said)s."),
    "cells": _("Another number of cells than the header has."),
    "year": _("The year is “%(given)s”."),
    "empty": _("%(column)s is empty."),
    "long": _("%(column)s is longer than %(most)s letters."),
    "indicator": _("No indicator is called “%(given)s”. There are: %(known)s."),
    "twice": _("The same region, activity, year and indicator as line %(first)s."),
    "value": _("The value “%(given)s” is no number."),
    "levels": _("Mixed levels: %(whole)s stands beside %(part)s, which is a part of it."),
    "nothing": _("The table has no values."),
    "more": _(
        "%(indicator)s %(year)s %(activity)s: the regions sum to %(told)s, more than %(whole)s "
        "of %(nation)s."
    ),
    "less": _(
        "%(indicator)s %(year)s %(activity)s: the regions sum to %(told)s, less than %(whole)s "
        "of %(nation)s."
    ),
    "region": _("No region has the code “%(given)s”."),
    "disclosed": _(
        "Flagged as confidential, and yet there is a value. Leave the cell empty: the file is "
        "published as it is."
    ),
    "rows": _("More than %(most)s lines. Split the file."),
    "no_table": _("There is no table to count: %(region)s and %(nation)s in the same year."),
    "borders": _(
        "The borders of %(region)s changed in %(year)s: earlier years are another series and are "
        "not compared with later ones."
    ),
    "not_there": _("%(region)s did not exist within its present borders in %(year)s."),
}


class UnfitDataset(Refused):
    """Nothing was kept; `problems` are what is wrong, line by line."""

    message = _("The file cannot be taken as it is.")
    way_out = _("Correct what is listed and send the file again.")

    def __init__(self, message: Any = None, *, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = [in_words(problem) for problem in problems]


def in_words(problem: Problem) -> str:
    """In the reader's language, with the line where there is one."""
    told = str(WORDS[problem.code]) % problem.values
    if problem.line is None:
        return told
    return str(_("Line %(line)s: %(problem)s") % {"line": problem.line, "problem": told})


def from_data(warnings: Iterable[dict[str, Any]]) -> list[str]:
    """Warnings as they are stored with a version, in words."""
    return [in_words(Problem(each["code"], each.get("line"), each["values"])) for each in warnings]


def to_data(warnings: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "line": each.line, "values": dict(each.values)} for each in warnings
    ]


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without a mark, UTF-16 with one, KZ-1048, 1251.

    Raises UnfitDataset for a workbook and for what is no text.
    """
    if not content.strip():
        raise UnfitDataset(_("The file is empty."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnfitDataset(_("This is a workbook. Save the sheet as CSV and send that."))
    kazakh = any(byte in KZ1048_BYTES for byte in content)
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "kz1048" if kazakh else "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.isdisjoint(text):
            return text, encoding
    raise UnfitDataset(_("This is no text file: a table in CSV is needed."))


def read(content: bytes, *, nation: str) -> tuple[Dataset, list[Cell], str]:
    """The table, every line of it, and the encoding. Raises UnfitDataset."""
    text, encoding = decode(content)
    if text.count("\n") > MOST_ROWS + 1:
        raise UnfitDataset(problems=[Problem("rows", values={"most": MOST_ROWS})])
    cells: list[Cell] = []
    try:
        dataset = read_dataset(text, nation=nation, cells=cells)
    except BadDataset as error:
        raise UnfitDataset(problems=error.problems) from None
    if dataset.disclosed:
        lines = dataset.disclosed[:MOST_ERRORS]
        raise UnfitDataset(problems=[Problem("disclosed", line) for line in lines])
    return dataset, cells, encoding
