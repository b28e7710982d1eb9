"""Where an idea comes from, as its page says it: the words, who measured, in which workshop."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from edp.activities import activity_name
from edp.models import (
    DelphiStatement,
    DiscoveryProcess,
    Idea,
    IdeaSource,
    Priority,
    RegionalAsset,
    SpecialisationResult,
    Statement,
    TrendSignal,
)
from edp.services.ideas.sources import Thing
from participation.templatetags.kenes import number

WITH_WORDS = (
    "statement__workshop__dossier__texts",
    "delphi_statement__study__dossier__texts",
)


@dataclass(frozen=True)
class Told:
    """`text` is in `language`; `where` names the workshop, the study or the table, at `url`."""

    kind: str
    text: str
    language: str
    by: str
    where: str
    url: str
    is_quote: bool = False


@dataclass(frozen=True)
class Traced:
    """A source, why it was named, and the merged idea that it came with."""

    source: int
    told: Told
    why: str
    came_with: Idea | None


def sources_of(ideas: Iterable[Idea]) -> QuerySet[IdeaSource]:
    return (
        IdeaSource.objects.filter(idea__in=ideas)
        .select_related(
            "statement__workshop__dossier",
            "delphi_statement__study__dossier",
            "result__version__dataset",
            "asset__territory",
            "trend",
            "came_with__dossier",
        )
        .prefetch_related(*WITH_WORDS)
        .order_by("pk")
    )


def trace_of(idea: Idea) -> list[Traced]:
    """At most three queries, however many sources there are."""
    return [
        Traced(source.pk, told(thing_of(source), idea.process), source.why, source.came_with)
        for source in sources_of([idea])
    ]


@dataclass(frozen=True)
class StepsBack:
    """What a priority comes from, in numbers: one sentence on its page."""

    statements: int
    workshops: int
    figures: int
    ideas: int


def steps_back(priority: Priority) -> StepsBack:
    """Counts of distinct things behind all ideas of a priority, merged ones included."""
    sources = IdeaSource.objects.filter(idea__priorities=priority)
    others = ("result", "asset", "trend", "delphi_statement")
    counted = sources.aggregate(
        statements=Count("statement", distinct=True),
        workshops=Count("statement__workshop", distinct=True),
        **{name: Count(name, distinct=True) for name in others},
    )
    ideas = Idea.objects.filter(Q(priorities=priority) | Q(merged_into__priorities=priority))
    return StepsBack(
        statements=counted["statements"],
        workshops=counted["workshops"],
        figures=sum(counted[name] for name in others),
        ideas=ideas.distinct().count(),
    )


def thing_of(source: IdeaSource) -> Thing:
    """The one thing that a source row names."""
    things: list[Thing | None] = [getattr(source, name) for name in IdeaSource.KINDS]
    return next(thing for thing in things if thing is not None)


def told(thing: Thing, process: DiscoveryProcess) -> Told:
    """The thing with its text dossiers loaded (WITH_WORDS)."""
    match thing:
        case Statement():
            return _statement(thing, process)
        case DelphiStatement():
            study = thing.study.dossier
            where, url = study.title, study.get_absolute_url()
            return Told(_("Delphi"), thing.text, "", "", where, url, is_quote=True)
        case SpecialisationResult():
            return _result(thing, process)
        case RegionalAsset():
            place = str(thing.territory)
            return Told(_("Asset"), thing.name, "", thing.source, place, _evidence(process))
        case TrendSignal():
            kind = str(thing.get_kind_display()).capitalize()
            return Told(kind, thing.text, "", thing.source, "", _evidence(process))


def _statement(statement: Statement, process: DiscoveryProcess) -> Told:
    reader = (get_language() or "kk")[:2]
    translated = statement.translations.get(reader, "")
    workshop = statement.workshop.dossier if statement.workshop else None
    return Told(
        kind=str(statement.get_kind_display()),
        text=translated or statement.text or _("Erased at the wish of whoever said it."),
        language="" if translated or not statement.text else statement.language,
        by=str(statement.get_helix_display()),
        where=workshop.title if workshop and workshop.published_at else "",
        url=_page("edp:statement-detail", process.slug, statement.number)
        or (workshop.get_absolute_url() if workshop else ""),
        is_quote=bool(statement.text),
    )


def _result(result: SpecialisationResult, process: DiscoveryProcess) -> Told:
    name = activity_name(result.activity)
    words = [f"{name} ({result.activity}), {result.year}"]
    if result.lq is not None:
        words.append(_("location quotient %(number)s") % {"number": number(result.lq, 2)})
    words.append(_("share %(number)s") % {"number": number(result.share, 4)})
    where = result.version.dataset.name
    return Told(_("Figure"), "; ".join(words), "", "", where, _evidence(process))


def _evidence(process: DiscoveryProcess) -> str:
    return _page("edp:evidence-detail", process.slug)


def _page(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
