"""Lines of a register: what each says, and what is wrong where."""

from collections.abc import Iterator
from datetime import date

import pytest

from budgeting.electorate.register_rows import (
    Fault,
    Reader,
    Row,
    UnreadableRegister,
    read_date,
    text_lines,
)

TODAY = date(2026, 11, 22)
PLACES = {"": 1, "311010000": 2, "taraz": 1}
GOOD = "880101300123"
HEAD = "iin,born_on,district"


def read(*lines: str) -> list[Row | Fault]:
    reader = Reader(hashed=lambda number: b"#" + number.encode(), places=PLACES, today=TODAY)
    return list(reader.rows(iter(lines)))


def test_a_good_line_in_both_ways_of_writing_dates() -> None:
    expected = Row(2, b"#" + GOOD.encode(), date(1988, 1, 1), 2, None, "", "m")
    assert read(HEAD, f"{GOOD},01.01.1988,311010000") == [expected]
    assert read("ИИН;Дата рождения;Район", f"{GOOD};1988-01-01;311010000") == [expected]


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("880101300124,01.01.1988,", "iin", "iin_check"),
        ("88010130012,01.01.1988,", "iin", "iin_form"),
        (f"{GOOD},02.01.1988,", "iin", "iin_date"),
        (f"{GOOD},31.02.1988,", "born_on", "date_form"),
        (f"{GOOD},01.01.2088,", "born_on", "future"),
        (f"{GOOD},01.01.1888,", "born_on", "too_old"),
        (f"{GOOD},01.01.1988,999", "district", "unknown_district"),
        (f"{GOOD},01.01.1988", "", "cells"),
        (",01.01.1988,", "iin", "iin_form"),
    ],
)
def test_what_is_wrong_where(line: str, column: str, problem: str) -> None:
    assert read(HEAD, line) == [Fault(2, column, problem)]


def test_hashes_instead_of_numbers() -> None:
    head = "iin_hash,born_on"
    assert read(head, "ab" * 32 + ",01.01.1988") == [
        Row(2, b"\xab" * 32, date(1988, 1, 1), 1, None, "", "")
    ]
    assert read(head, "ab" * 31 + ",01.01.1988") == [Fault(2, "iin_hash", "hash_form")]


def test_since_and_household() -> None:
    head = "iin,born_on,lives_since,household"
    (row,) = read(head, f"{GOOD},01.01.1988,05.06.2020,17/4")
    assert isinstance(row, Row)
    assert (row.lives_since, row.household) == (date(2020, 6, 5), "17/4")
    assert read(head, f"{GOOD},01.01.1988,05.06.1987,") == [Fault(2, "lives_since", "since_date")]
    assert read(head, f"{GOOD},01.01.1988,,{'x' * 31}") == [Fault(2, "household", "too_long")]


def test_sex_is_what_the_column_says_or_else_the_number() -> None:
    head = "iin,born_on,sex"
    rows = read(head, *(f"{GOOD},01.01.1988,{word}" for word in ("", "Ж.", "female", "м", "ер")))
    assert [row.sex for row in rows if isinstance(row, Row)] == ["m", "f", "f", "m", "m"]
    assert read(head, f"{GOOD},01.01.1988,x") == [Fault(2, "sex", "sex_form")]
    (row,) = read("iin_hash,born_on,Пол", "ab" * 32 + ",01.01.1988,ж")
    assert isinstance(row, Row)
    assert row.sex == "f"


def test_an_empty_line_is_nobody_and_lines_keep_their_numbers() -> None:
    assert read(HEAD, "", f"{GOOD},01.01.1988") == [Fault(3, "", "cells")]


def test_a_quotation_mark_swallows_no_line() -> None:
    found = read(HEAD, f'"{GOOD},01.01.1988,', f"{GOOD},01.01.1988,")
    assert [type(row) for row in found] == [Row, Row]


def test_without_its_columns_nothing_is_read() -> None:
    with pytest.raises(UnreadableRegister) as refused:
        read("name,district", "x,y")
    assert refused.value.columns == ("iin", "born_on")
    with pytest.raises(UnreadableRegister, match="empty"):
        read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_text_in_pieces_of_any_size(encoding: str) -> None:
    data = "ИИН;Үй\r\n1;а\n2;б".replace("Ү", "У").encode(encoding)

    def pieces(size: int) -> Iterator[bytes]:
        yield data[:16]
        for start in range(16, len(data), size):
            yield data[start : start + size]

    for size in (1, 2, 100):
        assert [line.rstrip("\r") for line in text_lines(pieces(size))] == ["ИИН;Уй", "1;а", "2;б"]


def test_no_line_is_endless() -> None:
    with pytest.raises(UnreadableRegister, match="no_table"):
        list(text_lines(b"x" * 1000 for _ in range(200)))


@pytest.mark.parametrize("text", ["", "1.1.1988", "01/01/1988", "1988-13-01", "yesterday"])
def test_no_date(text: str) -> None:
    assert read_date(text) is None
