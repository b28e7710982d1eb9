"""What the pages of a draw show beside its row: quotas, and the panel seat by seat."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from councils.draw_reading import panel_tokens, replacements_of, sitting_tokens
from councils.models import Draw, DrawFeature, DrawQuota


@dataclass(frozen=True)
class QuotaLine:
    """A value of an attribute: its quota, and how many there are of it where."""

    quota: DrawQuota
    pool: int
    panel: int | None


@dataclass(frozen=True)
class Seat:
    """A seat of the panel: a token, what is public of it, and whom it replaced."""

    token: str
    values: list[str]
    name: str
    instead_of: str


def takes_volunteers(draw: Draw) -> bool:
    """Now, from people with an account; of candidates it is the selection that takes them."""
    return (
        draw.state == Draw.State.DRAFT
        and draw.dossier.published_at is not None
        and not draw.selection_id
        and timezone.now() < draw.registers_until
    )


def quotas_and_panel(draw: Draw) -> dict[str, Any]:
    """For the page of a draw; figures of an open pool are not shown, so that nobody steers it."""
    features = list(draw.features.prefetch_related("quotas"))
    people: dict[str, dict[str, str]] = {}
    if draw.pool_frozen_at is not None:
        people = dict(draw.entries.values_list("token", "attributes"))
    panel = sitting_tokens(draw) if draw.is_drawn else []
    return {
        "features": [(feature, _lines(feature, people, panel)) for feature in features],
        "panel": _seats(draw, features, people, panel),
        "drawn": panel_tokens(draw) if draw.is_drawn else [],
        "replacements": list(draw.replacements.select_related("left", "came")),
    }


def _lines(
    feature: DrawFeature, people: dict[str, dict[str, str]], panel: list[str]
) -> list[QuotaLine]:
    pool = Counter(attributes.get(feature.code) for attributes in people.values())
    seated = Counter(people[token].get(feature.code) for token in panel)
    return [
        QuotaLine(quota, pool[quota.code], seated[quota.code] if panel else None)
        for quota in feature.quotas.all()
    ]


def _seats(
    draw: Draw,
    features: list[DrawFeature],
    people: dict[str, dict[str, str]],
    panel: list[str],
) -> list[Seat]:
    names = {
        (feature.code, quota.code): quota.name
        for feature in features
        for quota in feature.quotas.all()
    }
    came = {came: left for left, came in replacements_of(draw)} if panel else {}
    entries = draw.entries.filter(token__in=panel, candidacy__isnull=False)
    candidates = dict(entries.values_list("token", "candidacy__name"))
    return [
        Seat(
            token,
            [names.get((f.code, people[token].get(f.code, "")), "") for f in features],
            candidates.get(token, ""),
            came.get(token, ""),
        )
        for token in panel
    ]
