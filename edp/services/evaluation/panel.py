"""Who judges what: tasks handed out, interests declared and ruled on, sheets reopened."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from edp.models import Assignment, DiscoveryProcess, GroupMembership, Idea, Interest, Score
from edp.services.evaluation.refusals import (
    CriteriaMissing,
    IsExpired,
    IsRecused,
    NothingToDeclare,
    NothingToRule,
    NotToReopen,
    NotYours,
    OwnInterest,
    ReasonMissing,
    SummaryMissing,
    WaitsForRuling,
    require_evaluation,
)
from participation.models import Role
from participation.rules import with_ancestors
from participation.services import follow, notify, record

PANEL = GroupMembership.Group.PANEL
State = Assignment.State


def labels_of(process: DiscoveryProcess) -> dict[int, str]:
    """The public label of each seat on the panel: A1, A2… in the order in which they were taken."""
    seats = process.memberships.filter(group=PANEL).order_by("pk")
    return {pk: f"A{n}" for n, pk in enumerate(seats.values_list("pk", flat=True), start=1)}


def locked(assignment: Assignment) -> Assignment:
    """The row as it is now, held until the commit."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "seat__person", "seat__process__dossier", "idea__dossier"
    )
    return rows.get(pk=assignment.pk)


@transaction.atomic
def assign(
    *,
    by: User | None,
    process: DiscoveryProcess,
    seats: Iterable[GroupMembership],
    ideas: Iterable[Idea],
    due_on: date,
) -> list[Assignment]:
    """Give each of the seats each of the ideas that it has not yet; the rest stays as it is.

    The database recuses at once who proposed an idea or acts for the organisation behind it.
    Raises NotEvaluating and CriteriaMissing.
    """
    require_evaluation(process)
    if not process_has_criteria(process):
        raise CriteriaMissing
    seats, ideas = list(seats), list(ideas)
    there = set(
        Assignment.objects.filter(seat__in=seats, idea__in=ideas).values_list("seat", "idea")
    )
    made = [
        Assignment.objects.create(seat=seat, idea=idea, due_on=due_on)
        for idea in ideas
        for seat in seats
        if (seat.pk, idea.pk) not in there
    ]
    if made:
        people = {
            a.seat.person for a in made if a.seat.person is not None and a.seat.person.is_active
        }
        notify(
            kind="assessment_assigned",
            recipients=people,
            dossier=process.dossier,
            actor=by,
            due_on=due_on.isoformat(),
        )
        record(
            kind="edp.assessments_assigned",
            dossier=process.dossier,
            actor=by,
            assessors=len(seats),
            ideas=[idea.dossier.reference for idea in ideas],
            due_on=due_on.isoformat(),
        )
    return made


def process_has_criteria(process: DiscoveryProcess) -> bool:
    chosen = getattr(process, "criterion_set", None)
    return chosen is not None and chosen.criteria.exists()


@transaction.atomic
def declare_interest(
    *, by: User, assignment: Assignment, nature: str, public_summary: str = ""
) -> Interest:
    """Say whether one has an interest in an idea, before any score or when one appears later.

    "none" opens the sheet; anything else waits for a ruling, and scores given so far do not count
    until then. Raises NotYours, SummaryMissing, WaitsForRuling, NothingToDeclare and what the
    state of the sheet forbids.
    """
    task = locked(assignment)
    if task.seat.person_id != by.pk:
        raise NotYours
    require_evaluation(task.seat.process)
    if task.state == State.RECUSED:
        raise IsRecused
    if task.state == State.EXPIRED:
        raise IsExpired
    if task.state == State.DECLARED:
        raise WaitsForRuling
    has_none = nature == Interest.Nature.NONE
    if has_none and task.state != State.ASSIGNED:
        raise NothingToDeclare
    if not has_none and not public_summary.strip():
        raise SummaryMissing
    interest = Interest.objects.create(
        assignment=task,
        nature=nature,
        public_summary="" if has_none else public_summary,
        declared_in=task.state,
        ruling=Interest.Ruling.NONE if has_none else "",
    )
    _move(task, State.SCORING if has_none else State.DECLARED)
    follow(person=by, dossier=task.idea.dossier)
    if not has_none:
        _tell_chair(task, by)
        _record_interest("edp.interest_declared", task, interest, by)
    return interest


