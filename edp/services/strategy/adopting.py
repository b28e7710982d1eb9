"""The way of a strategy: public council, akimat, maslikhat, in force.

The order is the law's: councils discuss drafts of plans (O:3885-3893), maslikhats approve what
the akimat brings in (O:3319-3325). Every step is a dated decision with reasons.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from edp.models import Approval, CouncilRecommendation, Decision, Stage, Strategy
from edp.services.decisions import record_decision
from edp.services.strategy.documents import ask_for_documents
from edp.services.strategy.errors import (
    AnswerRulesMissing,
    GateNotPassed,
    NotItsTurn,
    PeriodNotOver,
    PlanNotWhole,
)
from edp.services.strategy.versions import State, link_priorities, locked, move_on, publish_strategy
from edp.strategy_reading import gaps_of
from participation.models import Ruleset
from participation.services import change_state, notify_followers, record
from participation.services.answers import register_answer_due

# The public council takes part in the consultation; akimat and maslikhat decide after it.
DECIDED_IN = (Stage.ADOPTION, Stage.IMPLEMENTATION, Stage.REVIEW)
HEARD_IN = (Stage.CONSULTATION, *DECIDED_IN)
STEPS = {
    Decision.Kind.AKIMAT: (State.COUNCIL_OPINION, State.AKIMAT_APPROVED),
    Decision.Kind.MASLIKHAT: (State.AKIMAT_APPROVED, State.MASLIKHAT_APPROVED),
}


def _at(strategy: Strategy, state: str, stages: Sequence[str] = DECIDED_IN) -> Strategy:
    found = locked(strategy)
    if found.state != state or (found.process.is_ours and found.process.stage not in stages):
        raise NotItsTurn
    return found


def _answer_rules() -> Ruleset:
    """The newest rules on how soon a state body answers."""
    ruleset = Ruleset.objects.filter(kind="answers").order_by("-version", "-pk").first()
    if ruleset is None:
        raise AnswerRulesMissing
    return ruleset


@transaction.atomic
def put_before_council(*, by: User, strategy: Strategy) -> None:
    """The draft goes to the public council, for everybody to read.

    Raises NotItsTurn before the stage of consultation, TextMissing without both official languages.
    """
    strategy = _at(strategy, State.DRAFT, HEARD_IN)
    publish_strategy(by=by, strategy=strategy)
    move_on(by=by, strategy=strategy, state=State.CONSULTED)


@transaction.atomic
def take_council_opinion(
    *,
    by: User,
    strategy: Strategy,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    recommendations: list[dict[str, str]],
    addressee: Organisation,
    document_url: str = "",
) -> Decision:
    """The public council's opinion; `addressee` owes an answer to each recommendation (texts by
    language) from the day of the opinion. Raises NotItsTurn, AnswerRulesMissing."""
    strategy = _at(strategy, State.CONSULTED, HEARD_IN)
    decision = record_decision(
        by=by,
        process=strategy.process,
        kind=Decision.Kind.COUNCIL_OPINION,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        document_url=document_url,
    )
    Approval.objects.create(strategy=strategy, decision=decision)
    for subjects in recommendations:
        due = register_answer_due(
            by=by,
            dossier=strategy.dossier,
            addressee=addressee,
            ruleset=_answer_rules(),
            subjects=subjects,
            received_on=decided_on,
        )
        CouncilRecommendation.objects.create(strategy=strategy, answer_due=due)
    move_on(by=by, strategy=strategy, state=State.COUNCIL_OPINION, decision=decision.pk)
    notify_followers(kind="strategy_moved_on", dossier=strategy.dossier, actor=by)
    return decision


@transaction.atomic
def approve_strategy(
    *,
    by: User,
    strategy: Strategy,
    kind: str,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    document_url: str = "",
) -> Decision:
    """The decision of the akimat (nothing changes after it) or of the maslikhat.

    Raises NotItsTurn, and PlanNotWhole while the plan has gaps.
    """
    before, after = STEPS[Decision.Kind(kind)]
    strategy = _at(strategy, before)
    if kind == Decision.Kind.AKIMAT and gaps_of(strategy):
        raise PlanNotWhole
    decision = record_decision(
        by=by,
        process=strategy.process,
        kind=kind,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        document_url=document_url,
    )
    Approval.objects.create(strategy=strategy, decision=decision)
    move_on(by=by, strategy=strategy, state=after, decision=decision.pk)
    notify_followers(kind="strategy_moved_on", dossier=strategy.dossier, actor=by)
    return decision


@transaction.atomic
def put_in_force(*, by: User | None, strategy: Strategy) -> None:
    """The version holds from now on, and what it supersedes no longer does.

    A replay is put in force as it was written. Raises NotItsTurn, GateNotPassed.
    """
    found = locked(strategy)
    is_ours = found.process.is_ours
    if found.state != (State.MASLIKHAT_APPROVED if is_ours else State.DRAFT):
        raise NotItsTurn
    if is_ours and found.process.stage not in (Stage.IMPLEMENTATION, Stage.REVIEW):
        raise GateNotPassed
    publish_strategy(by=by, strategy=found)
    earlier = found.supersedes
    if earlier is not None and earlier.state in Strategy.HOLDING:
        earlier = locked(earlier)
        earlier.state = State.SUPERSEDED
        earlier.save(update_fields=["state"])
        change_state(dossier=earlier.dossier, state=State.SUPERSEDED)
        record(
            kind="edp.strategy_superseded",
            dossier=earlier.dossier,
            actor=by,
            by_version=found.version,
        )
    move_on(by=by, strategy=found, state=State.IN_FORCE, version=found.version)
    link_priorities(by=by, strategy=found)
    if is_ours:
        ask_for_documents(by=by, strategy=found)
        notify_followers(kind="strategy_moved_on", dossier=found.dossier, actor=by)


@transaction.atomic
def amend_strategy(
    *,
    by: User,
    strategy: Strategy,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    document_url: str = "",
) -> Decision:
    """What a body changed in a strategy that holds: its text stays, the decision stands beside it.

    Raises NotItsTurn unless it is in force, amended or not.
    """
    strategy = locked(strategy)
    if strategy.state not in Strategy.HOLDING:
        raise NotItsTurn
    decision = record_decision(
        by=by,
        process=strategy.process,
        kind=Decision.Kind.AMENDMENT,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        document_url=document_url,
    )
    Approval.objects.create(strategy=strategy, decision=decision)
    if strategy.state != State.AMENDED:
        move_on(by=by, strategy=strategy, state=State.AMENDED, decision=decision.pk)
    notify_followers(kind="strategy_moved_on", dossier=strategy.dossier, actor=by)
    return decision


@transaction.atomic
def expire_strategy(*, by: User, strategy: Strategy) -> None:
    """Its years are over and no next version holds. Raises NotItsTurn, PeriodNotOver."""
    strategy = locked(strategy)
    if strategy.state not in Strategy.HOLDING:
        raise NotItsTurn
    if timezone.localdate().year <= strategy.process.period_end:
        raise PeriodNotOver
    move_on(by=by, strategy=strategy, state=State.EXPIRED)
    notify_followers(kind="strategy_moved_on", dossier=strategy.dossier, actor=by)
