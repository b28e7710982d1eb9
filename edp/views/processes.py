"""The public pages of a process: the list, the process, how it was decided."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edp.models import DiscoveryProcess
from edp.views.loading import public_process
from participation.guards import requires

PROCESSES_A_PAGE = 20


@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    found = DiscoveryProcess.objects.published().for_display().order_by("origin", "-pk")
    page = Paginator(found, PROCESSES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "edp/process_list.html", {"page": page})


@require_safe
@requires(None, public_process)
def process_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return render(request, "edp/process_detail.html", {"process": process})
