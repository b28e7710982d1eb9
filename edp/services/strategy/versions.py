"""A version of a strategy: begun, worded, published; the next one begins as a copy of the last."""

from typing import Any

from django.db import models, transaction

from accounts.models import User
from edp import phases
from edp.models import (
    Action,
    ActionPartner,
    Challenge,
    DiscoveryProcess,
    ExAnteEvaluation,
    Indicator,
    InvestmentLine,
    Objective,
    PlanAlignment,
    Risk,
    Stage,
    Strategy,
    StrategyPriority,
)
from edp.services.strategy.errors import (
    StrategyFrozen,
    TextMissing,
    TooEarly,
    VersionUnderWay,
)
from participation.models import DossierLink
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    follow,
    publish_dossier,
    record,
    write_text,
)
from participation.services.links import link_dossiers

STAGES = (Stage.CONSULTATION, Stage.ADOPTION, Stage.IMPLEMENTATION, Stage.REVIEW)
State = Strategy.State


def locked(strategy: Strategy) -> Strategy:
    """The strategy as it is now; whoever else writes it waits for the commit."""
    return Strategy.objects.select_for_update(no_key=True, of=("self",)).get(pk=strategy.pk)


def open_and_locked(strategy: Strategy) -> Strategy:
    found = locked(strategy)
    if not found.is_open:
        raise StrategyFrozen
    return found


@transaction.atomic
def start_strategy(
    *, by: User | None, process: DiscoveryProcess, wordings: list[Wording], currency: str = "KZT"
) -> Strategy:
    """The first version, a draft; `wordings` hold title, vision and foreword.

    Raises TooEarly before the consultation and VersionUnderWay if there is a version.
    """
    process = DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    if process.is_ours and process.stage not in STAGES:
        raise TooEarly
    if process.strategies.exists():
        raise VersionUnderWay
    return _start(by, process, 1, wordings, currency, None)


def _start(
    by: User | None,
    process: DiscoveryProcess,
    version: int,
    wordings: list[Wording],
    currency: str,
    supersedes: Strategy | None,
) -> Strategy:
    dossier = create_dossier(
        kind=phases.STRATEGY,
        territory=process.dossier.territory,
        state=State.DRAFT,
        path=f"edp/{process.slug}/strategy/{version}/",
        wordings=wordings,
    )
    strategy = Strategy.objects.create(
        dossier=dossier,
        process=process,
        version=version,
        currency=currency,
        supersedes=supersedes,
    )
    record(kind="edp.strategy_started", dossier=dossier, actor=by, version=version)
    return strategy


@transaction.atomic
def write_strategy_texts(*, by: User | None, strategy: Strategy, wordings: list[Wording]) -> None:
    """Title, vision and foreword in each language given. Raises StrategyFrozen."""
    strategy = open_and_locked(strategy)
    for wording in wordings:
        write_text(dossier=strategy.dossier, wording=wording)
    if strategy.dossier.published_at is not None:
        languages = [wording.language for wording in wordings]
        record(
            kind="edp.strategy_reworded", dossier=strategy.dossier, actor=by, languages=languages
        )


@transaction.atomic
def publish_strategy(*, by: User | None, strategy: Strategy) -> None:
    """Everybody may read the draft from now on. Raises TextMissing without Kazakh or Russian."""
    strategy = locked(strategy)
    written = {
        text.language for text in strategy.dossier.texts.all() if text.title and text.summary
    }
    if not {"kk", "ru"} <= written:
        raise TextMissing
    if strategy.dossier.published_at is None:
        publish_dossier(dossier=strategy.dossier)
        record(
            kind="edp.strategy_published",
            dossier=strategy.dossier,
            actor=by,
            version=strategy.version,
        )
    if by is not None:
        follow(person=by, dossier=strategy.dossier)
    link_priorities(by=by, strategy=strategy)


def link_priorities(*, by: User | None, strategy: Strategy) -> None:
    """The chain goes on from each public priority to the strategy it stands in."""
    if strategy.dossier.published_at is None:
        return
    linked = set(
        DossierLink.objects.filter(target=strategy.dossier).values_list("source_id", flat=True)
    )
    rows = strategy.priorities.select_related("priority__dossier")
    for dossier in (row.priority.dossier for row in rows):
        if dossier.pk not in linked and dossier.published_at is not None:
            link_dossiers(by=by, source=dossier, target=strategy.dossier, relation="led_to")


def move_on(*, by: User | None, strategy: Strategy, state: str, **data: Any) -> None:
    """The state in the row, the dossier and the public record; triggers have the last word."""
    strategy.state = state
    strategy.save(update_fields=["state"])
    change_state(dossier=strategy.dossier, state=state)
    record(kind="edp.strategy_moved_on", dossier=strategy.dossier, actor=by, state=state, **data)


# --- The next version ---------------------------------------------------------------------------

# Parents before their children; which column names the parent.
TREE: tuple[tuple[type[models.Model], str], ...] = (
    (Challenge, ""),
    (StrategyPriority, "challenge_id"),
    (Objective, "priority_id"),
    (Action, "objective_id"),
    (ActionPartner, "action_id"),
    (Indicator, "objective_id"),
    (InvestmentLine, "action_id"),
    (Risk, "action_id"),
    (ExAnteEvaluation, "action_id"),
    (PlanAlignment, "priority_id"),
)


@transaction.atomic
def start_next_version(*, by: User, process: DiscoveryProcess) -> Strategy:
    """A draft with everything that the last version says, numbers included; money that was
    spent stays with the old one. Raises VersionUnderWay unless the last one is in force."""
    process = DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    last = process.strategies.order_by("version").last()
    if last is None or last.state not in (*Strategy.HOLDING, State.EXPIRED):
        raise VersionUnderWay
    wordings = [
        Wording(text.language, text.title, text.summary, text.body, text.origin)
        for text in last.dossier.texts.all()
    ]
    strategy = _start(by, process, last.version + 1, wordings, last.currency, last)
    copied: dict[str, dict[int, int]] = {}
    for model, parent in TREE:
        copied[model.__name__] = _copy(model, parent, last, strategy, copied)
    return strategy


def _copy(
    model: Any, parent: str, last: Strategy, strategy: Strategy, copied: dict[str, dict[int, int]]
) -> dict[int, int]:
    """The rows of one table with new keys below new parents: old key → new key."""
    rows = list(model.objects.filter(strategy=last).order_by("pk"))
    if model is InvestmentLine:
        rows = [row for row in rows if row.certainty != InvestmentLine.Certainty.SPENT]
    old = [row.pk for row in rows]
    for row in rows:
        row.pk, row.strategy = None, strategy
        if parent:
            above = model._meta.get_field(parent.removesuffix("_id")).related_model.__name__
            setattr(row, parent, copied[above][getattr(row, parent)])
    made = model.objects.bulk_create(rows)
    return {before: row.pk for before, row in zip(old, made, strict=True)}
