"""A strategy to read: the page, the annexes, the page for print, the documents."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from edp.models import DiscoveryProcess, Publication, Strategy
from edp.strategy_document import annexes_context, document_context, strategy_context
from edp.views.loading import public_process
from edp.views.strategy.loading import public_version
from participation.guards import requires


@require_safe
@requires(None, public_process)
def strategy_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """Leads to the version that holds, else to the newest one that is public."""
    public = process.strategies.public()
    newest = public.in_force().first() or public.order_by("-version").first()
    if newest is not None:
        return redirect("edp:strategy-version", process.slug, newest.version)
    return render(
        request,
        "edp/strategy_none.html",
        {
            "process": process,
            "may_write": request.user.has_perm("edp.organise_process", process),
        },
    )


@require_safe
@requires(None, public_version)
def strategy_version(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    return render(
        request,
        "edp/strategy_detail.html",
        {
            **strategy_context(strategy),
            "text": strategy.dossier.text,
            "versions": strategy.process.strategies.public().order_by("-version"),
            "documents": _documents(strategy),
            "may_write": request.user.has_perm("edp.write_strategy", strategy),
        },
    )


def _documents(strategy: Strategy) -> list[Publication]:
    """The newest document in each language that is made."""
    made = strategy.publications.filter(made_at__isnull=False).order_by("language", "-pk")
    return list(made.distinct("language"))


@require_safe
@requires(None, public_version)
def strategy_annexes(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    return render(request, "edp/strategy_annexes.html", annexes_context(strategy))


@require_safe
@requires(None, public_version)
def strategy_print(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    """The document as a page: what a browser prints where the site cannot make a PDF."""
    context = {**document_context(strategy), "language": get_language(), "is_page": True}
    return render(request, "edp/strategy_print.html", context)


@require_safe
def strategy_document(
    request: HttpRequest, slug: str, version: int, language: str
) -> HttpResponseBase:
    """The PDF that was made last in a language."""
    strategy = public_version(slug, version)
    made = strategy.publications.filter(made_at__isnull=False, language=language)
    document = made.order_by("-pk").first()
    if document is None:
        raise Http404
    name = f"{slug}-v{version}-{language}.pdf"
    return FileResponse(document.file.open("rb"), content_type="application/pdf", filename=name)
