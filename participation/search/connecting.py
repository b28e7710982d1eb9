"""What this package adds at start-up: a kind of message, a person's data, a part of their page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import person_page, personal_data
from accounts.models import User
from participation import contributions, event_kinds, kinds
from participation.models import Comment, SavedSearch, SearchAlert
from participation.services.search_alerts import KIND, contexts_of

RECORDS = {
    "participation.dossiers_linked": _("Two things were linked"),
    "participation.dossiers_unlinked": _("A link was removed"),
}


def saved_searches_of(person: User) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(person=person).order_by("name"))


def export(person: User) -> Any:
    return list(SavedSearch.objects.filter(person=person).values("name", "query", "created_at"))


def erase(person: User) -> None:
    SearchAlert.objects.filter(saved_search__person=person).delete()
    SavedSearch.objects.filter(person=person).delete()


def discussed_by(person: User) -> QuerySet[Any, Any]:
    return Comment.objects.filter(author=person).values("dossier")


def connect() -> None:
    contributions.register(discussed_by)
    kinds.register_records(RECORDS)
    event_kinds.register(
        event_kinds.EventKind(
            KIND,
            event_kinds.FOLLOWED,
            _("Something new in a saved search"),
            tells_area=False,
            contexts=contexts_of,
        )
    )
    personal_data.register("saved_searches", export=export, erase=erase)
    person_page.register("participation/person_searches.html", load=saved_searches_of)
