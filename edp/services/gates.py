"""Gates: looked at from facts, passed under a lock, recorded for good; waived by decision only."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from edp import gates
from edp.errors import AlreadyMoved, GateClosed, NoGate, NothingToWaive, NotOurs, UnknownCondition
from edp.facts import (
    adoption,
    announcement,
    consultation,
    discovery,
    evaluation,
    evidence_map,
    preparation,
    review,
)
from edp.gate_words import label_of
from edp.models import Decision, DiscoveryProcess, GateCheck, Stage, StageChange, Waiver
from edp.services.decisions import record_decision
from edp.services.locks import lock
from edp.services.moving import move
from participation.services import record

Conditions = Callable[[DiscoveryProcess, gates.Thresholds], list[gates.Condition]]

# The gate on the way out of each stage, and where it leads. Nothing stops a strategy from being
# carried out: review is opened by decision, and G7 lies on the way back to work.
GATES: dict[str, tuple[int, str, Conditions]] = {
    Stage.DRAFT: (
        0, Stage.PREPARATION, lambda p, rules: gates.announce(announcement.facts_of(p), rules)
    ),
    Stage.PREPARATION: (
        1, Stage.MAPPING, lambda p, rules: gates.start(preparation.facts_of(p), rules)
    ),
    Stage.MAPPING: (
        2, Stage.DISCOVERY, lambda p, rules: gates.mapping(evidence_map.facts_of(p), rules)
    ),
    Stage.DISCOVERY: (
        3, Stage.EVALUATION, lambda p, rules: gates.discovery(discovery.facts_of(p), rules)
    ),
    Stage.EVALUATION: (
        4, Stage.CONSULTATION, lambda p, rules: gates.evaluation(evaluation.facts_of(p), rules)
    ),
    Stage.CONSULTATION: (
        5, Stage.ADOPTION, lambda p, rules: gates.consultation(consultation.facts_of(p), rules)
    ),
    Stage.ADOPTION: (
        6, Stage.IMPLEMENTATION, lambda p, rules: gates.adoption(adoption.facts_of(p), rules)
    ),
    Stage.REVIEW: (
        7, Stage.IMPLEMENTATION, lambda p, rules: gates.review(review.facts_of(p), rules)
    ),
}  # fmt: skip


def thresholds_of(process: DiscoveryProcess) -> gates.Thresholds:
    """Raises ValueError for a ruleset that says nothing sensible."""
    return gates.Thresholds.from_data(process.ruleset.data.get("gates", {}))


def gate_of(process: DiscoveryProcess) -> int | None:
    """The number of the gate before which the process stands."""
    return GATES[process.stage][0] if process.is_ours and process.stage in GATES else None


def check_gate(process: DiscoveryProcess) -> gates.Check:
    """The gate before which the process stands, looked at now. Raises NotOurs and NoGate."""
    if not process.is_ours:
        raise NotOurs
    if process.stage not in GATES:
        raise NoGate
    gate, _to, conditions_of = GATES[process.stage]
    # The first gate asks whether the rules can be read at all.
    rules = thresholds_of(process) if gate else gates.Thresholds()
    conditions = conditions_of(process, rules)
    codes = {condition.code for condition in conditions}
    return gates.check(gate, conditions, waived_at(process, gate) & codes)


def waived_at(process: DiscoveryProcess, gate: int) -> set[str]:
    found = Waiver.objects.filter(decision__process=process, gate=gate)
    return set(found.values_list("condition", flat=True))


@transaction.atomic
def pass_gate(
    *,
    by: User | None,
    process: DiscoveryProcess,
    gate: int | None = None,
    is_last: bool = False,
) -> StageChange:
    """Move on to the next stage, with the conditions as they are found now kept for good.

    `gate` is the one that the person looked at. `is_last` closes the process after a review.
    Raises NotOurs, NoGate, GateClosed with what is missing, AlreadyMoved.
    """
    seen, process = process, lock(process)
    if seen.stage != process.stage or (gate is not None and gate != gate_of(process)):
        raise AlreadyMoved
    found = check_gate(process)
    if found.missing:
        raise GateClosed(way_out=" ".join(f"{label_of(c.code)}." for c in found.missing))
    ends_here = is_last and process.stage == Stage.REVIEW
    to_stage = Stage.CLOSED if ends_here else GATES[process.stage][1]
    kept = GateCheck.objects.create(
        process=process, gate=found.gate, conditions=found.to_data(), by=by
    )
    change = move(by=by, process=process, to_stage=to_stage, gate_check=kept)
    record(
        kind="edp.gate_passed",
        dossier=process.dossier,
        actor=by,
        gate=found.gate,
        conditions=found.to_data(),
        stage=to_stage,
    )
    seen.refresh_from_db()
    return change


@transaction.atomic
def waive_condition(
    *,
    by: User | None,
    process: DiscoveryProcess,
    condition: str,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    **details: Any,
) -> Waiver:
    """Set one unmet condition of the gate ahead aside, by a decision that says why.

    Raises UnknownCondition, NothingToWaive and what record_decision raises.
    """
    process = lock(process)
    found = check_gate(process)
    if condition not in {each.code for each in found.conditions}:
        raise UnknownCondition
    if condition not in {each.code for each in found.missing}:
        raise NothingToWaive
    decision = record_decision(
        by=by,
        process=process,
        kind=Decision.Kind.WAIVE,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        **details,
    )
    waiver = Waiver.objects.create(decision=decision, gate=found.gate, condition=condition)
    record(
        kind="edp.condition_waived",
        dossier=process.dossier,
        actor=by,
        gate=found.gate,
        condition=condition,
    )
    return waiver
