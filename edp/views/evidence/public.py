"""What everybody reads of the evidence of a process."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from edp import evidence_page
from edp.dataset_files import from_data
from edp.evidence_results import METHOD, thresholds_from
from edp.models import DatasetVersion, DiscoveryProcess
from edp.views.loading import public_process
from participation.guards import requires


def public_version(slug: str, dataset: int, number: int) -> DatasetVersion:
    """Of a public process; one that is not published yet is for those who work on it."""
    versions = DatasetVersion.objects.select_related(
        "dataset__process__dossier__territory", "dataset__process__ruleset"
    ).prefetch_related("dataset__process__dossier__texts")
    return get_object_or_404(
        versions,
        dataset__process__slug=slug,
        dataset=dataset,
        number=number,
        dataset__process__dossier__published_at__isnull=False,
    )


def readable(request: HttpRequest, version: DatasetVersion) -> DatasetVersion:
    """404 for a stranger who asks for what is not published."""
    process = version.dataset.process
    if version.published_at is None and not request.user.has_perm("edp.manage_evidence", process):
        raise Http404
    return version


@require_safe
@requires(None, public_process)
def evidence_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    context = {
        "process": process,
        "may_manage": request.user.has_perm("edp.manage_evidence", process),
        **evidence_page.overview(process),
    }
    return render(request, "edp/evidence_detail.html", context)


@require_safe
@requires(None, public_version)
def version_detail(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    version = readable(request, version)
    page = evidence_page.version_page(
        version,
        region=request.GET.get("region", ""),
        indicator=request.GET.get("indicator", ""),
    )
    return render(
        request,
        "edp/version_detail.html",
        {
            "process": version.dataset.process,
            "version": version,
            "page": page,
            "warnings": from_data(version.warnings),
        },
    )


@require_safe
@requires(None, public_process)
def method_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    thresholds = thresholds_from(process.ruleset.data.get("specialisation", {}))
    context = {
        "process": process,
        "thresholds": thresholds,
        "critical_mass": thresholds.critical_mass * 100,
        "method": METHOD,
    }
    return render(request, "edp/method_detail.html", context)


@require_safe
@requires(None, public_process)
def asset_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    context = {"process": process, "page": evidence_page.asset_page(process)}
    return render(request, "edp/asset_list.html", context)


@require_safe
@requires(None, public_process)
def swot_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    context = {"process": process, "board": evidence_page.swot_board(process)}
    return render(request, "edp/swot_detail.html", context)


@require_safe
@requires(None, public_process)
def trend_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    trends = list(process.trends.filter(published_at__isnull=False))
    context = {"process": process, "marks": evidence_page.trend_marks(trends)}
    return render(request, "edp/trend_list.html", context)
