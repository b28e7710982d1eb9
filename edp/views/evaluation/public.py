"""What everybody sees of an evaluation: criteria, progress, interests, reports and their files."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edp.evaluation import canonical
from edp.evaluation_pages import criteria_of, progress_of, public_interests, told_of
from edp.models import DiscoveryProcess, EvaluationReport
from edp.views.loading import evaluated_process, evaluation_report
from participation.guards import requires

COLUMNS = (
    "idea", "place", "score", "percent", "coverage", "assessors", "publishable", "lowest",
    "highest",
)  # fmt: skip


@require_safe
@requires(None, evaluated_process)
def evaluation_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    reports = list(process.evaluations.all())
    criteria, progress = criteria_of(process), progress_of(process)
    return render(
        request,
        "edp/evaluation_detail.html",
        {
            "process": process,
            "criteria": criteria,
            "progress": progress,
            "interests": public_interests(progress),
            "reports": reports,
            "told": told_of(reports[0].data, criteria, progress) if reports else None,
            "may_lead": request.user.has_perm("edp.lead_evaluation", process),
            "may_assess": request.user.has_perm("edp.assess_ideas", process),
        },
    )


@require_safe
@requires(None, evaluation_report)
def report_detail(request: HttpRequest, report: EvaluationReport) -> HttpResponse:
    process = report.process
    progress = progress_of(process)
    return render(
        request,
        "edp/evaluation_report.html",
        {
            "process": process,
            "report": report,
            "told": told_of(report.data, criteria_of(process), progress),
            "interests": public_interests(progress),
            "selections": report.selections.select_related("decision"),
            "exceptions": process.decisions.filter(kind="exception"),
        },
    )


@require_safe
@requires(None, evaluation_report)
def report_snapshot(request: HttpRequest, report: EvaluationReport) -> HttpResponse:
    """The very bytes whose hash is in the public record."""
    return _file(report, report.body, "application/json", "report.json")


@require_safe
@requires(None, evaluation_report)
def report_scores(request: HttpRequest, report: EvaluationReport) -> HttpResponse:
    """What `manage.py rank_ideas` reads."""
    text, _sha256 = canonical(report.data["input"])
    return _file(report, text, "application/json", "scores.json")


@require_safe
@requires(None, evaluation_report)
def report_table(request: HttpRequest, report: EvaluationReport) -> HttpResponse:
    response = _file(report, "", "text/csv; charset=utf-8", "scores.csv")
    writer = csv.writer(response)
    writer.writerow([*COLUMNS, *report.data["input"]["criteria"]])
    for row in report.data["results"].get("ranking", []):
        writer.writerow([*(row[name] for name in COLUMNS), *row["means"]])
    return response


def _file(report: EvaluationReport, text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    told = f"{report.process.slug}-evaluation-{report.version}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{told}"'
    return response
