"""What a council plans and spends, in sums, for everybody."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.money_reading import chosen_year, money_of, table_of, years_of
from councils.views.loading import public_council
from participation.csv_files import lines_of
from participation.guards import requires

HERE = "money"


@require_safe
@requires(None, public_council)
def money_detail(request: HttpRequest, council: Council) -> HttpResponse:
    year = chosen_year(council, request.GET.get("year", ""))
    context = {
        "council": council,
        "money": money_of(council, year),
        "years": years_of(council),
        "may_claim": request.user.has_perm("councils.claim_expenses", council),
        "may_plan": request.user.has_perm("councils.keep_council", council),
    }
    return render(request, "councils/money_detail.html", context)


@require_safe
@requires(None, public_council)
def money_file(request: HttpRequest, council: Council) -> StreamingHttpResponse:
    year = chosen_year(council, request.GET.get("year", ""))
    lines = lines_of(table_of(money_of(council, year)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{council.slug}-{year}.csv"'
    return response
