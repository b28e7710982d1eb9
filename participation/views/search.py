"""One search over everything that is public, and the searches that people keep."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation.errors import Refused
from participation.models import SavedSearch
from participation.search.filters import Filters
from participation.search.finding import COUNTED, HITS_A_PAGE, MOST_PAGES, by_number, find
from participation.search.forms import SaveSearchForm, SearchForm
from participation.search.hits import hits
from participation.services.once import once
from participation.services.saved_searches import remove_saved_search, save_search


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "participation/search.html", {"form": form}, status=422)
    filters = form.filters
    if thing := by_number(filters.q):
        return redirect(thing)
    if any(name in form.fields and not value for name, value in request.GET.items()):
        return redirect(f"{request.path}?{filters.query()}")  # forms send their empty fields too
    found = find(filters, page=_page_number(request))
    shown = Paginator(range(min(found.total, COUNTED)), HITS_A_PAGE).get_page(found.page)
    context = {
        "form": form,
        "filters": filters,
        "query": filters.query(),
        "found": found,
        "hits": hits(found),
        "page": shown,
        "pills": _pills(form, filters),
        "meant": f"?{filters.meaning(found.meant).query()}" if found.meant else "",
    }
    return render(request, "participation/search.html", context)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
    return min(max(number, 1), MOST_PAGES)


def _pills(form: SearchForm, filters: Filters) -> list[dict[str, str]]:
    return [
        {"label": form.label_of(name), "url": f"?{filters.without(name).query()}"}
        for name in form.fields
        if filters.is_on(name)
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_save(request: HttpRequest) -> HttpResponse:
    given = {"query": request.GET.get("query", "")}
    form = SaveSearchForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            return redirect(
                once(
                    key=data["form_key"],
                    person=request.user,  # type: ignore[arg-type]
                    act=lambda: _save(request, data["name"], data["query"]),
                )
            )
        except Refused as refusal:
            form.add_error("name", f"{refusal} {refusal.way_out}".strip())
    status = 422 if request.method == "POST" else 200
    return render(request, "participation/search_save.html", {"form": form}, status=status)


def _save(request: HttpRequest, name: str, query: str) -> str:
    save_search(person=request.user, name=name, query=query)  # type: ignore[arg-type]
    messages.success(request, _("The search is saved: you will be told of what is new in it."))
    return f"{reverse('participation:search')}?{query}"


def _own_search(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, person=request.user)


@login_required
@require_safe
def search_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a message about a search leads."""
    return redirect(f"{reverse('participation:search')}?{_own_search(request, pk).query}")


@login_required
@require_POST
def search_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent a second time it finds nothing to do, and says the same."""
    for own in SavedSearch.objects.filter(pk=pk, person=request.user):  # type: ignore[misc]
        remove_saved_search(search=own)
    messages.success(request, _("The search is removed; you will not be told of it any more."))
    return redirect("accounts:person-detail")
