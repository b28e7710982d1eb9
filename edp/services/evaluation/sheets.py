"""One assessor's sheet on one idea: saved as often as wished, locked once."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from edp.models import Assignment, Criterion, Score
from edp.services.evaluation.panel import labels_of, locked
from edp.services.evaluation.refusals import (
    IsExpired,
    IsLocked,
    IsRecused,
    JustificationMissing,
    NotDeclared,
    NotYours,
    SheetNotWhole,
    WaitsForRuling,
    require_evaluation,
)
from participation.errors import Refused
from participation.services import record

State = Assignment.State
NEEDS_REASONS = (0, 1, 5)
NOT_NOW: dict[str, type[Refused]] = {
    State.ASSIGNED: NotDeclared,
    State.DECLARED: WaitsForRuling,
    State.RECUSED: IsRecused,
    State.LOCKED: IsLocked,
    State.EXPIRED: IsExpired,
}


@dataclass(frozen=True)
class Given:
    """A score of 0 to 5, or None for "no information"."""

    value: int | None
    justification: str = ""


@transaction.atomic
def save_sheet(
    *, by: User, assignment: Assignment, scores: dict[Criterion, Given], lock: bool = False
) -> Assignment:
    """Keep what was scored so far; with `lock` it is final and, once all are in, visible.

    Raises NotYours, NotDeclared, WaitsForRuling, IsRecused, IsLocked, IsExpired,
    JustificationMissing for a 0, 1 or 5 without reasons, and SheetNotWhole where a lock finds a
    criterion without an answer.
    """
    task = locked(assignment)
    if task.seat.person_id != by.pk:
        raise NotYours
    require_evaluation(task.seat.process)
    if task.state in NOT_NOW:
        raise NOT_NOW[task.state]
    if any(g.value in NEEDS_REASONS and not g.justification.strip() for g in scores.values()):
        raise JustificationMissing
    kept = {score.criterion_id: score for score in task.scores.live()}
    for criterion, given in scores.items():
        _keep(task, kept.get(criterion.pk), criterion, given)
    if lock:
        _lock(task, by)
    return task


def _keep(task: Assignment, score: Score | None, criterion: Criterion, given: Given) -> None:
    if score is None:
        score = Score(assignment=task, criterion=criterion)
    elif (score.value, score.justification) == (given.value, given.justification):
        return
    score.value, score.justification = given.value, given.justification
    score.save()


def _lock(task: Assignment, by: User) -> None:
    asked = Criterion.objects.filter(criterion_set__process=task.seat.process_id).count()
    if task.scores.live().count() != asked:
        raise SheetNotWhole
    task.state = State.LOCKED
    task.save(update_fields=["state"])
    task.refresh_from_db(fields=["locked_at"])
    record(
        kind="edp.sheet_locked",
        dossier=task.idea.dossier,
        assessor=labels_of(task.seat.process)[task.seat_id],
    )
