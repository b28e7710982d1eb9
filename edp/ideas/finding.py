"""Finding what an idea may come from: public words, figures, assets and trends of a process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from edp.ideas.trace import Told, told
from edp.models import (
    DelphiStatement,
    DiscoveryProcess,
    RegionalAsset,
    SpecialisationResult,
    Statement,
    TrendSignal,
)
from edp.services.ideas.sources import FIELDS, Thing
from participation.search.kazakh import stem
from participation.search.words import fold

LONGEST_QUERY = 100
MOST_OF_A_KIND = 8
SHORTEST_BEGINNING, LONGEST_ENDING = 5, 3  # letters
_MODELS = {name: model for model, name in FIELDS.items()}


@dataclass(frozen=True)
class Found:
    """`key` is what a form sends back for it: "statement-12"."""

    key: str
    told: Told


def find_things(process: DiscoveryProcess, query: str = "") -> list[Found]:
    """The newest of each kind, or those whose text has all the words, in whatever form."""
    words = [_beginning(word) for word in fold(query.replace("\0", "")[:LONGEST_QUERY]).split()]
    return [
        Found(f"{name}-{thing.pk}", told(thing, process))
        for name in _MODELS
        for thing in _with_words(name, process, words)[:MOST_OF_A_KIND]
    ]


def _beginning(word: str) -> str:
    """What a word shares with its other forms, in Kazakh by its stem, in Russian by its length."""
    return stem(word)[: max(SHORTEST_BEGINNING, len(word) - LONGEST_ENDING)]


def things_named(process: DiscoveryProcess, keys: list[str]) -> list[Thing]:
    """What a form names, as far as it is public and of this process."""
    found: list[Thing] = []
    for key in keys:
        name, _, number = key.partition("-")
        if name in _MODELS and number.isascii() and number.isdecimal() and len(number) < 15:
            found += _PUBLIC[name](process).filter(pk=int(number))
    return found


def _statements(process: DiscoveryProcess) -> QuerySet[Statement]:
    rows = process.statements.public().filter(erased_at=None).select_related("workshop__dossier")
    return rows.prefetch_related("workshop__dossier__texts").order_by("-number")


def _delphi(process: DiscoveryProcess) -> QuerySet[DelphiStatement]:
    rows = DelphiStatement.objects.filter(
        study__process=process, study__dossier__published_at__isnull=False
    )
    return rows.select_related("study__dossier").prefetch_related("study__dossier__texts")


def _results(process: DiscoveryProcess) -> QuerySet[SpecialisationResult]:
    """Those with a signal first: the others are found by their code."""
    rows = SpecialisationResult.objects.filter(
        version__dataset__process=process,
        version__published_at__isnull=False,
        territory=process.dossier.territory,
    )
    return rows.select_related("version__dataset").order_by("-signal", "activity", "pk")


def _assets(process: DiscoveryProcess) -> QuerySet[RegionalAsset]:
    return process.assets.filter(published_at__isnull=False).select_related("territory")


def _trends(process: DiscoveryProcess) -> QuerySet[TrendSignal]:
    return process.trends.filter(published_at__isnull=False)


_PUBLIC: dict[str, Callable[[DiscoveryProcess], QuerySet[Any]]] = {
    "statement": _statements,
    "delphi_statement": _delphi,
    "result": _results,
    "asset": _assets,
    "trend": _trends,
}
_TEXTS = {
    "statement": ("text", "translations"),
    "delphi_statement": ("text_kk", "text_ru", "text_en"),
    "result": ("activity", "version__dataset__name_ru", "version__dataset__name_kk"),
    "asset": ("name_kk", "name_ru", "name_en"),
    "trend": ("text_kk", "text_ru", "text_en"),
}


def _with_words(name: str, process: DiscoveryProcess, words: list[str]) -> QuerySet[Any]:
    rows = _PUBLIC[name](process)
    if not words:
        return rows
    texts = [Cast(F(field), TextField()) for field in _TEXTS[name]]
    spaced = [part for text in texts for part in (text, Value(" "))]
    folded = Func(
        Concat(*spaced, output_field=TextField()),
        function="participation_fold",
        output_field=CharField(),
    )
    has_all = Q()
    for word in words:
        has_all &= Q(folded__contains=word)
    found: QuerySet[Any] = rows.annotate(folded=folded).filter(has_all)
    return found
