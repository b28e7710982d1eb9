"""A year's money of a council in sums: exact, in whole tenge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from councils.models import BudgetLine, Council, ExpenseClaim

State = ExpenseClaim.State


@dataclass(frozen=True)
class LineSum:
    """`granted` is approved, whether or not it is paid."""

    line: BudgetLine
    granted: int
    paid: int

    @property
    def left(self) -> int:
        """Negative over the line."""
        return self.line.planned - self.granted

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def share(self) -> Fraction | None:
        """In hundredths of the plan; None of nothing planned."""
        return Fraction(100 * self.granted, self.line.planned) if self.line.planned else None


@dataclass(frozen=True)
class MemberSum:
    """What one member was granted, by the number of the line."""

    name: str
    by_line: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_line.values())


@dataclass(frozen=True)
class YearOfMoney:
    year: int
    lines: list[LineSum]
    members: list[MemberSum]

    @property
    def planned(self) -> int:
        return sum(one.line.planned for one in self.lines)

    @property
    def granted(self) -> int:
        return sum(one.granted for one in self.lines)

    @property
    def paid(self) -> int:
        return sum(one.paid for one in self.lines)

    @property
    def left(self) -> int:
        return self.planned - self.granted

    def rows(self) -> list[tuple[str, list[int], int]]:
        """(member, granted on each line, together), for a table."""
        numbers = [one.line.number for one in self.lines]
        return [
            (one.name, [one.by_line.get(number, 0) for number in numbers], one.total)
            for one in self.members
        ]


def money_of(council: Council, year: int) -> YearOfMoney:
    """Two queries, however many claims there are."""
    granted = Q(claims__state__in=[State.APPROVED, State.PAID])
    lines = council.budget_lines.filter(year=year).annotate(
        granted=Sum("claims__amount", filter=granted, default=0),
        paid=Sum("claims__amount", filter=Q(claims__state=State.PAID), default=0),
    )
    return YearOfMoney(
        year,
        [LineSum(line, int(line.granted), int(line.paid)) for line in lines],
        _members(council, year),
    )


def _members(council: Council, year: int) -> list[MemberSum]:
    sums = (
        ExpenseClaim.objects.filter(council=council, line__year=year)
        .granted()
        .order_by()
        .values_list("member__name", "line__number")
        .annotate(sum=Sum("amount"))
    )
    found: dict[str, MemberSum] = {}
    for name, line, amount in sums:
        member = found.setdefault(name, MemberSum(name))
        member.by_line[line] = member.by_line.get(line, 0) + int(amount)
    return sorted(found.values(), key=lambda member: (-member.total, member.name))


def years_of(council: Council) -> list[int]:
    """Those with a budget, the latest first."""
    years = council.budget_lines.order_by("-year").values_list("year", flat=True).distinct()
    return list(years)


def chosen_year(council: Council, asked: str) -> int:
    """The year of the address if there is a budget of it; else the latest, else this one."""
    years = years_of(council)
    if asked in {str(year) for year in years}:
        return int(asked)
    return years[0] if years else timezone.localdate().year


def table_of(money: YearOfMoney) -> Iterator[Sequence[Any]]:
    """For spreadsheets: the lines with their plan, then who was granted what."""
    yield ("year", "line", "name_kk", "name_ru", "name_en", "member", "planned", "granted", "paid")
    for one in money.lines:
        line = one.line
        yield (
            money.year,
            line.number,
            line.name_kk,
            line.name_ru,
            line.name_en,
            "",
            line.planned,
            one.granted,
            one.paid,
        )
    names = {one.line.number: one.line for one in money.lines}
    for member in money.members:
        for number, amount in sorted(member.by_line.items()):
            line = names[number]
            yield (
                money.year,
                number,
                line.name_kk,
                line.name_ru,
                line.name_en,
                member.name,
                "",
                amount,
                "",
            )
