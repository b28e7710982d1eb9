"""Figures as files for others: tables without formulas, and a data package that describes them."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from edp.models import DatasetVersion

OBSERVATIONS = (
    "year", "region_code", "activity_code", "indicator", "value", "unit", "source", "flag",
)  # fmt: skip
RESULTS = (
    "region", "activity_code", "activity_name", "indicator", "year", "year_before", "value",
    "share", "lq", "lq_before", "growth", "growth_nation", "shift_nation", "shift_activity",
    "shift_region", "signal", "method",
)  # fmt: skip
TEXTS = {"region_code", "activity_code", "activity_name", "indicator", "unit", "source", "flag",
         "region", "signal", "method"}  # fmt: skip
YEARS = {"year", "year_before"}


class _Echo:
    """What csv.writer writes comes back as the value of the call."""

    def write(self, line: str) -> str:
        return line


def observations(version: DatasetVersion) -> Iterator[str]:
    rows = version.observations.values_list(
        "year", "region", "activity", "indicator", "value", "unit", "source", "flag"
    ).iterator()
    return _lines(OBSERVATIONS, rows)


def results(version: DatasetVersion) -> Iterator[str]:
    """Shares and growth as parts of one; empty is not known."""
    rows = version.results.order_by("pk").values_list(
        "territory__slug", "activity", "name", "indicator", "year", "year_before", "value",
        "share", "lq", "lq_before", "growth", "growth_nation", "shift_nation", "shift_activity",
        "shift_region", "signal", "method",
    ).iterator()  # fmt: skip
    return _lines(RESULTS, rows)


def _lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield "\ufeff"  # so that spreadsheets read Kazakh letters
    yield write(header)
    for row in rows:
        yield write([_cell(value) for value in row])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return without_formula(str(value))


def plain(value: Decimal) -> str:
    """Digits, without the zeros behind the last one that says something: 1.50 is 1.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def without_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def data_package(version: DatasetVersion, address: str) -> dict[str, Any]:
    """As of specs.frictionlessdata.io; `address` is that of the version's page."""
    dataset = version.dataset
    source = {"title": dataset.name_en or dataset.name_ru, "path": dataset.source_url}
    licence = {"title": dataset.licence}
    return {
        "name": f"{dataset.process.slug}-{dataset.pk}-v{version.number}",
        "title": dataset.name_en or dataset.name_ru,
        "titles": {"kk": dataset.name_kk, "ru": dataset.name_ru, "en": dataset.name_en},
        "version": str(version.number),
        "homepage": address,
        "created": version.uploaded_at.isoformat(),
        "retrieved_on": version.retrieved_on.isoformat(),
        "classification": dataset.classification,
        "is_synthetic": dataset.is_synthetic,
        "within_todays_borders": version.has_today_borders,
        "sources": [source] if dataset.source_url else [],
        "licenses": [licence] if dataset.licence else [],
        "resources": [
            {
                "name": "file",
                "path": f"{address}file.csv",
                "format": "csv",
                "encoding": version.encoding,
                "hash": f"sha256:{version.sha256}",
            },
            _resource("observations", address, OBSERVATIONS),
            _resource("results", address, RESULTS),
        ],
    }


def _resource(name: str, address: str, columns: Iterable[str]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{address}{name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": column, "type": _type(column)} for column in columns]},
    }


def _type(column: str) -> str:
    if column in YEARS:
        return "year"
    return "string" if column in TEXTS else "number"
