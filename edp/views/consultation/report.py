"""What you said, what changed: every comment with its answer, as a page and as data."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from edp.consultation_pages import (
    COLUMNS,
    FILTERS,
    ROWS_A_PAGE,
    ReportRow,
    filtered,
    for_report,
    report_figures,
    report_rows,
    table_of,
)
from edp.facts.consultation import hearings_of
from edp.models import Consultation
from edp.views.consultation.loading import public_round
from participation.answer_figures import BASELINE
from participation.csv_files import lines_of
from participation.guards import requires


@require_safe
@requires(None, public_round)
def round_report(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    found, pills = filtered(consultation, request.GET)
    page = Paginator(for_report(found), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "figures": report_figures(consultation, timezone.localdate()),
        "hearings": hearings_of([consultation]),
        "baseline": BASELINE,
        "page": page,
        "rows": report_rows(page),
        "pills": pills,
        "filters": [
            {"name": name, "choices": choices, "chosen": request.GET.get(name, "")}
            for name, choices in FILTERS.items()
        ],
    }
    return render(request, "edp/round_report.html", context)


def _all_rows(consultation: Consultation) -> list[ReportRow]:
    return report_rows(for_report(filtered(consultation, QueryDict())[0]))


@require_safe
@requires(None, public_round)
def round_report_csv(request: HttpRequest, consultation: Consultation) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        lines_of(_lines(consultation)), content_type="text/csv; charset=utf-8"
    )
    name = f"{consultation.dossier.reference}-comments.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(consultation: Consultation) -> Iterator[list[Any]]:
    yield list(COLUMNS)
    for row in table_of(_all_rows(consultation)):
        yield ["" if value is None else value for value in row.values()]


@require_safe
@requires(None, public_round)
def round_report_json(request: HttpRequest, consultation: Consultation) -> JsonResponse:
    figures = report_figures(consultation, timezone.localdate())
    return JsonResponse(
        {
            "consultation": consultation.dossier.reference,
            "state": consultation.state,
            "opens_on": consultation.opens_on.isoformat(),
            "closes_on": consultation.closes_on.isoformat(),
            "received": figures.received,
            "hidden": figures.hidden,
            "answered": figures.answers.answered,
            "on_time": figures.answers.on_time,
            "median_working_days": figures.answers.median_days,
            "accepted": figures.accepted,
            "accepted_in_part": figures.in_part,
            "rejected": figures.rejected,
            "changes": figures.changes,
            "comments": list(table_of(_all_rows(consultation))),
        },
        json_dumps_params={"ensure_ascii": False},
    )
