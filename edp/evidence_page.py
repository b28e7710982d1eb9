"""What the pages of evidence show: rows in words, charts in the units of their drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from edp.map_drawing import AssetMap, map_of
from edp.models import (
    Dataset,
    DatasetVersion,
    DiscoveryProcess,
    RegionalAsset,
    RegionFigure,
    SpecialisationResult,
    SwotEntry,
    SwotLink,
    TrendSignal,
)
from edp.services.evidence.entries import evidence_of, is_public
from participation.models import Territory
from participation.templatetags.kenes import number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

INDICATORS = {
    "employment": _("employment"),
    "gva": _("gross value added"),
    "output": _("output"),
    "exports": _("exports"),
    "firms": _("number of enterprises"),
    "wages": _("wages"),
}
SIGNALS: dict[str, tuple[LazyText, LazyText, str]] = {
    "strength": (
        pgettext_lazy("signal", "strength"),
        _("More of it here than in the country, enough of it to matter, and it grows faster."),
        "ok",
    ),
    "losing_ground": (
        pgettext_lazy("signal", "established, losing ground"),
        _("More of it here than in the country, but it grows more slowly than there."),
        "warn",
    ),
    "niche": (
        pgettext_lazy("signal", "niche"),
        _("More of it here than in the country, but little of it in all."),
        "",
    ),
    "emerging": (
        pgettext_lazy("signal", "emerging"),
        _("About as much of it as in the country, and it gains on the country."),
        "ok",
    ),
    "potential": (
        pgettext_lazy("signal", "potential"),
        _("Still less of it than in the country, but it grows half as fast again."),
        "",
    ),
    "": (
        pgettext_lazy("signal", "no signal"),
        _("The figures say nothing special. A good idea may come from here all the same."),
        "",
    ),
}
# Charts are drawn in units of a viewBox 640 wide.
ROW, TOP, LEFT, WIDTH = 32, 26, 84, 470
CELL, EDGE = 90, 70


@dataclass(frozen=True)
class Row:
    """One activity: `y`, `width` and `before_x` are its bar; growth and shares in hundredths."""

    result: SpecialisationResult
    signal: LazyText
    reading: LazyText
    tone: str
    share: Decimal
    growth: Decimal | None
    growth_nation: Decimal | None
    y: int
    width: float
    before_x: float | None

    @property
    def baseline(self) -> int:
        return self.y + 14


@dataclass(frozen=True)
class Table:
    """Activities from the most special down; `one` is where the share of the country lies."""

    rows: list[Row]
    height: int
    one: float
    year: int | None = None
    year_before: int | None = None


def _hundredths(value: Decimal | None) -> Decimal | None:
    return None if value is None else value * 100


def table_of(results: Iterable[SpecialisationResult]) -> Table:
    ordered = sorted(results, key=lambda each: (each.lq is None, -(each.lq or 0), each.activity))
    known = [value for each in ordered for value in (each.lq, each.lq_before) if value is not None]
    # One bar that is off every scale must not make the others invisible.
    most = min(max([*known, Decimal(1)]), Decimal(20))
    rows = [
        Row(
            each,
            *SIGNALS.get(each.signal, SIGNALS[""]),
            share=each.share * 100,
            growth=_hundredths(each.growth),
            growth_nation=_hundredths(each.growth_nation),
            y=TOP + ROW * place,
            width=_width(each.lq, most),
            before_x=None if each.lq_before is None else LEFT + _width(each.lq_before, most),
        )
        for place, each in enumerate(ordered)
    ]
    first = ordered[0] if ordered else None
    return Table(
        rows,
        TOP + ROW * len(rows),
        LEFT + _width(Decimal(1), most),
        first.year if first else None,
        first.year_before if first else None,
    )


def _width(value: Decimal | None, most: Decimal) -> float:
    return round(float(min(value or Decimal(0), most) / most) * WIDTH, 1)


def last_public_versions(process: DiscoveryProcess) -> list[DatasetVersion]:
    """One a dataset, oldest dataset first."""
    by_dataset: dict[int, DatasetVersion] = {}
    versions = DatasetVersion.objects.public().filter(dataset__process=process)
    for version in versions.select_related("dataset").order_by("dataset", "number"):
        by_dataset[version.dataset_id] = version
    return list(by_dataset.values())


@dataclass(frozen=True)
class VersionPage:
    """A version as read for one region and one indicator."""

    table: Table
    figures: list[RegionFigure]
    territory: Territory | None
    indicator: str
    territories: list[Territory]
    indicators: list[tuple[str, LazyText]]


def version_page(version: DatasetVersion, *, region: str = "", indicator: str = "") -> VersionPage:
    """What is not there to choose is passed over for the region of the process."""
    own = version.dataset.process.dossier.territory
    pairs = version.results.values_list("territory", "indicator").order_by().distinct()
    kinds = sorted({kind for _, kind in pairs})
    territories = sorted(
        Territory.objects.filter(pk__in={place for place, _ in pairs}), key=lambda each: each.name
    )
    chosen = next((each for each in territories if each.slug == region), None)
    chosen = chosen or next((each for each in territories if each == own), None)
    chosen = chosen or (territories[0] if territories else None)
    usual = "employment" if "employment" in kinds else next(iter(kinds), "")
    kind = indicator if indicator in kinds else usual
    of_place = {"territory": chosen, "indicator": kind}
    return VersionPage(
        table_of(version.results.filter(**of_place) if chosen else []),
        list(version.region_figures.filter(**of_place)) if chosen else [],
        chosen,
        kind,
        territories,
        [(code, INDICATORS[code]) for code in kinds],
    )


# --- Assets -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AssetGroup:
    label: str
    assets: list[tuple[int, RegionalAsset]]


@dataclass(frozen=True)
class AssetPage:
    """Assets by dimension, numbered as on the map; the map is None where nothing has a place."""

    groups: list[AssetGroup]
    map: AssetMap | None
    count: int


def asset_page(process: DiscoveryProcess) -> AssetPage:
    public = process.assets.filter(published_at__isnull=False).select_related("territory")
    order = list(RegionalAsset.Dimension.values)
    by_dimension = sorted(public, key=lambda asset: order.index(asset.dimension))
    numbered = list(enumerate(by_dimension, start=1))
    groups = [
        AssetGroup(str(dimension.label), assets)
        for dimension in RegionalAsset.Dimension
        if (assets := [pair for pair in numbered if pair[1].dimension == dimension])
    ]
    points = [
        (place, asset.name, asset.latitude, asset.longitude)
        for place, asset in numbered
        if asset.latitude is not None and asset.longitude is not None
    ]
    return AssetPage(groups, map_of(process.dossier.territory.iso_code, points), len(numbered))


# --- SWOT ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """What a line stands on: a short name and where it is read."""

    kind: LazyText
    text: str
    url: str
    link: SwotLink
    is_public: bool


@dataclass(frozen=True)
class Line:
    entry: SwotEntry
    sources: list[Source]


@dataclass(frozen=True)
class Quadrant:
    code: str
    label: str
    lines: list[Line]


def swot_board(process: DiscoveryProcess, *, with_drafts: bool = False) -> list[Quadrant]:
    """The four quadrants; to the public only what is public."""
    links = SwotLink.objects.select_related(
        "statement", "asset", "result__version", "result__territory", "trend"
    )
    entries = process.swot_entries.prefetch_related(Prefetch("links", queryset=links))
    if not with_drafts:
        entries = entries.filter(published_at__isnull=False)
    lines = [Line(entry, sources_of(process, entry, with_drafts)) for entry in entries]
    return [
        Quadrant(code, str(label), [line for line in lines if line.entry.quadrant == code])
        for code, label in SwotEntry.Quadrant.choices
    ]


def sources_of(
    process: DiscoveryProcess, entry: SwotEntry, with_drafts: bool = False
) -> list[Source]:
    found = [_source(process.get_absolute_url(), link) for link in entry.links.all()]
    return [source for source in found if with_drafts or source.is_public]


def _source(base: str, link: SwotLink) -> Source:
    kind, text, url = _told(base, link)
    return Source(kind, text, url, link, is_public(evidence_of(link)))


def _told(base: str, link: SwotLink) -> tuple[LazyText, str, str]:
    if link.statement is not None:
        return _("said"), link.statement.text, f"{base}statements/{link.statement.number}/"
    if link.asset is not None:
        return _("asset"), link.asset.name, f"{base}evidence/assets/#asset-{link.asset_id}"
    if link.result is not None:
        version = link.result.version
        page = f"{base}evidence/datasets/{version.dataset_id}/{version.number}/"
        return _("figure"), result_text(link.result), f"{page}#{link.result.activity}"
    return _("trend"), str(link.trend), f"{base}evidence/trends/#trend-{link.trend_id}"


def result_text(result: SpecialisationResult) -> str:
    """Short enough for a link: the activity, and how special it is."""
    return f"{result.label}: LQ {number(result.lq, 2)} ({result.year})"


# --- Trends -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrendMark:
    number: int
    trend: TrendSignal
    x: int
    y: int

    @property
    def baseline(self) -> int:
        return self.y + 5


def trend_marks(trends: Sequence[TrendSignal]) -> list[TrendMark]:
    """Where each lies on the chart of uncertainty (right) and impact (up); none hides another."""
    taken: dict[tuple[int, int], int] = {}
    marks = []
    for place_in_list, trend in enumerate(trends, start=1):
        place = (trend.uncertainty, trend.impact)
        there = taken.get(place, 0)
        taken[place] = there + 1
        x = EDGE + CELL * (trend.uncertainty - 1) + 22 + 26 * (there % 3)
        y = 20 + CELL * (5 - trend.impact) + 22 + 26 * (there // 3 % 3)
        marks.append(TrendMark(place_in_list, trend, x, y))
    return marks


# --- The overview -------------------------------------------------------------------------------


def overview(process: DiscoveryProcess) -> dict[str, Any]:
    """What there is, in numbers, and the first table's rows that carry a signal."""
    versions = last_public_versions(process)
    counts = {
        "assets": process.assets.filter(published_at__isnull=False).count(),
        "swot": process.swot_entries.filter(published_at__isnull=False).count(),
        "trends": process.trends.filter(published_at__isnull=False).count(),
    }
    own = {"territory": process.dossier.territory_id, "indicator": "employment"}
    first = next((v for v in versions if v.results.filter(**own).exists()), None)
    table = table_of(first.results.filter(**own)) if first else None
    return {"versions": versions, "counts": counts, "first": first, "table": table}


def desk(process: DiscoveryProcess) -> dict[str, Any]:
    """Everything there is, public or not, for whoever works on it."""
    datasets = Dataset.objects.filter(process=process).prefetch_related("versions")
    return {
        "datasets": datasets,
        "assets": process.assets.order_by("pk"),
        "trends": process.trends.order_by("pk"),
        "board": swot_board(process, with_drafts=True),
        "ready": ready_entries(process),
    }


def ready_entries(process: DiscoveryProcess) -> list[RegionalAsset | TrendSignal | SwotEntry]:
    """Drafts that could be published now; lines of the SWOT without a link are not ready."""
    return [
        *process.assets.filter(published_at=None),
        *process.trends.filter(published_at=None),
        *process.swot_entries.filter(published_at=None)
        .annotate(evidence=Count("links"))
        .filter(evidence__gt=0),
    ]
