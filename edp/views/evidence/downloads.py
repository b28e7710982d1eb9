"""The figures of a version as files: as they came, as rows, as results, described for programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from edp import evidence_files
from edp.models import DatasetVersion
from edp.views.evidence.public import public_version, readable
from participation.guards import requires


def _name(version: DatasetVersion, part: str) -> str:
    return f"{version.dataset.process.slug}-{version.dataset_id}-v{version.number}-{part}.csv"


def _disposition(version: DatasetVersion, part: str) -> str:
    return f'attachment; filename="{_name(version, part)}"'


@require_safe
@requires(None, public_version)
def version_file(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    """Exactly the bytes that came: their SHA-256 stands on the page."""
    version = readable(request, version)
    response = HttpResponse(bytes(version.file.content), content_type="text/csv")
    response["Content-Disposition"] = _disposition(version, "file")
    return response


@require_safe
@requires(None, public_version)
def version_observations(request: HttpRequest, version: DatasetVersion) -> StreamingHttpResponse:
    version = readable(request, version)
    return _table(version, "observations")


@require_safe
@requires(None, public_version)
def version_results(request: HttpRequest, version: DatasetVersion) -> StreamingHttpResponse:
    version = readable(request, version)
    return _table(version, "results")


def _table(version: DatasetVersion, part: str) -> StreamingHttpResponse:
    lines = {"observations": evidence_files.observations, "results": evidence_files.results}[part]
    response = StreamingHttpResponse(lines(version), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _disposition(version, part)
    return response


@require_safe
@requires(None, public_version)
def version_package(request: HttpRequest, version: DatasetVersion) -> JsonResponse:
    version = readable(request, version)
    here = [version.dataset.process.slug, version.dataset_id, version.number]
    address = request.build_absolute_uri(reverse("edp:version-detail", args=here))
    return JsonResponse(
        evidence_files.data_package(version, address), json_dumps_params={"ensure_ascii": False}
    )
