"""Statements and ideas at any state, for tests of what happens to them there."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from edp import phases
from edp.models import (
    Dataset,
    DatasetVersion,
    DiscoveryProcess,
    Idea,
    IdeaSource,
    SpecialisationResult,
    Statement,
    Workshop,
)
from edp.services.ideas import IdeaWords, add_source, start_idea, submit_idea
from participation.services import Wording, create_dossier, publish_dossier
from tests.conftest import as_restore

PARTS = {
    "capability": "Гипсовые вяжущие из фосфогипса",
    "technology": "обжиг при низкой температуре",
    "market": "строители области",
}


def make_statement(
    process: DiscoveryProcess, text: str = "Фосфогипс никто не покупает", **fields: Any
) -> Statement:
    """Published, of a business, a need, said on the site."""
    now = timezone.now()
    last = process.statements.order_by("-number").values_list("number", flat=True).first()
    given: dict[str, Any] = {
        "kind": Statement.Kind.NEED,
        "channel": Statement.Channel.ONLINE,
        "language": "ru",
        "helix": "business",
        "has_consent": True,
        "said_at": now,
        "published_at": now,
        "number": (last or 0) + 1,
    } | fields
    return Statement.objects.create(process=process, text=text, **given)


def idea_words(title: str = "Гипс из отходов", **fields: Any) -> IdeaWords:
    given: dict[str, Any] = {"language": "ru", "title": title, **PARTS, **fields}
    return IdeaWords(**given)


def make_draft(
    process: DiscoveryProcess,
    by: User | None = None,
    *,
    sources: tuple[Statement, ...] | None = None,
    **words: Any,
) -> Idea:
    """A draft that can be submitted; it comes from one statement unless `sources` says which."""
    idea = start_idea(by=by, process=process, words=idea_words(**words))
    for statement in (make_statement(process),) if sources is None else sources:
        add_source(idea=idea, thing=statement, why="Из слов участников")
    return idea


def make_idea(
    process: DiscoveryProcess,
    by: User | None = None,
    *,
    state: str = Idea.State.SUBMITTED,
    sources: tuple[Statement, ...] | None = None,
    **words: Any,
) -> Idea:
    """A public idea with a source, in `state` past its way there."""
    idea = submit_idea(by=by, idea=make_draft(process, by, sources=sources, **words))
    if state == Idea.State.SUBMITTED:
        return idea
    reason = "Причины" if state in {"returned", "screened_out", "parked", "not_selected"} else ""
    with as_restore():
        Idea.objects.filter(pk=idea.pk).update(state=state, reason=reason)
        idea.dossier.state = state
        idea.dossier.save(update_fields=["state"])
    idea.refresh_from_db()
    return idea


def make_workshop(process: DiscoveryProcess, **fields: Any) -> Workshop:
    """Held yesterday, and public."""
    number = process.workshops.count() + 1
    dossier = create_dossier(
        kind=phases.WORKSHOP,
        territory=process.dossier.territory,
        state=Workshop.State.HELD,
        path=f"edp/{process.slug}/workshops/{number}/",
        wordings=[Wording("kk", "Семинар"), Wording("ru", "Семинар"), Wording("en", "Workshop")],
    )
    publish_dossier(dossier=dossier)
    now = timezone.now()
    given: dict[str, Any] = {
        "number": number,
        "kind": Workshop.Kind.FORESIGHT,
        "state": Workshop.State.HELD,
        "starts_at": now - timedelta(hours=26),
        "ends_at": now - timedelta(hours=24),
    } | fields
    return Workshop.objects.create(process=process, dossier=dossier, **given)


def make_result(
    process: DiscoveryProcess, *, activity: str, signal: str = ""
) -> SpecialisationResult:
    """A published figure of the process's territory."""
    dataset = Dataset.objects.create(
        process=process, name_kk="Жұмыс", name_ru="Занятость", classification="OKED"
    )
    version = DatasetVersion.objects.create(
        dataset=dataset,
        number=1,
        file_name="a.csv",
        sha256=f"{dataset.pk:064d}",
        encoding="utf-8",
        rows=1,
        retrieved_on=timezone.localdate(),
        published_at=timezone.now(),
    )
    return SpecialisationResult.objects.create(
        version=version,
        territory=process.dossier.territory,
        activity=activity,
        indicator="employment",
        year=2024,
        share="0.0156",
        lq="5.2",
        signal=signal,
        method="1",
    )


def source_rows(idea: Idea) -> set[tuple[int | None, ...]]:
    fields = [f"{name}_id" for name in IdeaSource.KINDS]
    return set(idea.sources.values_list(*fields))
