"""What an idea comes from: exactly one public thing of its process a row."""

from django.db import transaction
from django.db.models import Q

from edp.models import (
    DelphiStatement,
    Idea,
    IdeaSource,
    RegionalAsset,
    SpecialisationResult,
    Statement,
    TrendSignal,
)
from edp.services.ideas.errors import IdeaDecided, SourceElsewhere
from edp.services.ideas.moving import locked
from participation.models import Dossier, DossierLink
from participation.services.links import link_dossiers

Thing = Statement | DelphiStatement | SpecialisationResult | RegionalAsset | TrendSignal
FIELDS: dict[type[Thing], str] = {
    Statement: "statement",
    DelphiStatement: "delphi_statement",
    SpecialisationResult: "result",
    RegionalAsset: "asset",
    TrendSignal: "trend",
}


@transaction.atomic
def add_source(*, idea: Idea, thing: Thing, why: str = "") -> IdeaSource:
    """Name a source of a draft; the same one again changes nothing.

    Raises IdeaDecided once the idea is sent, SourceElsewhere for what is not public here.
    """
    idea = locked(idea)
    if not idea.is_editable:
        raise IdeaDecided
    if _process_of(thing) != idea.process_id or not _is_public(thing):
        raise SourceElsewhere
    name = {FIELDS[type(thing)]: thing}
    source, _ = IdeaSource.objects.get_or_create(idea=idea, **name, defaults={"why": why})
    return source


@transaction.atomic
def remove_source(*, source: IdeaSource) -> None:
    """Raises IdeaDecided once the idea is sent, or for what came with a merged one."""
    idea = locked(source.idea)
    if not idea.is_editable or source.came_with_id is not None:
        raise IdeaDecided
    source.delete()


def _process_of(thing: Thing) -> int:
    match thing:
        case DelphiStatement():
            return thing.study.process_id
        case SpecialisationResult():
            return thing.version.dataset.process_id
    return thing.process_id


def _is_public(thing: Thing) -> bool:
    match thing:
        case DelphiStatement():
            return thing.study.dossier.published_at is not None
        case SpecialisationResult():
            return thing.version.published_at is not None
        case Statement():
            return thing.published_at is not None and thing.erased_at is None
    return thing.published_at is not None


def link_to_sources(idea: Idea) -> None:
    """The public workshops and studies that an idea comes from lead to it in the chain."""
    comes_from = Q(workshop__statements__led_to__idea=idea) | Q(
        delphi_study__statements__led_to__idea=idea
    )
    linked = DossierLink.objects.filter(target=idea.dossier, relation="led_to").values("source")
    for dossier in Dossier.objects.published().filter(comes_from).exclude(pk__in=linked).distinct():
        link_dossiers(by=None, source=dossier, target=idea.dossier, relation="led_to")
