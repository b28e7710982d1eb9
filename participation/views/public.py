"""The shared public pages: home, and the public record."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from participation.models import JournalEntry
from participation.open_now import decided_lately, number_open, open_processes
from participation.services.territories import regions_with_activity
from participation.views.territories import chosen_territory

ENTRIES_A_PAGE = 50
CARDS = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    mine = chosen_territory(request)
    return render(
        request,
        "participation/home.html",
        {
            "my_region": mine,
            "number_open": number_open(now),
            "open_now": open_processes(now, limit=CARDS, first_in=mine),
            "decided": decided_lately()[:CARDS],
            "regions": regions_with_activity(now),
        },
    )


@require_safe
def journal_list(request: HttpRequest) -> HttpResponse:
    entries = JournalEntry.objects.select_related("dossier")
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/journal_list.html", {"page": page})
