"""Statements for everybody: all of a process, one with its permalink, obstacles of the republic."""

import csv
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Helix
from edp.forms import statements as shapes
from edp.models import DiscoveryProcess, IdeaSource, Statement
from edp.services.workshops import statements
from edp.views.loading import any_process, public_process
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send

A_PAGE = 30
FILTERS = {
    "kind": Statement.Kind,
    "helix": Helix,
    "competence": Statement.Competence,
}


@require_safe
@requires(None, public_process)
def statement_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    found, pills = _filtered(process, request)
    rows = found.select_related("process", "workshop__dossier", "author")
    page = Paginator(rows.order_by("-number"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "edp/statement_list.html",
        {
            "process": process,
            "page": page,
            "pills": pills,
            "kinds": Statement.Kind.choices,
            "helices": Helix.choices,
            "levels": Statement.Competence.choices,
            "meetings": process.workshops.public().for_lists(),
            "chosen": {name: request.GET.get(name, "") for name in (*FILTERS, "workshop", "q")},
        },
    )


def _filtered(
    process: DiscoveryProcess, request: HttpRequest
) -> tuple[QuerySet[Statement], list[dict[str, Any]]]:
    """What the address asks for, and a pill for each filter that is on."""
    found: QuerySet[Statement] = process.statements.public()
    pills: list[dict[str, Any]] = []
    if query := request.GET.get("q", "").strip()[:100]:
        found = found.filter(text__icontains=query)
        pills.append({"label": f"«{query}»", "name": "q"})
    for name, choices in FILTERS.items():
        if (value := request.GET.get(name, "")) in choices.values:
            found = found.filter(**{name: value})
            pills.append({"label": str(choices(value).label), "name": name})
    number = request.GET.get("workshop", "")
    if number.isascii() and number.isdecimal() and len(number) < 6:
        found = found.filter(workshop__number=int(number))
        label = _("Meeting %(number)s") % {"number": number}
        pills.append({"label": label, "name": "workshop"})
    for pill in pills:
        rest = request.GET.copy()
        rest.pop(pill["name"])
        rest.pop("page", None)
        pill["url"] = f"?{rest.urlencode()}"
    return found, pills


def _public_statement(slug: str, number: int) -> Statement:
    rows = Statement.objects.public().select_related(
        "process__dossier__territory", "workshop__dossier", "theme", "author", "superseded_by"
    )
    return get_object_or_404(
        rows.prefetch_related("process__dossier__texts", "workshop__dossier__texts"),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


@require_safe
@requires(None, _public_statement)
def statement_detail(request: HttpRequest, statement: Statement) -> HttpResponse:
    """The words, their translations, and what came of them."""
    sources = IdeaSource.objects.filter(
        statement=statement, idea__dossier__published_at__isnull=False
    )
    return render(
        request,
        "edp/statement_detail.html",
        {
            "statement": statement,
            "process": statement.process,
            "translations": sorted(statement.translations.items()),
            "led_to": sources.select_related("idea__dossier").prefetch_related(
                "idea__dossier__texts"
            ),
            "earlier": list(statement.earlier.all()),
            "may_organise": request.user.has_perm("edp.organise_process", statement.process),
        },
    )


def _statement_form(
    template: str,
    make: Callable[[HttpRequest, Statement], Any],
    act: Callable[[HttpRequest, Statement, Any], Statement | None],
    done: Callable[[], str],
) -> Callable[..., HttpResponseBase]:
    """A page of one form on one statement, for the organisers of its process."""

    def view(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
        @require_http_methods(["GET", "HEAD", "POST"])
        @requires("edp.organise_process", any_process)
        def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
            statement = _public_statement(slug, number)
            form = make(request, statement)

            def run() -> str:
                return (act(request, statement, form.cleaned_data) or statement).get_absolute_url()

            if answer := send(request, form, run, done()):
                return answer
            return form_page(request, template, form, statement=statement, process=process)

        return guarded(request, slug=slug)

    return view


def _translate(request: HttpRequest, statement: Statement, data: Any) -> None:
    statements.translate_statement(
        by=person_of(request),
        statement=statement,
        language=data["language"],
        text=data["text"],
    )


def _erase(request: HttpRequest, statement: Statement, data: Any) -> None:
    statements.erase_statement(by=person_of(request), statement=statement, reason=data["reason"])


statement_translate = _statement_form(
    "edp/statement_translate.html",
    lambda request, row: shapes.TranslationForm(request.POST or None, statement=row),
    _translate,
    lambda: _("The translation stands beside the words."),
)
statement_supersede = _statement_form(
    "edp/statement_supersede.html",
    lambda request, row: shapes.SuccessorForm(request.POST or None, initial={"text": row.text}),
    lambda request, row, data: statements.supersede_statement(
        by=person_of(request), statement=row, text=data["text"]
    ),
    lambda: _("The new words are published; the old ones point at them."),
)
statement_erase = _statement_form(
    "edp/statement_erase.html",
    lambda request, row: shapes.ErasureForm(request.POST or None),
    _erase,
    lambda: _("The words are erased; that something was said there stays."),
)


@require_safe
def obstacle_list(request: HttpRequest) -> HttpResponse:
    """What stands in the way of regions and only the republic can change (E14)."""
    page = Paginator(_obstacles(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "edp/obstacle_list.html", {"page": page})


def _obstacles() -> QuerySet[Statement]:
    rows = Statement.objects.obstacles_of_the_republic().order_by("-published_at", "-pk")
    return rows.select_related("process__dossier__territory").prefetch_related(
        "process__dossier__texts"
    )


@require_safe
def obstacle_file(request: HttpRequest) -> HttpResponse:
    """The same as a table for programs."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="obstacles.csv"'
    writer = csv.writer(answer)
    writer.writerow(
        ["process", "territory", "number", "language", "text", "helix", "published_on", "address"]
    )
    for row in _obstacles().iterator(chunk_size=500):
        writer.writerow(
            [
                row.process.slug,
                row.process.dossier.territory.slug,
                row.number,
                row.language,
                _safe_cell(row.text),
                row.helix,
                row.published_at.date().isoformat() if row.published_at else "",
                request.build_absolute_uri(
                    reverse("edp:statement-detail", args=[row.process.slug, row.number])
                ),
            ]
        )
    return answer


def _safe_cell(text: str) -> str:
    """A spreadsheet runs what begins like a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
