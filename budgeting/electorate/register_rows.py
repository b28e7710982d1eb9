"""A register of residents, read line by line: what each says, or what is wrong with it.

Columns: `iin` (twelve digits) or `iin_hash` (64 hexadecimal digits), `born_on`, `district`, and, if
the sender likes, `lives_since`, `household` (a number of the sender's own lists) and `sex`.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from budgeting.electorate import iin

IIN, HASH, BORN, DISTRICT, SINCE, HOUSEHOLD, SEX = (
    "iin", "iin_hash", "born_on", "district", "lives_since", "household", "sex",
)  # fmt: skip
COLUMNS = (IIN, HASH, BORN, DISTRICT, SINCE, HOUSEHOLD, SEX)
ALIASES = {
    "жсн": IIN, "иин": IIN,
    "туған күні": BORN, "дата рождения": BORN, "birth_date": BORN,
    "аудан": DISTRICT, "район": DISTRICT,
    "тіркелген күні": SINCE, "дата регистрации": SINCE,
    "үй": HOUSEHOLD, "домохозяйство": HOUSEHOLD,
    "жынысы": SEX, "пол": SEX, "gender": SEX,
}  # fmt: skip
SEXES = {
    "f": iin.FEMALE, "female": iin.FEMALE, "ж": iin.FEMALE, "жен": iin.FEMALE, "ә": iin.FEMALE,
    "әйел": iin.FEMALE, "m": iin.MALE, "male": iin.MALE, "м": iin.MALE, "муж": iin.MALE,
    "е": iin.MALE, "ер": iin.MALE,
}  # fmt: skip
OLDEST = date(1900, 1, 1)
LONGEST_HOUSEHOLD = 30
LONGEST_LINE = 500  # characters
_HEXADECIMAL = set("0123456789abcdefABCDEF")


class UnreadableRegister(ValueError):
    """Nothing can be read: `problem` is a code, `columns` those that are missing."""

    def __init__(self, problem: str, columns: tuple[str, ...] = ()) -> None:
        self.problem, self.columns = problem, columns
        super().__init__(f"{problem}: {', '.join(columns)}")


@dataclass(slots=True)
class Row:
    """One good line; `place` is what the caller keeps for its district."""

    line: int
    iin_hash: bytes
    born_on: date
    place: int
    lives_since: date | None
    household: str
    sex: str


@dataclass(slots=True)
class Fault:
    """What is wrong where; the value itself is not kept."""

    line: int
    column: str
    problem: str


def text_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines of a file that comes in pieces: UTF-8, or Windows-1251 as old programs write."""
    decoder = None
    rest = ""
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding_of(chunk))(errors="replace")
        rest += decoder.decode(chunk)
        *lines, rest = rest.split("\n")
        yield from lines
        if len(rest) > 100_000:
            raise UnreadableRegister("no_table")
    if rest.strip():
        yield rest


def _encoding_of(start: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # a letter may be cut at the end
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"


class _Wrong(Exception):
    def __init__(self, column: str, problem: str) -> None:
        self.column, self.problem = column, problem


class Reader:
    """Reads rows of one register. `hashed` turns a number into what is kept of it."""

    def __init__(
        self, *, hashed: Callable[[str], bytes], places: Mapping[str, int], today: date
    ) -> None:
        self._hashed, self._places, self._today = hashed, places, today
        self._dates: dict[str, date | None] = {}

    def rows(self, lines: Iterator[str]) -> Iterator[Row | Fault]:
        """Every line after the header once, good or not. Raises UnreadableRegister."""
        header = next(lines, "").strip()
        if not header:
            raise UnreadableRegister("empty")
        delimiter = max(",;\t", key=header.count)
        order = self._columns(next(csv.reader([header], delimiter=delimiter)))
        # Quotation marks may not hide the end of a line: one line is one person.
        number = 1
        for cells in csv.reader(_short(lines), delimiter=delimiter):
            number += 1
            if cells and any(cells):
                yield self._read(number, order, cells)

    def _columns(self, names: list[str]) -> list[str]:
        plain = [name.strip().casefold() for name in names]
        order = [ALIASES.get(name, name) for name in plain]
        lacking = [BORN] if BORN not in order else []
        if IIN not in order and HASH not in order:
            lacking.insert(0, IIN)
        if lacking:
            raise UnreadableRegister("no_column", tuple(lacking))
        return order

    def _read(self, line: int, order: list[str], cells: list[str]) -> Row | Fault:
        if len(cells) != len(order):
            return Fault(line, "", "cells")
        said = {name: cell.strip() for name, cell in zip(order, cells, strict=True)}
        try:
            return self._row(line, said)
        except _Wrong as wrong:
            return Fault(line, wrong.column, wrong.problem)

    def _row(self, line: int, said: dict[str, str]) -> Row:
        born_on = self._birth(said[BORN])
        kept = self._number(said, born_on)
        place = self._places.get(said.get(DISTRICT, "").casefold())
        if place is None:
            raise _Wrong(DISTRICT, "unknown_district")
        since = self._since(said.get(SINCE, ""), born_on)
        household = said.get(HOUSEHOLD, "")
        if len(household) > LONGEST_HOUSEHOLD or not household.isprintable():
            raise _Wrong(HOUSEHOLD, "too_long")
        return Row(line, kept, born_on, place, since, household, self._sex(said))

    def _sex(self, said: dict[str, str]) -> str:
        """What the column says; where it says nothing, what the number does."""
        if word := said.get(SEX, "").rstrip(".").casefold():
            if word not in SEXES:
                raise _Wrong(SEX, "sex_form")
            return SEXES[word]
        number = said.get(IIN, "")
        return iin.sex_of(number) if number else iin.UNSAID

    def _birth(self, text: str) -> date:
        born_on = self._date(text)
        if born_on is None:
            raise _Wrong(BORN, "date_form")
        if born_on > self._today:
            raise _Wrong(BORN, "future")
        if born_on < OLDEST:
            raise _Wrong(BORN, "too_old")
        return born_on

    def _number(self, said: dict[str, str], born_on: date) -> bytes:
        number = said.get(IIN, "")
        if number or HASH not in said:
            if fault := iin.fault_of(number, born_on):
                raise _Wrong(IIN, fault)
            return self._hashed(number)
        if len(said[HASH]) != 64 or not set(said[HASH]) <= _HEXADECIMAL:
            raise _Wrong(HASH, "hash_form")
        return bytes.fromhex(said[HASH])

    def _since(self, text: str, born_on: date) -> date | None:
        if not text:
            return None
        since = self._date(text)
        if since is None or not born_on <= since <= self._today:
            raise _Wrong(SINCE, "since_date")
        return since

    def _date(self, text: str) -> date | None:
        if text not in self._dates:
            if len(self._dates) > 50_000:
                self._dates.clear()
            self._dates[text] = read_date(text)
        return self._dates[text]


def _short(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line[:LONGEST_LINE].replace('"', "").rstrip("\r")


def read_date(text: str) -> date | None:
    """27.03.1990 or 1990-03-27; None for anything else."""
    try:
        if len(text) == 10 and text[2] == text[5] == ".":
            return date(int(text[6:]), int(text[3:5]), int(text[:2]))
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
