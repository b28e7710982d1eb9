"""Rounds: opened, closed with summaries that never change, and the reason to stop."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from edp import delphi
from edp.models import (
    DelphiRating,
    DelphiRound,
    DelphiStatement,
    DelphiStudy,
    DelphiSummary,
    PanelInvitation,
)
from edp.services.delphi.refusals import ClosesInPast, NoOpenRound, NotRunning, RoundOpen
from edp.services.delphi.studies import State, end, locked, parameters_of
from participation.services import notify, record


@transaction.atomic
def open_round(*, by: User | None, study: DelphiStudy, closes_at: datetime) -> DelphiRound:
    """Ask the panel. Raises NotRunning, RoundOpen, ClosesInPast."""
    study = locked(study)
    if study.state != State.RUNNING:
        raise NotRunning
    if study.rounds.filter(closed_at=None).exists():
        raise RoundOpen
    now = timezone.now()
    if closes_at <= now:
        raise ClosesInPast
    return _open(study, now, closes_at, by)


def _open(
    study: DelphiStudy, now: datetime, closes_at: datetime, by: User | None = None
) -> DelphiRound:
    last = study.rounds.aggregate(last=Max("number"))["last"] or 0
    opened = DelphiRound.objects.create(
        study=study, number=last + 1, opened_at=now, closes_at=closes_at
    )
    invited = PanelInvitation.objects.filter(study=study, person__is_active=True)
    notify(
        kind="delphi_round" if last else "delphi_invited",
        recipients=[row.person for row in invited.select_related("person")],
        dossier=study.dossier,
        actor=by,
        number=opened.number,
    )
    record(
        kind="edp.delphi_round_opened",
        dossier=study.dossier,
        actor=by,
        round=opened.number,
        closes_at=closes_at.isoformat(),
    )
    return opened


def rounds_of(statement: DelphiStatement, until: int) -> list[dict[str, int]]:
    """Ratings by pseudonym, round after round."""
    rounds: dict[int, dict[str, int]] = {number: {} for number in range(1, until + 1)}
    rows = statement.ratings.filter(round__number__lte=until)
    for number, slot, value in rows.values_list("round__number", "slot", "value"):
        rounds[number][slot] = value
    return [rounds[number] for number in sorted(rounds)]


def summarise(
    statement: DelphiStatement, within: DelphiRound, parameters: delphi.Parameters
) -> DelphiSummary | None:
    """What the ratings of a round come to, unsaved; None if nobody rated the statement."""
    rounds = rounds_of(statement, within.number)
    if not rounds[-1]:
        return None
    found = delphi.summary(list(rounds[-1].values()), parameters)
    moved = delphi.change(rounds[-2], rounds[-1]) if len(rounds) > 1 else None
    return DelphiSummary(
        round=within,
        statement=statement,
        number=found.number,
        q1=float(found.q1),
        median=float(found.median),
        q3=float(found.q3),
        agreement=str(found.agreement),
        change="" if moved is None else str(moved),
        histogram=list(found.histogram),
        is_stable=delphi.is_stable(moved, parameters),
        is_consensus=found.is_consensus,
        is_polarised=found.is_polarised,
        dissenters=found.dissenters,
        stop=delphi.why_stop(rounds, parameters) or "",
    )


@transaction.atomic
def close_round(*, by: User | None, study: DelphiStudy) -> DelphiRound:
    """Close the open round, keep its summaries, and stop the study where there is a reason to.

    In a study without rounds the next one begins at once with everybody's ratings as they are.
    Raises NotRunning and NoOpenRound.
    """
    study = locked(study)
    if study.state != State.RUNNING:
        raise NotRunning
    closing = study.rounds.select_for_update().filter(closed_at=None).first()
    if closing is None:
        raise NoOpenRound
    closing.closed_at = timezone.now()
    closing.save(update_fields=["closed_at"])
    parameters = parameters_of(study)
    statements = list(study.statements.all())
    summaries = [summarise(statement, closing, parameters) for statement in statements]
    DelphiSummary.objects.bulk_create([row for row in summaries if row is not None])
    reasons = [row.stop if row is not None else State.BELOW_QUORUM for row in summaries]
    record(
        kind="edp.delphi_round_closed",
        dossier=study.dossier,
        actor=by,
        round=closing.number,
        answers=[row.number if row else 0 for row in summaries],
    )
    if stop := delphi.stop_of(reasons):
        end(study, stop, by)
    elif study.is_real_time:
        _go_on(study, closing)
    return closing


def _go_on(study: DelphiStudy, closed: DelphiRound) -> None:
    length = closed.closes_at - closed.opened_at
    now = timezone.now()
    following = _open(study, now, now + length)
    DelphiRating.objects.bulk_create(
        DelphiRating(
            round=following,
            statement_id=rating.statement_id,
            slot=rating.slot,
            value=rating.value,
            reason=rating.reason,
        )
        for rating in closed.ratings.all()
    )


def due_studies(now: datetime) -> list[DelphiStudy]:
    """Studies with a round whose time is over."""
    due = DelphiRound.objects.filter(closed_at=None, closes_at__lte=now)
    return list(DelphiStudy.objects.filter(state=State.RUNNING, rounds__in=due))
