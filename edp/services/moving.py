"""From stage to stage: past a gate, or by a decision with reasons."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from edp.errors import NotOurs, WrongStage
from edp.models import Decision, DiscoveryProcess, GateCheck, Stage, StageChange
from edp.phases import ORDER
from edp.services.decisions import record_decision
from edp.services.locks import lock
from participation.models import Phase
from participation.services import change_state, notify_followers, publish_dossier

FINAL = (Stage.CLOSED, Stage.CANCELLED)
MOVING = (
    Decision.Kind.PASS_GATE,
    Decision.Kind.STEP_BACK,
    Decision.Kind.SUSPEND,
    Decision.Kind.RESUME,
    Decision.Kind.CANCEL,
)
MINUTE = timedelta(minutes=1)


def move(
    *,
    by: User | None,
    process: DiscoveryProcess,
    to_stage: str,
    gate_check: GateCheck | None = None,
    decision: Decision | None = None,
) -> StageChange:
    """Write the change under the caller's lock: a trigger moves the process, or refuses."""
    change = StageChange.objects.create(
        process=process,
        from_stage=process.stage,
        to_stage=to_stage,
        gate_check=gate_check,
        decision=decision,
        by=by,
    )
    _move_dates(process, to_stage)
    if process.stage == Stage.DRAFT and to_stage == Stage.PREPARATION:
        publish_dossier(dossier=process.dossier)
    change_state(dossier=process.dossier, state=to_stage)
    if process.dossier.published_at is not None:
        notify_followers(
            kind="process_moved", dossier=process.dossier, actor=by, stage=str(to_stage)
        )
    process.stage = to_stage
    return change


def _move_dates(process: DiscoveryProcess, to_stage: str) -> None:
    """The calendar follows: what was left ends now, what is entered is open from now on."""
    now = timezone.now()
    left = Phase.objects.filter(dossier=process.dossier, kind=process.stage, closes_at__gt=now)
    for phase in left:
        phase.opens_at, phase.closes_at = min(phase.opens_at, now - MINUTE), now
        phase.save(update_fields=["opens_at", "closes_at"])
    entered = Phase.objects.filter(dossier=process.dossier, kind=to_stage, opens_at__gt=now)
    entered.update(opens_at=now)


def stage_after(process: DiscoveryProcess, kind: str) -> str:
    """Where a decision of this kind leads from here. Raises WrongStage where it may not be."""
    stage = process.stage
    if kind == Decision.Kind.CANCEL and stage not in FINAL:
        return Stage.CANCELLED
    if kind == Decision.Kind.RESUME and stage == Stage.SUSPENDED:
        return str(process.stage_changes.filter(to_stage=Stage.SUSPENDED).latest("pk").from_stage)
    if stage in FINAL or stage == Stage.SUSPENDED or stage == Stage.DRAFT:
        raise WrongStage
    if kind == Decision.Kind.SUSPEND:
        return Stage.SUSPENDED
    if kind == Decision.Kind.STEP_BACK:
        return ORDER[ORDER.index(Stage(stage)) - 1]
    if kind == Decision.Kind.PASS_GATE and stage == Stage.IMPLEMENTATION:
        return Stage.REVIEW
    raise WrongStage


def kinds_open(process: DiscoveryProcess) -> list[str]:
    """The kinds of decision that move the process from where it stands."""
    return [kind for kind in MOVING if process.is_ours and _leads_on(process, kind)]


def _leads_on(process: DiscoveryProcess, kind: str) -> bool:
    try:
        return bool(stage_after(process, kind))
    except WrongStage:
        return False


@transaction.atomic
def move_by_decision(
    *,
    by: User | None,
    process: DiscoveryProcess,
    kind: str,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    **details: Any,
) -> StageChange:
    """Step back, suspend, resume, cancel, or open a review: one decision moves one process once.

    Raises NotOurs, WrongStage and what record_decision raises.
    """
    seen, process = process, lock(process)
    if not process.is_ours:
        raise NotOurs
    to_stage = stage_after(process, kind)
    decision = record_decision(
        by=by,
        process=process,
        kind=kind,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        **details,
    )
    change = move(by=by, process=process, to_stage=to_stage, decision=decision)
    seen.refresh_from_db()
    return change