def _move(task: Assignment, state: str, because: str = "") -> None:
    task.state, task.recused_because = state, because
    task.save(update_fields=["state", "recused_because"])
    task.refresh_from_db(fields=["locked_at"])


def _tell_chair(task: Assignment, by: User) -> None:
    """And the organisers, who rule where the chair may not."""
    process = task.seat.process
    scope = Q(dossier=process.dossier) | Q(territory__in=with_ancestors(process.dossier.territory))
    organisers = Role.objects.in_force().filter(scope, kind=Role.Kind.ORGANISER).values("person")
    chair = process.memberships.filter(group=PANEL, is_chair=True, until=None).values("person")
    people = User.objects.filter(Q(pk__in=organisers) | Q(pk__in=chair), is_active=True)
    notify(
        kind="interest_declared",
        recipients=people.exclude(pk=by.pk),
        dossier=process.dossier,
        actor=by,
    )


def _record_interest(kind: str, task: Assignment, interest: Interest, by: User | None) -> None:
    record(
        kind=kind,
        dossier=task.idea.dossier,
        actor=by if kind != "edp.interest_declared" else None,
        assessor=labels_of(task.seat.process)[task.seat_id],
        nature=interest.nature,
        late=interest.is_late,
        ruling=interest.ruling,
    )


@transaction.atomic
def rule_interest(*, by: User, assignment: Assignment, ruling: str) -> Interest:
    """Decide on the interest that waits. A recusal voids every score given; nothing is deleted.

    Raises NothingToRule, and OwnInterest for one's own.
    """
    task = locked(assignment)
    interest = task.interests.filter(ruling="").first()
    if interest is None:
        raise NothingToRule
    if task.seat.person_id == by.pk:
        raise OwnInterest
    interest.ruling, interest.ruled_by, interest.ruled_at = ruling, by, timezone.now()
    interest.save(update_fields=["ruling", "ruled_by", "ruled_at"])
    if ruling == Interest.Ruling.RECUSE:
        task.scores.live().update(voided_because=Score.Voided.INTEREST)
        _move(task, State.RECUSED, Assignment.Because.RULING)
    else:
        was_locked = interest.declared_in == State.LOCKED
        _move(task, State.LOCKED if was_locked else State.SCORING)
    if task.seat.person is not None:
        notify(
            kind="interest_ruled",
            recipients=[task.seat.person],
            dossier=task.idea.dossier,
            actor=by,
            ruling=ruling,
        )
    _record_interest("edp.interest_ruled", task, interest, by)
    return interest


@transaction.atomic
def reopen(*, by: User, assignment: Assignment, reason: str, due_on: date) -> Assignment:
    """Let a locked sheet be written anew, or an expired one be written after all.

    What was locked is voided as it was and copied, so that no locked score ever changes.
    Raises ReasonMissing, NotToReopen and NotEvaluating.
    """
    task = locked(assignment)
    require_evaluation(task.seat.process)
    if not reason.strip():
        raise ReasonMissing
    if task.state == State.LOCKED:
        copies = [
            Score(
                assignment=task,
                criterion_id=score.criterion_id,
                value=score.value,
                justification=score.justification,
            )
            for score in task.scores.live()
        ]
        task.scores.live().update(voided_because=Score.Voided.REOPENED)
        _move(task, State.SCORING)
        Score.objects.bulk_create(copies)
    elif task.state == State.EXPIRED:
        _move(task, State.ASSIGNED)
    else:
        raise NotToReopen
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    record(
        kind="edp.sheet_reopened",
        dossier=task.idea.dossier,
        actor=by,
        assessor=labels_of(task.seat.process)[task.seat_id],
        reason=reason,
    )
    if task.seat.person is not None:
        notify(
            kind="sheet_reopened",
            recipients=[task.seat.person],
            dossier=task.idea.dossier,
            actor=by,
            reason=reason,
        )
    return task


@transaction.atomic
def expire_overdue(today: date) -> int:
    """Close sheets whose last day has passed, so that the others can be seen and counted."""
    late = Assignment.objects.under_way().filter(due_on__lt=today)
    rows = late.select_for_update(of=("self",), skip_locked=True).select_related("idea__dossier")
    number = 0
    for task in rows:
        _move(task, State.EXPIRED)
        record(
            kind="edp.sheet_expired", dossier=task.idea.dossier, last_day=task.due_on.isoformat()
        )
        number += 1
    return number
