"""The annual report: the chair's words beside figures of the record, frozen together."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from councils.facts.year import figures_of_year, period_of
from councils.models import AnnualReport, Council
from participation.errors import Refused
from participation.services import notify_followers, record


class NothingToReport(Refused):
    message = _("The council had no term in that year, or the year has not begun.")


class TextsMissing(Refused):
    message = _("A report needs its text in Kazakh and in Russian.")


class ReportPublished(Refused):
    message = _("This report is published and never changes.")
    way_out = _("Write the next version and say what you correct.")


class CorrectionMissing(Refused):
    message = _("Say what this version corrects and why.")


@transaction.atomic
def write_report(
    *,
    by: User | None,
    council: Council,
    year: int,
    texts: Mapping[str, str],
    correction: str = "",
    today: date | None = None,
) -> AnnualReport:
    """Keep a draft; after a publication it is the draft of the next version.

    Raises NothingToReport, TextsMissing, CorrectionMissing.
    """
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    if period_of(council, year, today or timezone.localdate()) is None:
        raise NothingToReport
    if not (texts.get("kk", "").strip() and texts.get("ru", "").strip()):
        raise TextsMissing
    last = council.annual_reports.filter(year=year).order_by("-version").first()
    is_draft = last is not None and last.published_at is None
    version = last.version + (not is_draft) if last else 1
    if version > 1 and not correction.strip():
        raise CorrectionMissing
    report = last if last and is_draft else AnnualReport(council=council, year=year)
    report.version, report.written_by = version, by
    report.correction = correction.strip() if version > 1 else ""
    report.text_kk, report.text_ru = texts["kk"].strip(), texts["ru"].strip()
    report.text_en = texts.get("en", "").strip()
    report.save()
    return report


@transaction.atomic
def publish_report(
    *, by: User | None, report: AnnualReport, at: datetime | None = None
) -> AnnualReport:
    """Freeze the words with the figures of this moment, and tell those who follow the council.

    Raises ReportPublished, NothingToReport.
    """
    now = at or timezone.now()
    rows = AnnualReport.objects.select_for_update(of=("self",))
    report = rows.select_related("council__dossier", "council__ruleset").get(pk=report.pk)
    if report.published_at is not None:
        raise ReportPublished
    council = report.council
    period = period_of(council, report.year, timezone.localtime(now).date())
    if period is None:
        raise NothingToReport
    report.figures = figures_of_year(council, report.year, period)
    report.published_at, report.published_by = now, by
    report.sha256 = hashlib.sha256(canonical(report)).hexdigest()
    report.save()
    record(
        kind="councils.report_published",
        dossier=council.dossier,
        actor=by,
        year=report.year,
        version=report.version,
        sha256=report.sha256,
    )
    notify_followers(
        kind="annual_report_published",
        dossier=council.dossier,
        actor=by,
        year=report.year,
        path=report.path,
    )
    return report


def document_of(report: AnnualReport) -> dict[str, Any]:
    """What is published as JSON, and hashed."""
    return {
        "council": report.council.slug,
        "year": report.year,
        "version": report.version,
        "correction": report.correction,
        "text": {"kk": report.text_kk, "ru": report.text_ru, "en": report.text_en},
        "figures": report.figures,
    }


def canonical(report: AnnualReport) -> bytes:
    """UTF-8, keys sorted, no spaces: the bytes of which `sha256` is the hash."""
    document = document_of(report)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
