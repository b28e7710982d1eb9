"""Counting who took part, and leaving out what would tell of single people."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from budgeting.ages import age_on, band_of
from budgeting.models import Election, Participation, RollEntry
from budgeting.small_cells import TOTAL, Cell, gaps_in_list, gaps_in_table
from participation.models import Residence

SMALLEST = 5
UNKNOWN = "unknown"


class Voter(NamedTuple):
    """What is counted of a person on the roll; `channel` is None for those who did not vote."""

    band: str
    district: str
    channel: str | None


def count_participation(*, election: Election) -> Participation:
    """Tables by age, district and channel, and of age by district; the same if asked again.

    Whoever is on the roll is counted by the residence that holds now: the roll itself knows
    neither age nor place. Only what may be published is stored.
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
    `count` (who voted); the table of age by district is `[band][district]`, and empty where one
    of the lists says all.
    """
    of = Counter((voter.band, voter.district) for voter in voters)
    voted = Counter((voter.band, voter.district) for voter in voters if voter.channel)
    channels = Counter(str(voter.channel) for voter in voters if voter.channel)
    bands = sorted({band for band, _ in of}, key=_in_order)
    districts = sorted({district for _, district in of}, key=_in_order)
    gaps = _gaps(bands, districts, voted, of, smallest)
    hidden = gaps_in_list(channels, smallest)
    by_district = {
        band: {
            district: None if (band, district) in gaps else voted[band, district]
            for district in districts
        }
        for band in bands
    }
    return {
        "age": [
            _row(band, _along(of, 0)[band], _along(voted, 0)[band], (band, TOTAL) in gaps)
            for band in bands
        ],
        "district": [
            _row(place, _along(of, 1)[place], _along(voted, 1)[place], (TOTAL, place) in gaps)
            for place in districts
        ],
        "channel": [_row(key, None, channels[key], key in hidden) for key in sorted(channels)],
        "age_by_district": by_district if min(len(bands), len(districts)) > 1 else {},
    }


def _gaps(
    bands: list[str], districts: list[str], voted: Counter[Cell], of: Counter[Cell], smallest: int
) -> set[Cell]:
    """A list of one line says what the turnout says, which is printed anyway."""
    if min(len(bands), len(districts)) > 1:
        cells = [(band, district) for band in bands for district in districts]
        return gaps_in_table(
            {cell: voted[cell] for cell in cells}, smallest, {cell: of[cell] for cell in cells}
        )
    if len(bands) > 1:
        return {(band, TOTAL) for band in _gaps_along(0, bands, voted, of, smallest)}
    if len(districts) > 1:
        return {(TOTAL, place) for place in _gaps_along(1, districts, voted, of, smallest)}
    return set()


def _gaps_along(
    side: int, keys: list[str], voted: Counter[Cell], of: Counter[Cell], smallest: int
) -> set[str]:
    votes, people = _along(voted, side), _along(of, side)
    return gaps_in_list({key: votes[key] for key in keys}, smallest, people)


def _along(counts: Counter[Cell], side: int) -> Counter[str]:
    """The totals by band (side 0) or by district (1)."""
    totals: Counter[str] = Counter()
    for cell, count in counts.items():
        totals[cell[side]] += count
    return totals


def _row(key: str, of: int | None, count: int, is_hidden: bool) -> dict[str, Any]:
    return {"key": key, "of": of, "count": None if is_hidden else count}


def _voters(election: Election) -> Iterator[Voter]:
    day = timezone.localdate(election.closes_at)
    homes = Residence.objects.filter(person=OuterRef("voter"), valid_to=None)
    roll = RollEntry.objects.filter(election=election).values_list(
        "channel", Subquery(homes.values("born_on")), Subquery(homes.values("territory"))
    )
    for channel, born_on, territory in roll.iterator(chunk_size=5000):
        band = band_of(age_on(born_on, day)) if born_on else UNKNOWN
        yield Voter(band, str(territory or UNKNOWN), channel)


def _in_order(key: str) -> tuple[bool, int, str]:
    """By number; what is unknown comes last."""
    return (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)
