"""Annual reports: the list with what is late, one year, its print and its data; and writing one."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.facts.year import figures_of_year, period_of
from councils.forms.annual_reports import ReportForm
from councils.models import AnnualReport, Council
from councils.report_reading import Shown, Year, year_named, years_of
from councils.services import annual_reports as services
from councils.views.loading import any_council, public_council
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

HERE = "reports"
SENSIBLE = range(2000, 2100)


class OfYear:
    """A council and a year of it: what permissions and pages of reports are about."""

    def __init__(self, council: Council, year: int) -> None:
        self.council, self.year = council, year


def _public_year(slug: str, year: int) -> OfYear:
    return OfYear(public_council(slug), year)


def _any_year(slug: str, year: int) -> OfYear:
    if year not in SENSIBLE:
        raise Http404
    return OfYear(any_council(slug), year)


@require_safe
@requires(None, public_council)
def report_list(request: HttpRequest, council: Council) -> HttpResponse:
    context = {
        "council": council,
        "years": years_of(council, timezone.localdate()),
        "may_write": request.user.has_perm("councils.write_report", council),
    }
    return render(request, "councils/report_list.html", context)


@require_safe
@requires(None, _public_year)
def report_detail(request: HttpRequest, asked: OfYear) -> HttpResponse:
    return render(request, "councils/report_detail.html", _context(request, asked))


@require_safe
@requires(None, _public_year)
def report_print(request: HttpRequest, asked: OfYear) -> HttpResponse:
    """For the browser's own printing."""
    return render(request, "councils/report_print.html", _context(request, asked))


@require_safe
@requires(None, _public_year)
def report_file(request: HttpRequest, asked: OfYear) -> HttpResponse:
    """The very bytes of which the page shows the hash."""
    report = _found(asked).report
    if report is None:
        raise Http404
    response = HttpResponse(services.canonical(report), content_type="application/json")
    name = f"{asked.council.slug}-{report.year}-v{report.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(asked: OfYear) -> Year:
    found = year_named(asked.council, asked.year, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, asked: OfYear) -> dict[str, Any]:
    found = _found(asked)
    return {
        "council": asked.council,
        "found": found,
        "report": found.report,
        "shown": Shown(found.report.figures) if found.report else None,
        "versions": asked.council.annual_reports.published().filter(year=asked.year),
        "may_write": request.user.has_perm("councils.write_report", asked.council),
    }


def page_of(council: Council, year: int) -> str:
    return reverse("councils:report-detail", args=[council.slug, year])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.write_report", _any_year)
def report_write(request: HttpRequest, asked: OfYear) -> HttpResponse:
    """Words beside the figures as they stand now; publishing freezes both."""
    council, today = asked.council, timezone.localdate()
    period = period_of(council, asked.year, today)
    if period is None:
        raise Http404
    last = council.annual_reports.filter(year=asked.year).first()
    draft = last if last and last.published_at is None else None
    form = ReportForm(
        request.POST or None,
        is_correction=(draft or last) is not None and (last.version > 1 or not draft),  # type: ignore[union-attr]
        initial=ReportForm.initial_of(last),
    )

    def write() -> str:
        services.write_report(
            by=person_of(request),
            council=council,
            year=asked.year,
            texts=form.texts(),
            correction=form.cleaned_data.get("correction", ""),
        )
        return request.path

    done = _("The draft is kept. It becomes public when the chair publishes it.")
    if answer := send(request, form, write, done):
        return answer
    context = {
        "council": council,
        "year": asked.year,
        "here": HERE,
        "draft": draft,
        "shown": Shown(figures_of_year(council, asked.year, period)),
        "may_publish": request.user.has_perm("councils.publish_report", asked.council),
        "form_key": uuid4(),
    }
    return form_page(request, "councils/report_write.html", form, **context)


@require_POST
@requires("councils.publish_report", _any_year)
def report_publish(request: HttpRequest, asked: OfYear) -> HttpResponse:
    draft = AnnualReport.objects.filter(
        council=asked.council, year=asked.year, published_at=None
    ).first()
    if draft is None:
        raise Http404
    return press(
        request,
        page_of(asked.council, asked.year),
        lambda: services.publish_report(by=person_of(request), report=draft),
        _("The report is published; those who follow the council are told."),
    )
