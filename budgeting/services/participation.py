"""Counting who took part, and leaving out what would tell of single people."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from budgeting.ages import age_on, band_of
from budgeting.models import Election, Participation, RegisterLine, RollEntry
from budgeting.small_cells import TOTAL, Cell, gaps_in_list, gaps_in_tables
from participation.models import Residence

SMALLEST = 5
UNKNOWN = "unknown"


class Voter(NamedTuple):
    """What is counted of a person on the roll; `channel` is None for those who did not vote."""

    band: str
    district: str
    channel: str | None
    sex: str = UNKNOWN


def count_participation(*, election: Election) -> Participation:
    """Tables by age, sex, district and channel, of age by sex and of age by district; the same if
    asked again.

    Whoever is on the roll is counted by the residence that holds now, and by the line of the
    register: the roll itself knows neither age nor sex nor place. Only what may be published is
    stored.
    """
    existing = Participation.objects.filter(election=election).first()
    if existing:
        return existing
    voters = list(_voters(election))
    return Participation.objects.create(
        election=election, smallest=SMALLEST, tables=tables_of(voters, SMALLEST)
    )


def tables_of(voters: list[Voter], smallest: int) -> dict[str, Any]:
    """The published tables: numbers of people, None where one was left out.

    Each list has its rows with `key`, `of` (people on the roll, None where that says nothing) and
    `count` (who voted); a table of age by district or by sex is `[band][column]`, and empty where
    one of the lists says all. Where no register tells anybody's sex, nothing is counted by it.
    """
    channels = Counter(str(voter.channel) for voter in voters if voter.channel)
    hidden = gaps_in_list(channels, smallest)
    by_district = _cross(voters, lambda voter: voter.district)
    by_sex = _cross(voters, lambda voter: voter.sex)
    if by_sex.columns == [UNKNOWN]:
        by_sex = _cross([], lambda voter: voter.sex)
    _leave_out(by_district, by_sex, smallest)
    return {
        "age": by_district.list_by(0),
        "district": by_district.list_by(1),
        "sex": by_sex.list_by(1),
        "channel": [_row(key, None, channels[key], key in hidden) for key in sorted(channels)],
        "age_by_district": by_district.printed(),
        "age_by_sex": by_sex.printed(),
    }


@dataclass
class _Cross:
    """People by age and by something else; `gaps` is what is left out of it and of its totals."""

    rows: list[str]
    columns: list[str]
    of: dict[Cell, int]
    voted: dict[Cell, int]
    gaps: set[Cell] = field(default_factory=set)

    @property
    def is_table(self) -> bool:
        """A single line is a list."""
        return min(len(self.rows), len(self.columns)) > 1

    def list_by(self, side: int) -> list[dict[str, Any]]:
        """Totals by band (side 0) or by the other (1)."""
        of, voted = _along(self.of, side), _along(self.voted, side)
        return [
            _row(key, of[key], voted[key], ((TOTAL, key) if side else (key, TOTAL)) in self.gaps)
            for key in (self.columns if side else self.rows)
        ]

    def printed(self) -> dict[str, dict[str, int | None]]:
        if not self.is_table:
            return {}
        return {
            row: {
                column: None if (row, column) in self.gaps else self.voted[row, column]
                for column in self.columns
            }
            for row in self.rows
        }


def _cross(voters: list[Voter], column_of: Callable[[Voter], str]) -> _Cross:
    of = Counter((voter.band, column_of(voter)) for voter in voters)
    voted = Counter((voter.band, column_of(voter)) for voter in voters if voter.channel)
    rows = sorted({row for row, _ in of}, key=_in_order)
    columns = sorted({column for _, column in of}, key=_in_order)
    cells = [(row, column) for row in rows for column in columns]
    return _Cross(
        rows, columns, {cell: of[cell] for cell in cells}, {cell: voted[cell] for cell in cells}
    )


def _leave_out(by_district: _Cross, by_sex: _Cross, smallest: int) -> None:
    """Both have the same totals by age, so that one may not print what the other hides.

    A list of one line says what the turnout says, which is printed anyway.
    """
    tables = [one for one in (by_district, by_sex) if one.is_table]
    if tables:
        gaps = gaps_in_tables([one.voted for one in tables], smallest, [one.of for one in tables])
        for one, found in zip(tables, gaps, strict=True):
            one.gaps |= found
    elif len(by_district.rows) > 1:
        by_district.gaps |= {(band, TOTAL) for band in _gaps_along(by_district, 0, smallest)}
    for one in (by_district, by_sex):
        if not one.is_table and len(one.columns) > 1:
            one.gaps |= {(TOTAL, key) for key in _gaps_along(one, 1, smallest)}
    if not by_district.is_table:
        by_district.gaps |= {(band, TOTAL) for band, column in by_sex.gaps if column == TOTAL}


def _gaps_along(cross: _Cross, side: int, smallest: int) -> set[str]:
    return gaps_in_list(_along(cross.voted, side), smallest, _along(cross.of, side))


def _along(counts: Mapping[Cell, int], side: int) -> Counter[str]:
    totals: Counter[str] = Counter()
    for cell, count in counts.items():
        totals[cell[side]] += count
    return totals


def _row(key: str, of: int | None, count: int, is_hidden: bool) -> dict[str, Any]:
    return {"key": key, "of": of, "count": None if is_hidden else count}


def _voters(election: Election) -> Iterator[Voter]:
    day = timezone.localdate(election.closes_at)
    homes = Residence.objects.filter(person=OuterRef("voter"), valid_to=None)
    lines = RegisterLine.objects.filter(
        person=OuterRef("voter"), register__cycle=election.envelope.cycle_id
    )
    roll = RollEntry.objects.filter(election=election).values_list(
        "channel",
        Subquery(homes.values("born_on")),
        Subquery(homes.values("territory")),
        Subquery(lines.values("sex")),
    )
    for channel, born_on, territory, sex in roll.iterator(chunk_size=5000):
        band = band_of(age_on(born_on, day)) if born_on else UNKNOWN
        yield Voter(band, str(territory or UNKNOWN), channel, sex or UNKNOWN)


def _in_order(key: str) -> tuple[bool, int, str]:
    """By number or by letter; what is unknown comes last."""
    return (key == UNKNOWN, int(key) if key.isdecimal() else 0, key)
