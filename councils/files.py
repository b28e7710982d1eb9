"""The files of the commands: histories of councils, pools, quotas. Forms: docs/formats.md."""

from datetime import date

from councils.composition import SIDES, Seat, problems
from councils.sortition import Quota
from participation.csv_files import BadFile, whole_number, whole_rows


def read_history(text: str) -> list[Seat]:
    """`member,side,from,until`: civil or state; `until` is the first day without the member."""
    seats = []
    for line, row in whole_rows(text, ("member", "side", "from", "until")):
        if row["side"] not in SIDES:
            raise BadFile(f"line {line}: a side is {' or '.join(SIDES)}, not {row['side']!r}")
        if not row["member"]:
            raise BadFile(f"line {line}: member is empty")
        until = _day(row["until"], line) if row["until"] else None
        seats.append(Seat(row["member"], row["side"], _day(row["from"], line), until))
    if wrong := problems(seats):
        raise BadFile(wrong[0])
    return seats


def _day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadFile(f"line {line}: {text[:30]!r} is not a date like 2026-03-16") from None


def read_pool(text: str) -> dict[str, dict[str, str]]:
    """`token` and any attributes: token → attribute → value."""
    people: dict[str, dict[str, str]] = {}
    for line, row in whole_rows(text, ("token",)):
        token = row.pop("token")
        if not token or "," in token:
            raise BadFile(f"line {line}: a token is a word without commas")
        if token in people:
            raise BadFile(f"line {line}: {token} stands there twice")
        people[token] = row
    return people


def read_quotas(text: str) -> list[Quota]:
    """`feature,value,min,max`."""
    return [
        Quota(
            row["feature"],
            row["value"],
            whole_number(row["min"], line),
            whole_number(row["max"], line),
        )
        for line, row in whole_rows(text, ("feature", "value", "min", "max"))
    ]
