"""After adoption: measurements, money spent, the wheel, calls, the decision on revision."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models import (
    Action,
    Call,
    Decision,
    DiscoveryProcess,
    GroupMembership,
    Indicator,
    InvestmentLine,
    Measurement,
    Stage,
    Strategy,
    WheelAssessment,
    WheelScore,
)
from edp.services.decisions import record_decision
from edp.services.strategy.versions import locked
from participation.errors import Refused
from participation.services import follow, record

WHEEL_STAGES = (Stage.IMPLEMENTATION, Stage.REVIEW)
WHEEL_GROUPS = (GroupMembership.Group.STEERING, GroupMembership.Group.PEERS)


class NotInForce(Refused):
    message = _("Only what is in force is measured.")
    way_out = _("Values come after the strategy is adopted.")


class DayToCome(Refused):
    message = _("This day is still to come.")


class CorrectedAlready(Refused):
    message = _("This value was corrected already.")
    way_out = _("Correct the newest one.")


class ReasonMissing(Refused):
    message = _("Say why the value is corrected: it is published.")


class NotAnAssessor(Refused):
    message = _("The wheel is filled in by the steering group and by peers from outside.")


class WheelClosed(Refused):
    message = _("The wheel is filled in while the strategy is carried out and reviewed.")


class NotUnderReview(Refused):
    message = _("A revision is decided on in the stages of implementation and review.")


@transaction.atomic
def record_measurement(
    *,
    by: User | None,
    indicator: Indicator,
    measured_on: date,
    value: Decimal,
    note: str = "",
    corrects: Measurement | None = None,
) -> Measurement:
    """A value on a day, or the correction of one, with its reason in `note`.

    Raises NotInForce, DayToCome, CorrectedAlready, ReasonMissing.
    """
    strategy = locked(indicator.strategy)
    if strategy.state not in Strategy.HOLDING:
        raise NotInForce
    if measured_on > timezone.localdate():
        raise DayToCome
    if corrects is not None and not note.strip():
        raise ReasonMissing
    try:
        with transaction.atomic():
            row = Measurement.objects.create(
                indicator=indicator,
                measured_on=measured_on,
                value=value,
                note=note,
                corrects=corrects,
                entered_by=by,
            )
    except IntegrityError as error:
        raise CorrectedAlready from error
    if by is not None:
        follow(person=by, dossier=strategy.dossier)
    record(
        kind="edp.indicator_corrected" if corrects else "edp.indicator_measured",
        dossier=strategy.dossier,
        actor=by,
        indicator=indicator.name_ru,
        measured_on=measured_on.isoformat(),
        value=str(value),
        reason=note if corrects else "",
    )
    return row


@transaction.atomic
def record_spending(
    *, by: User, action: Action, year: int, amount: Decimal, source: str, evidence: str
) -> InvestmentLine:
    """Money that was spent on an action of a strategy in force. Raises NotInForce."""
    strategy = locked(action.strategy)
    if strategy.state not in Strategy.HOLDING:
        raise NotInForce
    line = InvestmentLine.objects.create(
        strategy=strategy,
        action=action,
        year=year,
        amount=amount,
        source=source,
        certainty=InvestmentLine.Certainty.SPENT,
        evidence=evidence,
    )
    record(
        kind="edp.money_spent",
        dossier=strategy.dossier,
        actor=by,
        action=action.name_ru,
        year=year,
        amount=str(amount),
        source=source,
    )
    return line


@transaction.atomic
def judge_by_wheel(
    *, by: User, process: DiscoveryProcess, scores: Mapping[str, tuple[int, str]]
) -> WheelAssessment:
    """One person's scores of this year by factor, with evidence; sent again they replace.

    Raises NotAnAssessor, WheelClosed.
    """
    process = DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    if process.stage not in WHEEL_STAGES:
        raise WheelClosed
    seats = process.memberships.filter(person=by, until=None, group__in=WHEEL_GROUPS)
    groups = set(seats.values_list("group", flat=True))
    if not groups:
        raise NotAnAssessor
    is_external = groups == {GroupMembership.Group.PEERS}
    wheel, is_new = WheelAssessment.objects.update_or_create(
        process=process,
        year=timezone.localdate().year,
        assessor=by,
        defaults={"is_external": is_external},
    )
    wheel.scores.all().delete()
    WheelScore.objects.bulk_create(
        WheelScore(wheel=wheel, factor=factor, score=score, evidence=evidence)
        for factor, (score, evidence) in scores.items()
    )
    if is_new:
        record(
            kind="edp.wheel_filled",
            dossier=process.dossier,
            year=wheel.year,
            is_external=is_external,
        )
    return wheel


@transaction.atomic
def write_call(
    *,
    by: User | None,
    process: DiscoveryProcess,
    values: Mapping[str, Any],
    row: Call | None = None,
) -> Call:
    """A call, its criteria, and in the end how many applied and were selected."""
    is_new = row is None
    row = row or Call(process=process)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(
        kind="edp.call_opened" if is_new else "edp.call_changed",
        dossier=process.dossier,
        actor=by,
        call=row.name_ru,
        applicants=row.applicants,
        selected=row.selected,
    )
    return row


@transaction.atomic
def decide_revision(
    *, by: User, process: DiscoveryProcess, body: str, decided_on: date, reasons: dict[str, str]
) -> Decision:
    """What the steering group wants changed, or that nothing is. Raises NotUnderReview."""
    if process.stage not in WHEEL_STAGES:
        raise NotUnderReview
    return record_decision(
        by=by,
        process=process,
        kind=Decision.Kind.REVISION,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
    )
