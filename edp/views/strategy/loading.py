"""From an address to a strategy or to the place of a part in it, or 404."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from edp.models import DiscoveryProcess, Indicator, Measurement, PolicyDocument, Strategy
from edp.services.strategy.parts import PARTS


def public_version(slug: str, version: int) -> Strategy:
    return get_object_or_404(
        Strategy.objects.public().for_display(),
        process__slug=slug,
        version=version,
        process__dossier__published_at__isnull=False,
    )


def any_version(slug: str, version: int) -> Strategy:
    """Also a draft: for those who write it."""
    return get_object_or_404(Strategy.objects.for_display(), process__slug=slug, version=version)


@dataclass(frozen=True)
class Place:
    """Where a part is to be written: below `parent`, or in place of `row`."""

    strategy: Strategy
    kind: str
    parent: Any
    row: Any = None

    @property
    def process(self) -> DiscoveryProcess:
        return self.strategy.process


def place_of_new(slug: str, version: int, kind: str, parent: int) -> Place:
    strategy = any_version(slug, version)
    part = _part(kind)
    if part.parent == "strategy":
        return Place(strategy, kind, strategy)
    above = part.model._meta.get_field(part.parent).related_model
    rows = above._default_manager.filter(strategy=strategy)
    return Place(strategy, kind, get_object_or_404(rows, pk=parent))


def place_of_part(slug: str, version: int, kind: str, key: int) -> Place:
    strategy = any_version(slug, version)
    part = _part(kind)
    row: Any = get_object_or_404(part.model._default_manager.filter(strategy=strategy), pk=key)
    row.strategy = strategy
    return Place(strategy, kind, getattr(row, part.parent), row)


def _part(kind: str) -> Any:
    if kind not in PARTS:
        raise Http404
    return PARTS[kind]


def any_plan(slug: str, key: int) -> PolicyDocument:
    rows = PolicyDocument.objects.select_related("process__dossier__territory")
    return get_object_or_404(rows, process__slug=slug, pk=key)


@dataclass(frozen=True)
class Measured:
    """An indicator of a strategy, or a measurement of it that is to be corrected."""

    strategy: Strategy
    indicator: Indicator
    corrects: Measurement | None = None

    @property
    def process(self) -> DiscoveryProcess:
        return self.strategy.process


def measured_indicator(slug: str, key: int) -> Measured:
    rows = Indicator.objects.select_related("strategy__process__dossier__territory")
    indicator = get_object_or_404(rows, strategy__process__slug=slug, pk=key)
    return Measured(indicator.strategy, indicator)


def measurement(slug: str, key: int) -> Measured:
    rows = Measurement.objects.select_related("indicator__strategy__process__dossier__territory")
    row = get_object_or_404(rows, indicator__strategy__process__slug=slug, pk=key)
    return Measured(row.indicator.strategy, row.indicator, row)
