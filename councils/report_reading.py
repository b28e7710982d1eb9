"""What the pages of annual reports show: which are there, which are late, shares of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone

from accounts.multilingual import first_available
from councils.council_rules import CouncilRules
from councils.facts.year import period_of
from councils.models import AnnualReport, Council
from councils.report_terms import days_late, due_on


@dataclass(frozen=True)
class Year:
    """A year that is to be reported; `report` is the version in force, None while there is none."""

    year: int
    report: AnnualReport | None
    due_on: date
    late: int

    @property
    def is_late(self) -> bool:
        return self.late > 0


def years_of(council: Council, today: date) -> list[Year]:
    """Each year of the council's terms up to this one, the latest first."""
    months = CouncilRules.from_data(council.ruleset.data).annual_report_months
    published = council.annual_reports.published().order_by("version")
    reports = {report.year: report for report in published}
    first_given = {report.year: report for report in reversed(published)}
    years = range(today.year, _first_year(council, today) - 1, -1)
    return [
        Year(
            year,
            reports.get(year),
            due_on(year, months),
            days_late(due_on(year, months), _given(first_given.get(year), today)),
        )
        for year in years
        if period_of(council, year, today)
    ]


def year_named(council: Council, year: int, today: date) -> Year | None:
    return next((found for found in years_of(council, today) if found.year == year), None)


def _first_year(council: Council, today: date) -> int:
    first = council.convocations.order_by("begins_on").values_list("begins_on", flat=True).first()
    return first.year if first else today.year + 1


def _given(report: AnnualReport | None, today: date) -> date:
    """The day on which the first version was published, or today."""
    if report is None or report.published_at is None:
        return today
    return timezone.localtime(report.published_at).date()


@dataclass(frozen=True)
class Shown:
    """The figures as a page shows them; shares are in hundredths, None of nothing."""

    figures: Mapping[str, Any]

    @property
    def since(self) -> date:
        return date.fromisoformat(self.figures["since"])

    @property
    def last_day(self) -> date:
        return date.fromordinal(date.fromisoformat(self.figures["until"]).toordinal() - 1)

    @property
    def hearings(self) -> list[dict[str, Any]]:
        return [
            {**row, "title": first_available(row["title"]), "on": date.fromisoformat(row["on"])}
            for row in self.figures["hearings"]
        ]

    @property
    def in_hearings(self) -> dict[str, int]:
        """Together over all hearings."""
        names = ("registered", "present", "questions", "answered", "in_writing", "written")
        return {name: sum(row[name] for row in self.figures["hearings"]) for name in names}

    @property
    def attendance(self) -> list[dict[str, Any]]:
        """Who came most often first; who sat at no meeting last."""
        rows = [
            {**row, "share": share(row["present"], row["of"])} for row in self.figures["attendance"]
        ]
        return sorted(rows, key=lambda row: (row["share"] is None, -(row["share"] or 0)))

    @property
    def attendance_share(self) -> Fraction | None:
        rows = self.figures["attendance"]
        return share(sum(row["present"] for row in rows), sum(row["of"] for row in rows))

    @property
    def on_time_share(self) -> Fraction | None:
        """Of those answered and of those whose day has passed without an answer."""
        asked = self.figures["recommendations"]
        return share(asked["on_time"], asked["answered"] + asked["overdue"])

    @property
    def own_initiative_share(self) -> Fraction | None:
        dockets = self.figures["dockets"]
        return share(dockets["own_initiative"], dockets["all"])

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [
            {**row, "name": first_available(row["name"])} for row in self.figures["money"]["lines"]
        ]

    @property
    def breaches(self) -> list[tuple[date, date]]:
        return [
            (date.fromisoformat(row["since"]), date.fromisoformat(row["until"]))
            for row in self.figures["composition"]["breaches"]
        ]

    @property
    def breach_share(self) -> Fraction | None:
        composition = self.figures["composition"]
        return share(composition["days_in_breach"], composition["days"])


def share(part: int, whole: int) -> Fraction | None:
    """In hundredths."""
    return Fraction(100 * part, whole) if whole else None
