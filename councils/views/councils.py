"""The public pages of councils: the list, the council."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.views.loading import public_council
from participation.guards import requires

COUNCILS_A_PAGE = 20


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    found = Council.objects.published().for_display().order_by("pk")
    page = Paginator(found, COUNCILS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "councils/council_list.html", {"page": page})


@require_safe
@requires(None, public_council)
def council_detail(request: HttpRequest, council: Council) -> HttpResponse:
    return render(request, "councils/council_detail.html", {"council": council})
