"""Reading places without a database: our own table, the KATO classifier, alphabets, Latin slugs.

KATO codes are nine digits, AB CD EF HIJ: AB the region or city of national significance, CD the
district or city, EF the rural okrug or town administration, HIJ the settlement.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_NATIONAL_CITIES = {"71", "75", "79"}


# --- Our own table --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """One row of our own table; `parent` and `predecessor` are slugs, empty for none."""

    slug: str
    kind: str
    name_kk: str
    name_ru: str
    name_en: str
    parent: str = ""
    kato: str = ""
    iso_code: str = ""
    iso_before_2022: str = ""
    centre_kk: str = ""
    centre_ru: str = ""
    centre_en: str = ""
    valid_from: date | None = None
    predecessor: str = ""
    population: int | None = None
    population_on: date | None = None
    country: str = "KZ"


@cache
def our_places() -> tuple[Place, ...]:
    """The country, its 20 first-level units, the districts we know, and places abroad."""
    table = json.loads((DATA / "regions.json").read_text(encoding="utf-8"))
    slug_of = {row["iso"]: row["slug"] for row in table["regions"]}
    places = [_place(table["country"], kind="country", parent="", predecessor="")]
    for row in table["regions"]:
        predecessor = slug_of.get(row["split_from"], "")
        places.append(_place(row, kind=row["kind"], parent="kazakhstan", predecessor=predecessor))
    with (DATA / "districts.csv").open(encoding="utf-8", newline="") as file:
        places.extend(_local_place(row) for row in csv.DictReader(file))
    return tuple(places)


def _place(row: dict[str, Any], *, kind: str, parent: str, predecessor: str) -> Place:
    centre = row["centre"] or {"kk": "", "ru": "", "en": ""}
    return Place(
        slug=row["slug"],
        kind=kind,
        name_kk=row["kk"],
        name_ru=row["ru"],
        name_en=row["en"],
        parent=parent,
        kato=row.get("kato", ""),
        iso_code=row["iso"],
        iso_before_2022=row.get("iso_before_2022", ""),
        centre_kk=centre["kk"],
        centre_ru=centre["ru"],
        centre_en=centre["en"],
        valid_from=_date(row.get("valid_from")),
        predecessor=predecessor,
        population=row["population"],
        population_on=_date(row["population_on"]),
    )


def _local_place(row: dict[str, str]) -> Place:
    return Place(
        slug=row["slug"],
        kind=row["kind"],
        name_kk=row["name_kk"],
        name_ru=row["name_ru"],
        name_en=row["name_en"],
        parent=row["parent"],
        kato=row["kato"],
        country=row["country"],
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Shape:
    """The outline of a region on a map 1000 units wide, and where its label and mark stand."""

    iso_code: str
    path: str
    x: int
    y: int

    @property
    def anchor(self) -> str:
        """Towards which side a label may grow without leaving the map."""
        if self.x < 200:
            return "start"
        return "end" if self.x > 800 else "middle"

    @property
    def label_x(self) -> int:
        return {"start": max(10, self.x - 120), "end": min(990, self.x + 120)}.get(
            self.anchor, self.x
        )


@cache
def shapes() -> dict[str, Shape]:
    """Outlines by ISO 3166-2 code, in the order in which they are drawn (cities last)."""
    drawing = (DATA / "regions.svg").read_text(encoding="utf-8")
    found = re.findall(r'<path id="([^"]+)" data-label="(\d+) (\d+)" d="([^"]+)"/>', drawing)
    return {code: Shape(code, path, int(x), int(y)) for code, x, y, path in found}


# --- Alphabets ------------------------------------------------------------------------------------

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(f" 0123456789{_LATIN}{KAZAKH_ALPHABET}")}
_GENERIC_RU = re.compile(r"^(область|город|район|г\.)\s*", re.IGNORECASE)


def alphabetical(name: str, language: str) -> tuple[list[int], str]:
    """Sort key for `language`; needed because the database knows no Kazakh collation.

    Kazakh letters stand at their own places (Ә after А). In Russian Ё counts as Е and the
    leading word for "region", "city" or "district" does not count; in English accents do not.
    """
    text = name.casefold()
    if language == "ru":
        text = _GENERIC_RU.sub("", text).replace("ё", "е")
    elif language == "en":
        text = "".join(c for c in unicodedata.normalize("NFD", text) if c.isascii())
    text = text.replace("-", " ")
    return [_RANK[letter] for letter in text if letter in _RANK], name


_TRANSLITERATION = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфэ", "abvgdeziiklmnoprstufe", strict=True)),
        **dict(zip("әғқңөұүһыі", "agknouuhyi", strict=True)),
        **{"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"},
        **{"ю": "yu", "я": "ya", "ъ": "", "ь": ""},
    }
)
# What kind of place it is, as the classifier abbreviates or spells it around the proper name.
_TYPE_BEFORE = re.compile(r"^(г\.а\.|г\.|қ\.|п\.|к\.|с\.|а\.|ст\.|рзд\.|бекет\w*)\s*")
_TYPE_AFTER = re.compile(
    r"\s*(қ\.ә\.?|к\.ә\.?|а\.о\.?|с\.о\.?|г\.а\.?|п\.а\.?|қ\.|а\.|к\.|ст\.|рзд\.|облысы|область|"
    r"қаласы|ауданы|район|ауылдық округі|сельский округ|кенті|ауылы)$"
)


def latin(text: str) -> str:
    """Lower-case Latin letters, digits and single hyphens; empty if nothing is left."""
    text = text.casefold().translate(_TRANSLITERATION)
    text = unicodedata.normalize("NFD", text)
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in text if c.isascii())).strip("-")


def proper_name(name: str) -> str:
    """The name without the words that only say what kind of place it is."""
    name = name.casefold().strip()
    return _TYPE_AFTER.sub("", _TYPE_BEFORE.sub("", name)) or name


# --- The KATO classifier --------------------------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    line: int
    message: str


@dataclass(frozen=True)
class KatoRow:
    line: int
    code: str
    name_kk: str
    name_ru: str

    @property
    def kind(self) -> str:
        """A value of Territory.Kind, from the code first and from the name where codes do not."""
        region, district, okrug, settlement = split_code(self.code)
        if district == "00":
            return "national_city" if region in _NATIONAL_CITIES else "region"
        of_a_city = region in _NATIONAL_CITIES or okrug.startswith("1")
        if "ауданы" in self.name_kk.casefold() or "район" in self.name_ru.casefold():
            if of_a_city:
                return "city_district"
            if okrug == "00":
                return "district"
        if settlement != "000":
            is_town = re.match(r"г\.(?!а\.)|город\b", self.name_ru.casefold())
            return "town" if is_town else "settlement"
        if region in _NATIONAL_CITIES:
            return "city_district"
        return "city" if okrug == "00" or of_a_city else "rural_okrug"

    @property
    def parents(self) -> list[str]:
        """Codes under which this one may stand, nearest first: the first that exists is it."""
        region, district, okrug, settlement = split_code(self.code)
        codes = []
        if settlement != "000":
            codes.append(f"{region}{district}{okrug}000")
        if okrug.startswith("1"):
            codes.append(f"{region}{district}10000")
        if okrug != "00":
            codes.append(f"{region}{district}00000")
        if district != "00":
            codes.append(f"{region}0000000")
        return [code for code in codes if code != self.code]

    @property
    def slug_base(self) -> str:
        base = latin(proper_name(self.name_kk))[:40].strip("-") or f"kato-{self.code}"
        return f"{base}-okrug" if self.kind == "rural_okrug" else base


def split_code(code: str) -> tuple[str, str, str, str]:
    return code[:2], code[2:4], code[4:6], code[6:]


_COLUMNS = {
    "code": {"te", "kato", "code", "код"},
    "ab": {"ab"},
    "cd": {"cd"},
    "ef": {"ef"},
    "hij": {"hij"},
    "name_kk": {"kaz_name", "name_kaz", "name_kk", "kk"},
    "name_ru": {"rus_name", "name_rus", "name_ru", "ru"},
}
_PARTS = (("ab", 2), ("cd", 2), ("ef", 2), ("hij", 3))
# Bytes that stand for Kazakh letters in KZ-1048; in Windows-1251 they would be Serbian or
# Ukrainian ones, which no Kazakh or Russian name has.
_KZ1048_BYTES = bytes.fromhex("8d9da1a2a3aaafbabcbdbebf")


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one (Excel's "Unicode text"), KZ-1048 or 1251."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        kazakh = any(byte in _KZ1048_BYTES for byte in content)
        return content.decode("kz1048" if kazakh else "cp1251", errors="replace")


def read_kato(content: bytes) -> tuple[list[KatoRow], list[Problem]]:
    """The rows of the classifier and what is wrong with it, line by line."""
    if content.startswith(b"PK\x03\x04"):
        return [], [Problem(1, "this is an Excel workbook; save the sheet as CSV UTF-8 first")]
    text = decode(content)
    first_line = text.lstrip().partition("\n")[0]
    delimiter = max(";\t,", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[KatoRow] = []
    problems: list[Problem] = []
    line_of: dict[str, int] = {}
    columns: dict[str, int] = {}
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns, is_header = _columns(cells)
                if not columns:
                    return [], [Problem(reader.line_num, _NO_COLUMNS)]
                if is_header:
                    continue
            row = _read_row(reader.line_num, cells, columns)
            if row.code == "000000000":
                continue
            found = [*_problems(row, line_of), *_contradictions(row, cells, columns)]
            problems.extend(Problem(row.line, message) for message in found)
            line_of.setdefault(row.code, row.line)
            rows.append(row)
    except csv.Error as error:
        problems.append(Problem(reader.line_num, f"not CSV: {error}"))
    if not rows and not problems:
        problems.append(Problem(1, "the file has no rows"))
    return rows, problems


_NO_COLUMNS = (
    "columns not recognised; expected te (or ab, cd, ef, hij) with kaz_name and rus_name, "
    "or three columns: code, name in Kazakh, name in Russian"
)


def _columns(cells: list[str]) -> tuple[dict[str, int], bool]:
    """Where each known column stands (empty if not enough are known), and if this is a header."""
    if len(cells) >= 3 and re.fullmatch(r"\d{9}", cells[0].strip()):
        return {"code": 0, "name_kk": 1, "name_ru": 2}, False
    headings = [cell.strip().casefold() for cell in cells]
    columns = {
        name: index
        for index, heading in enumerate(headings)
        for name, aliases in _COLUMNS.items()
        if heading in aliases
    }
    has_code = "code" in columns or all(part in columns for part, _ in _PARTS)
    return (columns if has_code and {"name_kk", "name_ru"} <= columns.keys() else {}), True


def _read_row(line: int, cells: list[str], columns: dict[str, int]) -> KatoRow:
    def cell(name: str) -> str:
        index = columns.get(name)
        return " ".join(cells[index].split()) if index is not None and index < len(cells) else ""

    code = cell("code") if "code" in columns else _composed(cells, columns)
    name_kk, name_ru = cell("name_kk"), cell("name_ru")
    return KatoRow(line, code, name_kk or name_ru, name_ru or name_kk)


def _composed(cells: list[str], columns: dict[str, int]) -> str:
    """The code from its parts; spreadsheets drop their leading zeros."""
    parts = [(columns.get(name, len(cells)), width) for name, width in _PARTS]
    return "".join(cells[at].strip().zfill(width) if at < len(cells) else "" for at, width in parts)


def _contradictions(row: KatoRow, cells: list[str], columns: dict[str, int]) -> Iterator[str]:
    if "code" in columns and all(part in columns for part, _ in _PARTS):
        composed = _composed(cells, columns)
        if composed != row.code:
            yield f"te is {row.code!r}, but ab, cd, ef and hij make {composed!r}"


def _problems(row: KatoRow, line_of: dict[str, int]) -> Iterator[str]:
    if not re.fullmatch(r"[0-9]{9}", row.code) or row.code.startswith("00"):
        yield f"{row.code!r} is not a KATO code (nine digits)"
    elif row.code in line_of:
        yield f"the code {row.code} already stands on line {line_of[row.code]}"
    if not row.name_kk:
        yield "no name"
    for name in (row.name_kk, row.name_ru):
        if len(name) > 200:
            yield f"the name {name[:30]!r}… is longer than 200 characters"
        elif "?" in name or "\ufffd" in name:
            yield f"letters are lost in {name!r}; save the sheet as CSV UTF-8"
