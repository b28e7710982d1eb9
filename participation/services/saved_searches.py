"""Searches that people keep, to be told of what is new in them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.errors import Refused
from participation.models import SavedSearch
from participation.search.filters import read_filters

MOST_SAVED = 50


class NothingToSave(Refused):
    message = _("A search without words and filters cannot be saved.")
    way_out = _("Give a word or choose a filter first.")


class TooManySaved(Refused):
    message = _("You have fifty saved searches.")
    way_out = _("Remove one that you do not need any more.")


class SavedAlready(Refused):
    message = _("You have saved this search, or another one by this name, already.")
    way_out = _("All your saved searches stand on your page.")


@transaction.atomic
def save_search(*, person: User, name: str, query: str) -> SavedSearch:
    """Keep a search; `query` is the query of its address.

    Raises NothingToSave, TooManySaved and SavedAlready.
    """
    try:
        filters = read_filters(query)
    except ValueError as error:
        raise NothingToSave from error
    if filters.is_empty:
        raise NothingToSave
    if SavedSearch.objects.filter(person=person).count() >= MOST_SAVED:
        raise TooManySaved
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(person=person, name=name, query=filters.query())
    except IntegrityError as error:
        raise SavedAlready from error


@transaction.atomic
def remove_saved_search(*, search: SavedSearch) -> None:
    """Forget a search and of what it told."""
    search.alerts.all().delete()
    search.delete()
