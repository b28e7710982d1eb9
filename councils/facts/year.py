"""What a council did in a year, out of its record: the figures of an annual report.

Everything here is JSON: whole numbers, days as text, names of members (public by law) and of lines.
Shares are left to whoever shows them, so that nothing is rounded twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from councils.composition import breaches
from councils.facts.attendance import attendance
from councils.facts.composition import composition_of
from councils.models import (
    Booking,
    Council,
    HearingRegistration,
    LegalAct,
    Meeting,
    Motion,
    PublicControlAction,
    Question,
    Slot,
)
from councils.money_reading import money_of
from participation.models import AnswerDue
from participation.models.answers import Disposition

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from `since` up to but without `until`, in the time of the site."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        first, end = (datetime.combine(day, time.min) for day in (self.since, self.until))
        return timezone.make_aware(first), timezone.make_aware(end)

    def starts(self, field: str) -> Q:
        """Moments in the period."""
        first, end = self.moments
        return Q(**{f"{field}__gte": first, f"{field}__lt": end})

    def on(self, field: str) -> Q:
        """Days in the period."""
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})


def period_of(council: Council, year: int, today: date) -> Period | None:
    """The part of a year that is over and in which the council had a term; None if there is none.

    A year that is still under way is reported up to today, today included.
    """
    terms = council.convocations.aggregate(begins=Min("begins_on"), ends=Max("ends_on"))
    if terms["begins"] is None:
        return None
    since = max(date(year, 1, 1), terms["begins"])
    until = min(date(year + 1, 1, 1), terms["ends"], today + ONE_DAY)
    return Period(since, until) if since < until else None


def figures_of_year(council: Council, year: int, period: Period) -> dict[str, Any]:
    """At most twenty queries, however much the council did."""
    return {
        "year": year,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "meetings": _meetings(council, period),
        "attendance": _attendance(council, period),
        "motions": _motions(council, period),
        "hearings": _hearings(council, period),
        "dockets": _dockets(council, period),
        "recommendations": _recommendations(council, period),
        "control": _control(council, period),
        "office_hours": _office_hours(council, period),
        "composition": _composition(council, period),
        "money": _money(council, year),
    }


def _meetings(council: Council, period: Period) -> dict[str, int]:
    states: Counter[str] = Counter(
        Meeting.objects.filter(period.starts("starts_at"), council=council)
        .filter(kind=Meeting.Kind.MEETING)
        .values_list("state", flat=True)
    )
    return {
        "held": states[Meeting.State.HELD],
        "no_quorum": states[Meeting.State.NO_QUORUM],
        "cancelled": states[Meeting.State.CANCELLED],
    }


def _attendance(council: Council, period: Period) -> list[dict[str, Any]]:
    """Of the meetings held while they sat, at how many each member was for at least a while."""
    return [
        {
            "member": row.mandate.name,
            "side": row.mandate.side,
            "present": row.present,
            "of": row.of,
        }
        for row in attendance(council, period.since, period.until)
    ]


def _motions(council: Council, period: Period) -> dict[str, int]:
    motions = Motion.objects.filter(
        period.starts("item__meeting__starts_at"), item__meeting__council=council
    )
    states: Counter[str] = Counter(motions.values_list("state", flat=True))
    return {
        "adopted": states[Motion.State.ADOPTED],
        "rejected": states[Motion.State.REJECTED],
        "withdrawn": states[Motion.State.WITHDRAWN],
        "no_quorum": states[Motion.State.NO_QUORUM],
        "in_breach": motions.filter(is_in_breach=True).count(),
    }


def _hearings(council: Council, period: Period) -> list[dict[str, Any]]:
    hearings = (
        Meeting.objects.filter(period.starts("starts_at"), council=council)
        .filter(kind=Meeting.Kind.HEARING, state=Meeting.State.HELD)
        .order_by("starts_at")
        .select_related("dossier")
        .prefetch_related("dossier__texts")
    )
    came = _counts(
        HearingRegistration.objects.exclude(state=HearingRegistration.State.CANCELLED),
        hearings,
        registered=Q(),
        present=Q(state=HearingRegistration.State.PRESENT),
    )
    asked = _counts(
        Question.objects.all(),
        hearings,
        questions=Q(),
        answered=Q(state=Question.State.ANSWERED),
        in_writing=Q(state=Question.State.IN_WRITING),
        written=Q(state=Question.State.IN_WRITING, answer_due__answered_on__isnull=False),
    )
    names = ("registered", "present", "questions", "answered", "in_writing", "written")
    return [
        {
            "number": hearing.number,
            "on": timezone.localtime(hearing.starts_at).date().isoformat(),
            "title": {text.language: text.title for text in hearing.dossier.texts.all()},
            **{
                name: {**came.get(hearing.pk, {}), **asked.get(hearing.pk, {})}.get(name, 0)
                for name in names
            },
        }
        for hearing in hearings
    ]


def _counts(rows: Any, hearings: Any, **wanted: Q) -> dict[int, dict[str, int]]:
    """By hearing: how many rows fit each of the conditions."""
    counted = (
        rows.filter(meeting__in=hearings.order_by().values("pk"))
        .order_by()
        .values("meeting")
        .annotate(**{name: Count("pk", filter=fits) for name, fits in wanted.items()})
    )
    return {row.pop("meeting"): row for row in counted}


def _dockets(council: Council, period: Period) -> dict[str, int]:
    dockets = council.dockets.filter(period.starts("dossier__published_at"))
    kinds: Counter[str] = Counter(dockets.values_list("kind", flat=True))
    return {"all": kinds.total(), "own_initiative": kinds["own_initiative"]}


def _recommendations(council: Council, period: Period) -> dict[str, int]:
    """Duties are counted: a recommendation to two bodies is answered twice."""
    delivered = council.recommendations.filter(period.on("delivered_on"))
    dues = list(
        AnswerDue.objects.filter(dossier__recommendation__in=delivered).prefetch_related("answers")
    )
    last_day = period.until - ONE_DAY
    states: Counter[str] = Counter(due.state_on(last_day) for due in dues)
    said: Counter[str] = Counter(due.answer.disposition for due in dues if due.answer)
    return {
        "delivered": delivered.count(),
        "duties": len(dues),
        "answered": sum(due.is_answered for due in dues),
        "on_time": states[AnswerDue.State.ON_TIME],
        "late": states[AnswerDue.State.LATE],
        "overdue": states[AnswerDue.State.OVERDUE],
        "accepted": said[Disposition.ACCEPTED] + said[Disposition.DONE],
        "in_part": said[Disposition.IN_PART],
        "rejected": said[Disposition.REJECTED],
        "redirected": said[Disposition.REDIRECTED],
        "implemented": delivered.filter(state="implemented").count(),
        "acts": LegalAct.objects.filter(recommendation__in=delivered).count(),
    }


def _control(council: Council, period: Period) -> dict[str, int]:
    begun = council.control_actions.filter(period.on("starts_on"))
    states: Counter[str] = Counter(begun.values_list("state", flat=True))
    return {
        "begun": states.total() - states[PublicControlAction.State.PLANNED],
        "finished": states[PublicControlAction.State.FINISHED],
        "dropped": states[PublicControlAction.State.DROPPED],
    }


def _office_hours(council: Council, period: Period) -> dict[str, int]:
    slots = Slot.objects.standing().filter(period.starts("starts_at"), hours__council=council)
    states: Counter[str] = Counter(
        Booking.objects.filter(slot__in=slots).values_list("state", flat=True)
    )
    return {
        "times": slots.count(),
        "held": states[Booking.State.HELD],
        "missed": states[Booking.State.MISSED],
        "notes": Booking.objects.filter(slot__in=slots, note__published_at__isnull=False).count(),
    }


def _composition(council: Council, period: Period) -> dict[str, Any]:
    found = breaches(composition_of(council, period.since, period.until))
    return {
        "days": (period.until - period.since).days,
        "days_in_breach": sum((until - since).days for since, until in found),
        "breaches": [
            {"since": since.isoformat(), "until": until.isoformat()} for since, until in found
        ],
    }


def _money(council: Council, year: int) -> dict[str, Any]:
    money = money_of(council, year)
    return {
        "planned": money.planned,
        "granted": money.granted,
        "paid": money.paid,
        "lines": [
            {
                "number": one.line.number,
                "name": {
                    "kk": one.line.name_kk, "ru": one.line.name_ru, "en": one.line.name_en,
                },
                "planned": one.line.planned,
                "granted": one.granted,
                "paid": one.paid,
            }
            for one in money.lines
        ],
        "members": [{"member": one.name, "granted": one.total} for one in money.members],
    }  # fmt: skip
