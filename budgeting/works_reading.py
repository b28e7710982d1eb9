"""What pages show of works and of who took part: read once, in a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgeting.ages import BANDS
from budgeting.models import Award, Cycle, Election, Participation, RegisterLine, Work
from budgeting.services.participation import UNKNOWN
from participation.models import Territory

YEARS_OF_ARCHIVE = 5
TONES = {"under_way": "ok", "done": "ok", "stopped": "bad", "planned": ""}


@dataclass(frozen=True)
class WorkRow:
    """A winner in the list of works. Money in whole units; `days_late` on `today`."""

    work: Any
    today: date

    @property
    def title(self) -> str:
        return str(self.work.award.proposal.dossier.title)

    @property
    def tone(self) -> str:
        return "warn" if self.days_late else TONES[self.work.state]

    @property
    def days_late(self) -> int:
        """Days that the next milestone is overdue; 0 where none is, or the work rests."""
        due = self.work.next_due_on
        if due is None or self.work.state in (Work.State.DONE, Work.State.STOPPED):
            return 0
        return max(int((self.today - due).days), 0)

    @property
    def spent_percent(self) -> int:
        share: float = 100 * self.work.spent / self.work.planned
        return round(share)


@dataclass(frozen=True)
class WorksTotal:
    number: int
    done: int
    late: int
    planned: int
    contracted: int
    spent: int


def rows_of_works(works: Iterable[Work]) -> list[WorkRow]:
    today = timezone.localdate()
    return [WorkRow(work, today) for work in works]


def works_of(cycle: Cycle) -> list[WorkRow]:
    """In the order of envelopes and of the count."""
    works = Work.objects.for_display().filter(award__proposal__cycle=cycle)
    return rows_of_works(works.order_by("award__proposal__envelope__number", "award__position"))


def total_of(rows: list[WorkRow]) -> WorksTotal:
    return WorksTotal(
        number=len(rows),
        done=sum(row.work.state == Work.State.DONE for row in rows),
        late=sum(row.days_late > 0 for row in rows),
        planned=sum(row.work.planned for row in rows),
        contracted=sum(row.work.contracted for row in rows),
        spent=sum(row.work.spent for row in rows),
    )


@dataclass(frozen=True)
class StatisticsRow:
    """`count` is None where it was left out; `of` None where nothing is compared."""

    label: str
    of: int | None
    count: int | None

    @property
    def percent(self) -> float | None:
        if self.count is None or not self.of:
            return None
        return round(100 * self.count / self.of, 1)


@dataclass(frozen=True)
class CrossTable:
    """Who voted, by age and by something else; None where a number was left out."""

    columns: list[str]
    rows: list[tuple[str, list[tuple[str, int | None]]]]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def has_gaps(self) -> bool:
        return any(count is None for _band, cells in self.rows for _name, count in cells)


@dataclass(frozen=True)
class Statistics:
    """The published tables of one vote, named for readers."""

    election: Election
    smallest: int
    ages: list[StatisticsRow]
    sexes: list[StatisticsRow]
    districts: list[StatisticsRow]
    channels: list[StatisticsRow]
    age_by_sex: CrossTable
    age_by_district: CrossTable

    @property
    def has_gaps(self) -> bool:
        rows = [*self.ages, *self.sexes, *self.districts, *self.channels]
        tables = self.age_by_sex.has_gaps or self.age_by_district.has_gaps
        return tables or None in [row.count for row in rows]


def participations_of(cycle: Cycle) -> QuerySet[Participation]:
    """Who took part in each published vote of a cycle, by envelope."""
    return (
        Participation.objects.filter(
            election__envelope__cycle=cycle, election__state=Election.State.PUBLISHED
        )
        .select_related("election__envelope")
        .order_by("election__envelope__number")
    )


def statistics_of(found: Iterable[Participation]) -> list[Statistics]:
    """As tables with names: one query for those of the places."""
    found = list(found)
    keys = {row["key"] for one in found for row in one.tables["district"]} - {UNKNOWN}
    places = Territory.objects.in_bulk([int(key) for key in keys])
    names = {str(pk): str(place) for pk, place in places.items()}
    return [_statistics(one, names) for one in found]


def _statistics(one: Participation, names: dict[str, str]) -> Statistics:
    tables = one.tables
    return Statistics(
        election=one.election,
        smallest=one.smallest,
        ages=[_row(row, band_name(row["key"])) for row in tables["age"]],
        # Votes counted before registers told it have no table by sex.
        sexes=[_row(row, sex_name(row["key"])) for row in tables.get("sex", [])],
        districts=[_row(row, _place(row["key"], names)) for row in tables["district"]],
        channels=[_row(row, channel_name(row["key"])) for row in tables["channel"]],
        age_by_sex=_crossed(tables.get("age_by_sex", {}), sex_name),
        age_by_district=_crossed(tables["age_by_district"], lambda key: _place(key, names)),
    )


def _crossed(table: dict[str, dict[str, int | None]], name_of: Callable[[str], str]) -> CrossTable:
    rows = [
        (band_name(band), [(name_of(key), count) for key, count in cells.items()])
        for band, cells in table.items()
    ]
    return CrossTable([name for name, _ in rows[0][1]] if rows else [], rows)


def _row(row: dict[str, Any], label: str) -> StatisticsRow:
    return StatisticsRow(label, row["of"], row["count"])


def _place(key: str, names: dict[str, str]) -> str:
    return names.get(key) or pgettext("place of residence", "Not known")


def band_name(key: str) -> str:
    if key == UNKNOWN:
        return pgettext("age", "Not known")
    first = int(key)
    if first == BANDS[-1]:
        return _("%(age)s and older") % {"age": first}
    last = BANDS[BANDS.index(first) + 1] - 1
    return f"{first}–{last}"


def sex_name(key: str) -> str:
    if key == UNKNOWN:
        return pgettext("sex", "Not known")
    return str(RegisterLine.Sex(key).label)


def channel_name(key: str) -> str:
    names = {"web": pgettext("way of voting", "On the web"), "paper": _("On paper")}
    return names.get(key, key)


@dataclass(frozen=True)
class ArchiveYear:
    """One cycle in the archive."""

    cycle: Cycle
    amount: int
    winners: int
    done: int
    spent: int
    voters: int


def archive() -> list[ArchiveYear]:
    """Decided cycles of the last five years of works, newest first: seven queries, however many."""
    newest = Cycle.objects.published().aggregate(newest=Max("year"))["newest"]
    if newest is None:
        return []
    decided = (
        Cycle.objects.published()
        .for_display()
        .filter(
            year__gt=newest - YEARS_OF_ARCHIVE,
            envelopes__election__state=Election.State.PUBLISHED,
        )
        .distinct()
        .order_by("-year", "slug")
    )
    cycles = list(decided)
    works = _by_cycle(
        Work.objects.filter(award__proposal__cycle__in=cycles),
        "award__proposal__cycle",
        done=Count("pk", filter=Q(state=Work.State.DONE)),
    )
    spent = _by_cycle(
        Work.objects.filter(award__proposal__cycle__in=cycles, money__kind="spent"),
        "award__proposal__cycle",
        spent=Sum("money__amount"),
    )
    votes = _by_cycle(
        Election.objects.filter(envelope__cycle__in=cycles, state=Election.State.PUBLISHED),
        "envelope__cycle",
        voters=Sum("ballot_file__number_of_ballots"),
    )
    won = _by_cycle(
        Award.objects.filter(proposal__cycle__in=cycles), "proposal__cycle", winners=Count("pk")
    )
    return [
        ArchiveYear(
            cycle=cycle,
            amount=sum(envelope.amount for envelope in cycle.envelopes.all()),
            winners=won.get(cycle.pk, {}).get("winners", 0),
            done=works.get(cycle.pk, {}).get("done", 0),
            spent=spent.get(cycle.pk, {}).get("spent", 0),
            voters=votes[cycle.pk]["voters"] or 0,
        )
        for cycle in cycles
    ]


def _by_cycle(rows: Any, cycle: str, **sums: Any) -> dict[int, dict[str, Any]]:
    return {row[cycle]: row for row in rows.values(cycle).annotate(**sums).order_by(cycle)}
