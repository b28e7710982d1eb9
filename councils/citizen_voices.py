"""What citizens say of what has changed: counts of each round, and the bars that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from councils.models import CheckAnswer, CitizenCheck, Recommendation

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

WIDTH = 100


@dataclass(frozen=True)
class Bar:
    """`width` in hundredths of all answers."""

    value: str
    label: _StrOrPromise
    count: int
    width: int


@dataclass(frozen=True)
class Voices:
    check: CitizenCheck
    asked: int
    bars: list[Bar]
    is_open: bool

    @property
    def answered(self) -> int:
        return sum(bar.count for bar in self.bars)


def voices_of(recommendation: Recommendation) -> list[Voices]:
    """Each round with its counts, the latest first; one query where nobody was asked, else two."""
    checks = list(recommendation.checks.annotate(asked=Count("invitations")))
    if not checks:
        return []
    counts = {
        (row["invitation__check_round"], row["value"]): row["number"]
        for row in CheckAnswer.objects.filter(invitation__check_round__in=checks)
        .order_by()
        .values("invitation__check_round", "value")
        .annotate(number=Count("pk"))
    }
    today = timezone.localdate()
    return [
        Voices(
            check,
            check.asked,
            _bars({value: counts.get((check.pk, value), 0) for value in CheckAnswer.Value.values}),
            check.is_open_on(today),
        )
        for check in checks
    ]


def _bars(counts: dict[str, int]) -> list[Bar]:
    total = sum(counts.values())
    return [
        Bar(
            value,
            CheckAnswer.Value(value).label,
            number,
            round(WIDTH * number / total) if total else 0,
        )
        for value, number in counts.items()
    ]
