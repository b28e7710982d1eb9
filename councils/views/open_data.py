"""Open data of all public councils: what there is, page by page as JSON, whole as CSV."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from councils.open_data import SETS, DataSet, cells
from participation.csv_files import lines_of

ROWS_A_PAGE = 200
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@require_safe
def open_data_list(request: HttpRequest) -> HttpResponse:
    context = {"sets": SETS.values(), "licence": LICENCE}
    return render(request, "councils/open_data_list.html", context)


@require_safe
def open_data_json(request: HttpRequest, name: str) -> HttpResponse:
    """One page of a set, with where the next one is; a page that does not exist is the last."""
    dataset = _set(name)
    page = Paginator(dataset.rows(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "licence": LICENCE,
            "pagination": {
                "totalElements": page.paginator.count,
                "elementsPerPage": ROWS_A_PAGE,
                "currentPage": page.number,
                "totalPages": page.paginator.num_pages,
            },
            "links": {
                "self": _page(request, name, page.number),
                "next": _page(request, name, page.number + 1) if page.has_next() else None,
            },
            "data": [dataset.told(row) for row in page],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _page(request: HttpRequest, name: str, number: int) -> str:
    path = reverse("councils:open_data-json", args=[name])
    return request.build_absolute_uri(f"{path}?page={number}")


@require_safe
def open_data_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    dataset = _set(name)
    response = StreamingHttpResponse(
        lines_of(_table(dataset)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _table(dataset: DataSet) -> Iterator[Any]:
    """Row by row, so that no set has to fit into memory."""
    yield dataset.columns
    for row in dataset.rows().iterator(chunk_size=ROWS_A_PAGE):
        yield cells(dataset, dataset.told(row))


def _set(name: str) -> DataSet:
    if name not in SETS:
        raise Http404
    return SETS[name]
