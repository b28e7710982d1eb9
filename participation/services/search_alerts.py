"""Telling people of what is new in their saved searches, once, whatever is killed meanwhile.

Rows of SearchNews say what is new. A worker takes a batch that no other has, tries all saved
searches on it, writes the alerts and their events, and deletes the batch, all in one transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from participation.models import Dossier, Event, SavedSearch, SearchNews
from participation.search.filters import Filters, read_filters
from participation.search.finding import fitting
from participation.search.spelling import learn_words
from participation.services.outbox import notify

BATCH = 200
MOST_SINGLY = 5
KIND = "search_alert"
Reason = SearchNews.Reason


def alert_saved_searches() -> int:
    """Try saved searches on everything that is new. Returns how many dossiers were told of."""
    told = 0
    while (in_batch := _alert_of_batch()) is not None:
        told += in_batch
    return told


@transaction.atomic
def _alert_of_batch() -> int | None:
    due = SearchNews.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    batch = list(due.select_for_update(skip_locked=True)[:BATCH])
    if not batch:
        return None
    news: dict[str, set[int]] = defaultdict(set)
    for row in batch:
        news[row.reason].add(row.dossier_id)
    learn_words([row.dossier_id for row in batch])
    told = 0
    for search in SavedSearch.objects.filter(person__is_active=True).select_related("person"):
        told += _alert(search, news)
    SearchNews.objects.filter(pk__in=[row.pk for row in batch]).delete()
    return told


def _alert(search: SavedSearch, news: dict[str, set[int]]) -> int:
    try:
        filters = read_filters(search.query)
    except ValueError:  # written by a version that knew other filters
        return 0
    keys = _concerning(filters, news)
    new = _not_told_yet(search, sorted(fitting(filters, keys))) if keys else []
    if len(new) > MOST_SINGLY:
        # Many at once, such as an import, are one message that leads to the search.
        path = f"search/saved/{search.pk}/"
        notify(kind=KIND, recipients=[search.person], search=search.pk, number=len(new), path=path)
    else:
        for dossier in Dossier.objects.filter(pk__in=new):
            notify(kind=KIND, recipients=[search.person], dossier=dossier, search=search.pk)
    return len(new)


def _concerning(filters: Filters, news: dict[str, set[int]]) -> list[int]:
    """What may be new to a search: a new state only to one that asks for a state, and so on."""
    asked = {
        Reason.PUBLISHED: True,
        Reason.STATE: bool(filters.state),
        Reason.PHASE: bool(filters.phase),
        Reason.TEXT: bool(filters.q),
    }
    return sorted({key for reason, keys in news.items() if asked[Reason(reason)] for key in keys})


def _not_told_yet(search: SavedSearch, keys: list[int]) -> list[int]:
    """Those of which this search has not told; two workers at once never both get one."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO participation_searchalert (saved_search_id, dossier_id, created_at)
            SELECT %s, key, now() FROM unnest(%s::bigint[]) AS key ORDER BY key
            ON CONFLICT DO NOTHING RETURNING dossier_id
            """,
            [search.pk, keys],
        )
        return [row[0] for row in cursor.fetchall()]


def contexts_of(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The names that people gave to their searches, unless they are removed meanwhile."""
    found = SavedSearch.objects.in_bulk({event.data["search"] for event in events})
    names = {key: search.name for key, search in found.items()}
    return {event.pk: {"search_name": names.get(event.data["search"], "…")} for event in events}
