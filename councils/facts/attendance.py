"""Who came to the meetings of a council, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.facts.figure import Figure
from councils.models import Council, Mandate, Meeting
from participation.templatetags.kenes import number, percent

A_YEAR = timedelta(days=365)
TOMORROW = timedelta(days=1)


@dataclass(frozen=True)
class Attendance:
    """At how many of the meetings held while they sat a member was for at least a while."""

    mandate: Mandate
    present: int
    of: int


def attendance(council: Council, since: date, until: date) -> list[Attendance]:
    """By seat, of meetings of the whole council from `since` up to but without `until`.

    Two queries.
    """
    held = _held(council, since, until)
    ends_later = Q(until=None) | Q(until__gt=since)
    sat = council.mandates.filter(ends_later, since__lt=until).order_by("post__number", "since")
    return [_of_one(mandate, held) for mandate in sat]


def _held(council: Council, since: date, until: date) -> list[tuple[date, list[int]]]:
    """The day of each meeting, and the mandates of those who were there."""
    there = ArrayAgg(
        "participations__mandate",
        filter=Q(participations__presences__isnull=False, participations__mandate__isnull=False),
        distinct=True,
        default=[],
    )
    meetings = Meeting.objects.filter(
        council=council, kind=Meeting.Kind.MEETING, state=Meeting.State.HELD, commission=None
    )
    days = meetings.annotate(day=TruncDate("starts_at"), there=there)
    return list(days.filter(day__gte=since, day__lt=until).values_list("day", "there"))


def _of_one(mandate: Mandate, held: list[tuple[date, list[int]]]) -> Attendance:
    while_seated = [there for day, there in held if _sits(mandate, day)]
    return Attendance(
        mandate, sum(mandate.pk in there for there in while_seated), len(while_seated)
    )


def _sits(mandate: Mandate, day: date) -> bool:
    return mandate.since <= day and (mandate.until is None or day < mandate.until)


def figures_of_council(council: Council) -> list[Figure]:
    """Of the last twelve months; nothing before the first meeting is held."""
    until = timezone.localdate() + TOMORROW
    rows = attendance(council, until - A_YEAR, until)
    present, of = sum(row.present for row in rows), sum(row.of for row in rows)
    if not of:
        return []
    note = _("%(present)s of %(of)s seats at meetings of the last twelve months")
    told = note % {"present": number(present), "of": number(of)}
    return [Figure(percent(Fraction(100 * present, of)), _("of members came to meetings"), told)]


def figures_of_member(mandate: Mandate) -> list[Figure]:
    """Over the whole mandate; nothing before the first meeting of it is held."""
    held = _held(mandate.council, mandate.since, mandate.until or timezone.localdate() + TOMORROW)
    row = _of_one(mandate, held)
    return [Figure(f"{row.present}/{row.of}", _("meetings attended"))] if row.of else []
