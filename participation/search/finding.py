"""The one query of a search: index, rank and count together; a second one for misspellings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    When,
    Window,
)
from django.utils import timezone

from participation.models import Dossier, DossierText, Territory
from participation.models.territory import lies_within
from participation.search import kazakh
from participation.search.filters import OPEN_NOW, Filters, asked_number
from participation.search.spelling import nearest_words
from participation.search.words import Term, fold, in_other_layout, terms_of, words_to_compare
from participation.services.territories import open_phases

HITS_A_PAGE = 20
MOST_PAGES = 50
COUNTED = HITS_A_PAGE * MOST_PAGES
COMPARED = 3 * (COUNTED + 1)  # texts, three a dossier: those of more than are counted
MOST_SIMILAR = 10


Asked = dict[str, SearchQuery]


@dataclass(frozen=True)
class Found:
    """Keys of one page of dossiers in their order; `total` says no more than "above COUNTED".

    `asked` is what was looked for in the texts of each language. `is_similar`: nothing fits, these
    have words like those asked for; `meant` is how the query may have been meant.
    """

    keys: list[int]
    total: int = 0
    asked: Asked | None = None
    page: int = 1
    is_similar: bool = False
    meant: str = ""

    @property
    def is_more(self) -> bool:
        return self.total > COUNTED


def find(filters: Filters, *, page: int = 1) -> Found:
    """One page of what fits, best first, then newest first; if nothing does, what is similar."""
    terms = terms_of(filters.q)
    if filters.q and not terms:
        return Found([])
    asked = queries(terms) if terms else None
    read = _ranked(asked, filters) if asked else _newest(filters)
    start = (page - 1) * HITS_A_PAGE
    rows = list(read[start : start + HITS_A_PAGE])
    if rows:
        total = rows[0][1] if asked else _bounded_count(filters)
        return Found([key for key, *_ in rows], total, asked, page)
    if page > 1:
        return find(filters)
    return _similar(terms, filters) if terms else Found([])


def _similar(terms: list[Term], filters: Filters) -> Found:
    """What has one of the words that were asked for, or one that is written nearly so."""
    nearest = nearest_words(words_to_compare(terms))
    words = list(dict.fromkeys(fold(word) for near in nearest.values() for word in near))
    if not words:
        return Found([])
    asked = queries_for_any(words)
    keys = [key for key, _ in _ranked(asked, filters)[:MOST_SIMILAR]]
    typed = [word for term in terms for word in term.words]
    near = [nearest.get(word) or nearest.get(in_other_layout(word), [word]) for word in typed]
    meant = " ".join(best for best, *_ in near)
    is_other = fold(meant) != " ".join(typed)
    return Found(keys, asked=asked, is_similar=True, meant=meant if is_other else "")


def by_number(query: str) -> Dossier | None:
    """The published thing whose public number was asked for."""
    number = asked_number(query)
    return Dossier.objects.published().filter(reference=number).first() if number else None


def fitting(filters: Filters, keys: list[int]) -> set[int]:
    """Those of these dossiers that a search finds."""
    terms = terms_of(filters.q)
    if filters.q and not terms:
        return set()
    if terms:
        texts = DossierText.objects.filter(is_found(queries(terms)), _fits(filters, "dossier__"))
        return set(texts.filter(dossier__in=keys).values_list("dossier_id", flat=True))
    fit = Dossier.objects.filter(_fits(filters), pk__in=keys)
    return set(fit.values_list("pk", flat=True))


# --- Words --------------------------------------------------------------------------------------


def queries(terms: list[Term]) -> Asked:
    """What is asked, for texts in Russian, in English, and in Kazakh or any other language."""
    words = " ".join(map(str, terms))
    return {
        "ru": SearchQuery(words, config="russian", search_type="websearch"),
        "en": SearchQuery(words, config="english", search_type="websearch"),
        "kk": SearchQuery(kazakh.tsquery(terms), config="simple", search_type="raw"),
    }


def queries_for_any(words: list[str]) -> Asked:
    """Texts with at least one of these folded words."""
    any_word = " | ".join(f"'{word}'" for word in words)
    any_form = kazakh.tsquery_for_any(words)
    return {
        "ru": SearchQuery(any_word, config="russian", search_type="raw"),
        "en": SearchQuery(any_word, config="english", search_type="raw"),
        "kk": SearchQuery(any_form, config="simple", search_type="raw"),
    }


def by_language(of_language: dict[str, Any]) -> Case:
    """The one of three expressions that is for the language of a text."""
    return Case(
        When(language="ru", then=of_language["ru"]),
        When(language="en", then=of_language["en"]),
        default=of_language["kk"],
    )


def is_found(asked: Asked) -> Q:
    """Whether a text has what is asked for in its language."""
    others = ~Q(language__in=["ru", "en"])
    return (
        Q(language="ru", search=asked["ru"])
        | Q(language="en", search=asked["en"])
        | Q(others, search=asked["kk"])
    )


def _ranked(asked: Asked, filters: Filters) -> QuerySet[Any, Any]:
    """Best first. Of a word that stands everywhere only the newest texts are compared: the order
    of thousands says nothing, and comparing them all would cost a second."""
    found = DossierText.objects.filter(is_found(asked), _fits(filters, "dossier__"))
    newest = found.order_by("-pk").values("pk")[:COMPARED]
    ranks = {language: SearchRank(F("search"), query) for language, query in asked.items()}
    return (
        DossierText.objects.filter(pk__in=newest)
        .values("dossier_id", "dossier__published_at")
        .annotate(rank=Max(by_language(ranks)), total=Window(Count("*")))
        .order_by("-rank", "-dossier__published_at", "-dossier_id")
        .values_list("dossier_id", "total")
    )


# --- Filters ------------------------------------------------------------------------------------


def _newest(filters: Filters) -> QuerySet[Any, Any]:
    fit = Dossier.objects.filter(_fits(filters))
    return fit.order_by("-published_at", "-pk").values_list("pk", "published_at")


def _bounded_count(filters: Filters) -> int:
    """Counting 100,000 rows to say "more than 1,000" would cost more than the search."""
    return Dossier.objects.filter(_fits(filters)).values("pk")[: COUNTED + 1].count()


def _fits(filters: Filters, prefix: str = "") -> Q:
    """Published, and within all filters; `prefix` leads to the dossier."""
    fit = Q(**{f"{prefix}published_at__isnull": False})
    kind, _, state = filters.state.partition(":")
    if filters.kind:
        fit &= Q(**{f"{prefix}kind": filters.kind})
    if filters.state:
        fit &= Q(**{f"{prefix}kind": kind, f"{prefix}state": state})
    if filters.place:
        place = Territory.objects.filter(slug=filters.place).values_list("pk", flat=True)
        fit &= lies_within(f"{prefix}territory", list(place))
    if filters.phase:
        fit &= Q(_is_in_phase(filters.phase, OuterRef("dossier" if prefix else "pk")))
    if filters.since:
        fit &= Q(**{f"{prefix}published_at__gte": _midnight(filters.since)})
    if filters.until:
        fit &= Q(**{f"{prefix}published_at__lt": _midnight(filters.until + timedelta(days=1))})
    return fit


def _is_in_phase(phase: str, dossier: OuterRef) -> Exists:
    is_open = open_phases(timezone.now()).filter(dossier=dossier)
    return Exists(is_open if phase == OPEN_NOW else is_open.filter(kind=phase))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
