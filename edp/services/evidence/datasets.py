"""A table's way from somebody's file to published figures: look through, keep, publish."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp import evidence_results as results
from edp.dataset_files import UnfitDataset, read, to_data
from edp.datasets import CONFIDENTIAL, Cell, Problem
from edp.datasets import Dataset as Figures
from edp.evidence_files import plain
from edp.models import (
    Dataset,
    DatasetDraft,
    DatasetFile,
    DatasetVersion,
    DiscoveryProcess,
    RegionFigure,
    SpecialisationResult,
)
from edp.services.evidence.stages import take_process, take_public_process
from participation.errors import Refused
from participation.models import Territory
from participation.services import follow, notify_followers, record

DRAFTS_ARE_KEPT = timedelta(days=2)
FIRST_ROWS = 10
BATCH = 1000
NATION = "KZ"


class SameFile(Refused):
    message = _("This very file is kept already, as version %(number)s.")
    way_out = _("A new version needs a file that differs.")

    def __init__(self, number: int) -> None:
        super().__init__(str(self.message) % {"number": number})


class AlreadyPublished(Refused):
    message = _("This version is public already.")


@transaction.atomic
def create_dataset(*, by: User | None, process: DiscoveryProcess, **told: Any) -> Dataset:
    """A name for a table and where it comes from; its files follow. Raises EvidenceClosed."""
    dataset = Dataset.objects.create(process=take_process(process), **told)
    record(
        kind="edp.dataset_created",
        dossier=process.dossier,
        actor=by,
        dataset=dataset.pk,
        name=dataset.name_kk,
    )
    return dataset


@transaction.atomic
def upload_draft(
    *,
    by: User,
    dataset: Dataset,
    file_name: str,
    content: bytes,
    retrieved_on: date,
    has_today_borders: bool = False,
) -> DatasetDraft:
    """Read a file and hold it until the person has looked through it; nothing is kept yet.

    Replaces the person's earlier file of the dataset and forgets everybody's old ones. Raises
    UnfitDataset with every wrong line, SameFile, EvidenceClosed.
    """
    process = take_process(dataset.process)
    _refuse_same(dataset, content)
    figures, cells, encoding = read(content, nation=NATION)
    places = _places(figures)
    warnings = [*figures.warnings, *_warnings(process, figures, places, has_today_borders)]
    DatasetDraft.objects.filter(uploaded_at__lt=timezone.now() - DRAFTS_ARE_KEPT).delete()
    DatasetDraft.objects.filter(dataset=dataset, uploaded_by=by).delete()
    return DatasetDraft.objects.create(
        dataset=dataset,
        uploaded_by=by,
        file_name=file_name,
        content=content,
        encoding=encoding,
        retrieved_on=retrieved_on,
        has_today_borders=has_today_borders,
        summary={
            "rows": len(cells),
            "missing": figures.missing,
            "years": sorted({cell.year for cell in cells}),
            "regions": [f"{code} {territory}" for code, territory in places.items()],
            "activities": len(figures.names),
            "indicators": figures.indicators,
            "warnings": to_data(warnings),
            "first": [_as_text(cell, figures) for cell in cells[:FIRST_ROWS]],
        },
    )


def _as_text(cell: Cell, figures: Figures) -> dict[str, str]:
    return {
        "line": str(cell.line),
        "year": str(cell.year),
        "region": cell.region,
        "activity": cell.activity,
        "name": figures.names[cell.activity],
        "indicator": cell.indicator,
        "value": "" if cell.value is None else plain(_decimal(Fraction(cell.value), 12)),
        "flag": cell.flag,
    }


@transaction.atomic
def discard_draft(*, by: User, dataset: Dataset) -> None:
    DatasetDraft.objects.filter(dataset=dataset, uploaded_by=by).delete()


@transaction.atomic
def keep_draft(*, by: User, draft: DatasetDraft) -> DatasetVersion:
    """Keep the file that was looked through as the next version, with its rows and results.

    Raises SameFile where somebody else kept it meanwhile, EvidenceClosed.
    """
    draft = DatasetDraft.objects.select_related("dataset__process").get(pk=draft.pk)
    version = keep_version(
        by=by,
        dataset=draft.dataset,
        file_name=draft.file_name,
        content=bytes(draft.content),
        retrieved_on=draft.retrieved_on,
        has_today_borders=draft.has_today_borders,
    )
    draft.delete()
    return version


@transaction.atomic
def keep_version(
    *,
    by: User | None,
    dataset: Dataset,
    file_name: str,
    content: bytes,
    retrieved_on: date,
    has_today_borders: bool = False,
) -> DatasetVersion:
    """Raises UnfitDataset, SameFile, EvidenceClosed."""
    process = take_process(dataset.process)
    # Numbers of versions have no gaps and no repeats: one file of a dataset at a time.
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    sha256 = _refuse_same(dataset, content)
    figures, cells, encoding = read(content, nation=NATION)
    places = _places(figures)
    warnings = [*figures.warnings, *_warnings(process, figures, places, has_today_borders)]
    version = DatasetVersion.objects.create(
        dataset=dataset,
        number=(dataset.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        file_name=file_name,
        sha256=sha256,
        encoding=encoding,
        rows=len(cells),
        missing=figures.missing,
        warnings=to_data(warnings),
        has_today_borders=has_today_borders,
        retrieved_on=retrieved_on,
        uploaded_by=by,
    )
    DatasetFile.objects.create(version=version, content=content)
    _write_observations(version, cells)
    _write_results(process, version, figures, places)
    record(
        kind="edp.dataset_kept",
        dossier=process.dossier,
        actor=by,
        dataset=dataset.pk,
        version=version.number,
        rows=version.rows,
        sha256=sha256,
    )
    return version


@transaction.atomic
def publish_version(*, by: User | None, version: DatasetVersion) -> DatasetVersion:
    """Make it public, with its results, and tell the followers of the process.

    Raises AlreadyPublished, ProcessNotPublic, EvidenceClosed.
    """
    process = take_public_process(version.dataset.process)
    version = DatasetVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.published_at is not None:
        raise AlreadyPublished
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    if by is not None:
        follow(person=by, dossier=process.dossier)
    record(
        kind="edp.dataset_published",
        dossier=process.dossier,
        actor=by,
        dataset=version.dataset_id,
        version=version.number,
        sha256=version.sha256,
    )
    notify_followers(
        kind="evidence_published", dossier=process.dossier, actor=by, version=version.pk
    )
    return version


def _refuse_same(dataset: Dataset, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    same = dataset.versions.filter(sha256=sha256).values_list("number", flat=True).first()
    if same is not None:
        raise SameFile(same)
    return sha256


# --- Places -------------------------------------------------------------------------------------


def _places(figures: Figures) -> dict[str, Territory]:
    """Territories by the codes of the table, ISO 3166-2 or KATO.

    Raises UnfitDataset that names the first line of every code that no region has.
    """
    codes = sorted(figures.region_lines)
    found = Territory.objects.filter(Q(iso_code__in=codes) | Q(kato__in=codes)).order_by(
        "valid_from"
    )
    places: dict[str, Territory] = {}
    for territory in found.prefetch_related("successors"):
        places |= dict.fromkeys({territory.iso_code, territory.kato} & set(codes), territory)
    unknown = [code for code in codes if code not in places]
    if unknown:
        raise UnfitDataset(
            problems=[
                Problem("region", figures.region_lines[code], {"given": code})
                for code in unknown[:20]
            ]
        )
    return dict(sorted(places.items()))


def _as_place(code: str, territory: Territory) -> results.Place:
    """Its borders changed when it began and when another began within them."""
    days = [territory.valid_from, *(each.valid_from for each in territory.successors.all())]
    changed = tuple(sorted({day for day in days if day is not None}))
    return results.Place(code, changed, territory.valid_from)


def _warnings(
    process: DiscoveryProcess,
    figures: Figures,
    places: Mapping[str, Territory],
    has_today_borders: bool,
) -> Iterator[Problem]:
    yield from results.border_warnings(
        figures,
        {code: _as_place(code, territory) for code, territory in places.items()},
        has_today_borders=has_today_borders,
    )
    own = process.dossier.territory
    codes = [code for code, territory in places.items() if territory == own]
    if not any(
        figures.years_in_both(indicator, code, NATION)
        for indicator in figures.indicators
        for code in codes
    ):
        yield Problem("no_table", values={"region": own.iso_code or own.slug, "nation": NATION})


# --- Rows ---------------------------------------------------------------------------------------


def _write_observations(version: DatasetVersion, cells: Iterable[Cell]) -> None:
    """By COPY: two hundred thousand rows in a second instead of half a minute."""
    columns = "version_id, year, region, activity, indicator, value, unit, source, flag"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY edp_observation ({columns}) FROM STDIN") as copy,
    ):
        for cell in cells:
            value = None if cell.value is None else _decimal(Fraction(cell.value), 12)
            flag = CONFIDENTIAL if cell.flag == CONFIDENTIAL else cell.flag
            copy.write_row(
                (version.pk, cell.year, cell.region, cell.activity, cell.indicator, value,
                 cell.unit, cell.source, flag)
            )  # fmt: skip


def _write_results(
    process: DiscoveryProcess,
    version: DatasetVersion,
    figures: Figures,
    places: Mapping[str, Territory],
) -> None:
    by_code = {code: _as_place(code, territory) for code, territory in places.items()}
    thresholds = results.thresholds_from(process.ruleset.data.get("specialisation", {}))
    tables = results.tables(
        figures,
        by_code,
        nation=NATION,
        thresholds=thresholds,
        has_today_borders=version.has_today_borders,
    )
    SpecialisationResult.objects.bulk_create(
        (
            SpecialisationResult(
                version=version,
                territory=places[table.code],
                indicator=table.indicator,
                year=table.year,
                year_before=table.year_before,
                activity=row.activity,
                name=figures.names[row.activity],
                value=_decimal(Fraction(row.value), 12),
                share=_decimal(row.share, 10),
                lq=_maybe(row.quotient, 10),
                lq_before=_maybe(row.quotient_before, 10),
                growth=_maybe(row.growth, 10),
                growth_nation=_maybe(row.national_growth, 10),
                shift_nation=_maybe(row.shift.national if row.shift else None, 6),
                shift_activity=_maybe(row.shift.industry if row.shift else None, 6),
                shift_region=_maybe(row.shift.regional if row.shift else None, 6),
                signal=row.signal,
                method=results.METHOD,
            )
            for table in tables
            for row in table.rows
        ),
        batch_size=BATCH,
    )
    RegionFigure.objects.bulk_create(
        (
            RegionFigure(
                version=version,
                territory=places[figure.code],
                indicator=figure.indicator,
                year=figure.year,
                total=_decimal(Fraction(figure.total), 12),
                krugman=_decimal(figure.krugman, 10),
                hhi=_decimal(figure.hhi, 10),
                method=results.METHOD,
            )
            for figure in results.figures(figures, by_code, nation=NATION)
        ),
        batch_size=BATCH,
    )


def _decimal(value: Fraction, places: int) -> Decimal:
    """To the nearest last place, half to even; exact however many digits stand before it."""
    scaled = round(value * 10**places)
    digits = tuple(int(digit) for digit in str(abs(scaled)))
    return Decimal((int(scaled < 0), digits, -places))


def _maybe(value: Fraction | None, places: int) -> Decimal | None:
    return None if value is None else _decimal(value, places)
